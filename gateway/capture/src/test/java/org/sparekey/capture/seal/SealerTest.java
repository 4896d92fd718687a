// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.Tools;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.protocol.evidence.ToolVersion;
import org.sparekey.protocol.json.Digest;

class SealerTest {

    private static final SealPlan SMALL = new SealPlan(2 << 20, SealPlan.DEFAULT_ZSTD_LEVEL);

    private static TestRecipient rsa;
    private static TestRecipient ec;

    @TempDir
    Path temp;

    private TestImages images;
    private FileEvidenceStore store;
    private final Sealer sealer = new Sealer(new SecureRandom(), InstantSource.fixed(TestRecipient.NOW));

    @BeforeAll
    static void recipients() {
        rsa = TestRecipient.rsa();
        ec = TestRecipient.ec("secp384r1");
    }

    @BeforeEach
    void images() throws IOException {
        images = new TestImages(temp.resolve("images"));
        store = new FileEvidenceStore(temp.resolve("evidence"));
    }

    @Test
    void the_result_says_what_was_read_and_what_was_sealed() throws IOException {
        byte[] image = Files.readAllBytes(images.path("shop.raw"));
        SealedCapture sealed = capture();
        CapturedDisk disk = sealed.disks().getFirst();
        assertThat(disk.image()).isEqualTo(Digest.sha256(image));
        assertThat(disk.bytesRead()).isEqualTo(disk.extentBytes()).isLessThan(1_500_000);
        assertThat(disk.extents()).isEqualTo(3);
        assertThat(disk.volumes()).extracting(CapturedVolume::offset).containsExactly(0L, 2L << 20, 4L << 20);
        assertThat(disk.volumes()).extracting(CapturedVolume::length).containsExactly(2L << 20, 2L << 20, 1L << 20);
        for (CapturedVolume volume : disk.volumes()) {
            assertThat(store.digest(EvidenceFolder.volume(1, volume.number())).digest())
                    .isEqualTo(volume.ciphertext());
            assertThat(store.digest(EvidenceFolder.volume(1, volume.number())).length())
                    .isEqualTo(volume.ciphertextLength());
        }
        assertThat(store.names())
                .containsExactly(
                        "IMAGES.sha256",
                        "disk01-000001.zst.age",
                        "disk01-000002.zst.age",
                        "disk01-000003.zst.age",
                        "key.cms");
        assertThat(sealed.configurationAfter()).isEqualTo(sealed.configurationBefore());
        assertThat(sealed.observations()).allMatch(IsolationObservation::asPromised);
        assertThat(sealed.tools()).extracting(ToolVersion::name).contains("java", "zstd-jni", "jagged");
    }

    @Test
    void debian_s_tools_open_what_was_sealed_with_either_recipient_s_key() throws Exception {
        Tools.require("openssl", "age", "zstd", "sha256sum");
        capture();
        Path folder = temp.resolve("evidence");
        for (TestRecipient recipient : List.of(rsa, ec)) {
            recipient.write(temp, "my");
            Tools.run(
                    folder,
                    "openssl",
                    "cms",
                    "-decrypt",
                    "-inform",
                    "DER",
                    "-in",
                    "key.cms",
                    "-recip",
                    "../my.pem",
                    "-inkey",
                    "../my.key",
                    "-out",
                    "../id.txt");
            Files.deleteIfExists(folder.resolve("disk01.raw"));
            Tools.run(
                    folder,
                    "bash",
                    "-ec",
                    "set -o pipefail; for v in disk01-*.zst.age; do age -d -i ../id.txt $v | zstd -qd; done > disk01.raw");
            assertThat(Files.mismatch(folder.resolve("disk01.raw"), images.path("shop.raw")))
                    .isEqualTo(-1);
            Tools.run(folder, "sha256sum", "-c", "IMAGES.sha256");
        }
    }

    @Test
    void a_stranger_s_key_opens_nothing() throws Exception {
        Tools.require("openssl");
        capture();
        TestRecipient.rsa().write(temp, "stranger");
        Tools.run(
                temp,
                4,
                "openssl",
                "cms",
                "-decrypt",
                "-inform",
                "DER",
                "-in",
                "evidence/key.cms",
                "-recip",
                "stranger.pem",
                "-inkey",
                "stranger.key",
                "-out",
                "id.txt");
    }

    @Test
    void the_key_is_sealed_before_the_first_block_is_read() throws IOException {
        List<List<String>> seen = new ArrayList<>();
        sealer.capture(images.hypervisor(), request(SMALL), store, store, (done, total) -> seen.add(names()));
        assertThat(seen.getFirst()).contains("key.cms");
    }

    @Test
    void the_key_can_be_kept_apart_from_the_volumes() throws IOException {
        FileEvidenceStore keys = new FileEvidenceStore(temp.resolve("keys"));
        sealer.capture(images.hypervisor(), request(SMALL), store, keys, (done, total) -> {});
        assertThat(keys.names()).containsExactly("key.cms");
        assertThat(store.names()).doesNotContain("key.cms");
    }

    @Test
    void progress_ends_at_the_sum_of_the_virtual_sizes() throws IOException {
        List<Long> seen = new ArrayList<>();
        sealer.capture(images.hypervisor(), request(SMALL), store, store, (done, total) -> seen.add(total - done));
        assertThat(seen)
                .hasSize(5)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .endsWith(0L);
    }

    @Test
    void a_guest_that_is_not_as_approved_is_not_opened() throws IOException {
        SealRequest approved = request(SMALL);
        images.image("shop.raw", 6 << 20, new long[0][]);
        refused(CaptureRefusal.CONFIGURATION_CHANGED, approved);
        assertThat(store.names()).isEmpty();
    }

    @Test
    void a_guest_of_the_same_name_with_another_id_is_unknown() throws IOException {
        SealRequest approved = request(SMALL);
        images.describe(TestImages.entry("shop", java.util.UUID.randomUUID(), "101", "shop.raw", "raw"));
        refused(CaptureRefusal.GUEST_UNKNOWN, approved);
    }

    @Test
    void a_capture_that_is_stopped_half_way_leaves_no_half_volume() throws IOException {
        assertThatIllegalStateException()
                .isThrownBy(() -> sealer.capture(images.hypervisor(), request(SMALL), store, store, (done, total) -> {
                    if (done >= 3 << 20) {
                        throw new IllegalStateException("stop");
                    }
                }));
        try (var files = Files.list(temp.resolve("evidence"))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .as("whole volumes at most: the one being written is taken back")
                    .contains("key.cms")
                    .isSubsetOf("key.cms", "disk01-000001.zst.age");
        }
    }

    @Test
    void a_second_attempt_into_the_same_folder_overwrites_nothing() throws IOException {
        capture();
        refused(CaptureRefusal.FILE_EXISTS, request(SMALL));
    }

    @Test
    void two_captures_share_no_identity() throws IOException {
        FileEvidenceStore other = new FileEvidenceStore(temp.resolve("other"));
        SealedCapture second = sealer.capture(images.hypervisor(), request(SMALL), other, other, (done, total) -> {});
        assertThat(capture().ageRecipient()).isNotEqualTo(second.ageRecipient());
    }

    @Test
    void an_image_whose_size_is_no_whole_leaf_is_complete() throws IOException {
        images.image("shop.raw", (3 << 20) + 12_345, new long[][] {{(3 << 20) + 100, 4_000}});
        CapturedDisk disk = capture().disks().getFirst();
        assertThat(disk.image()).isEqualTo(Digest.sha256(Files.readAllBytes(images.path("shop.raw"))));
        assertThat(disk.virtualSize()).isEqualTo((3 << 20) + 12_345);
    }

    private SealedCapture capture() throws IOException {
        return sealer.capture(images.hypervisor(), request(SMALL), store, store, (done, total) -> {});
    }

    private SealRequest request(SealPlan plan) throws IOException {
        Guest shop = images.shop();
        return new SealRequest(
                shop.cluster(),
                shop.uuid(),
                shop.vmId(),
                shop.configurationHash(),
                List.of("vda"),
                Recipients.of(List.of(rsa.certificate(), ec.certificate()), TestRecipient.NOW),
                plan);
    }

    private List<String> names() {
        try {
            return store.names();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void refused(CaptureRefusal refusal, SealRequest request) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> sealer.capture(images.hypervisor(), request, store, store, (done, total) -> {}))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
