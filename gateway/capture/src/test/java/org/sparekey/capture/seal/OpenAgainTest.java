// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Guest;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.tool.EvidenceException;
import org.sparekey.tool.EvidenceOpener;
import org.sparekey.tool.ExpectedImages;
import org.sparekey.tool.OpenedImage;
import org.sparekey.tool.RecipientKey;

/** What the pipeline sealed, the investigator's command opens; what somebody touched, it does not. */
class OpenAgainTest {

    private static TestRecipient rsa;
    private static TestRecipient ec;

    @TempDir
    Path temp;

    private TestImages images;
    private Path folder;
    private SealedCapture sealed;

    @BeforeAll
    static void recipients() {
        rsa = TestRecipient.rsa();
        ec = TestRecipient.ec("secp256r1");
    }

    @BeforeEach
    void seal() throws IOException {
        images = new TestImages(temp.resolve("images"));
        folder = temp.resolve("evidence");
        FileEvidenceStore store = new FileEvidenceStore(folder);
        Guest shop = images.shop();
        SealRequest request = new SealRequest(
                shop.cluster(),
                shop.uuid(),
                shop.vmId(),
                shop.configurationHash(),
                List.of("vda"),
                Recipients.of(List.of(rsa.certificate(), ec.certificate()), TestRecipient.NOW),
                new SealPlan(2 << 20, 3));
        sealed = new Sealer(new SecureRandom(), InstantSource.fixed(TestRecipient.NOW))
                .capture(images.hypervisor(), request, store, store, (done, total) -> {});
    }

    @Test
    void either_recipient_opens_the_same_sparse_image() throws IOException {
        for (TestRecipient recipient : List.of(rsa, ec)) {
            recipient.write(temp, "my");
            List<Long> left = new ArrayList<>();
            Path out = temp.resolve("out-" + recipient.keys().getPublic().getAlgorithm());
            List<OpenedImage> opened = new EvidenceOpener(folder, ExpectedImages.of(sealed.disks()))
                    .open(RecipientKey.read(temp.resolve("my.key")), out, (done, total) -> left.add(total - done));
            assertThat(Files.mismatch(opened.getFirst().file(), images.path("shop.raw")))
                    .isEqualTo(-1);
            assertThat(left).endsWith(0L);
        }
    }

    @Test
    void the_list_of_images_alone_suffices() throws Exception {
        assertThat(open(fromList()).getFirst().digests().image())
                .isEqualTo(sealed.disks().getFirst().image());
    }

    @Test
    void a_stranger_opens_nothing() {
        refused(
                EvidenceException.Kind.NOT_A_RECIPIENT,
                () -> new EvidenceOpener(folder, fromManifest())
                        .open(
                                new RecipientKey(TestRecipient.rsa().keys().getPrivate()),
                                temp.resolve("out"),
                                (d, t) -> {}));
    }

    @Test
    void one_changed_byte_anywhere_in_a_volume_is_noticed_with_and_without_the_manifest() throws Exception {
        Path volume = folder.resolve("disk01-000002.zst.age");
        volume.toFile().setWritable(true);
        byte[] good = Files.readAllBytes(volume);
        Random random = new Random(1);
        for (int round = 0; round < 12; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(volume, bad);
            refused(EvidenceException.Kind.ALTERED, () -> open(fromManifest()));
            refused(EvidenceException.Kind.ALTERED, () -> open(fromList()));
            assertThat(temp.resolve("out")).isEmptyDirectory();
        }
    }

    @Test
    void a_cut_volume_is_noticed() throws Exception {
        Path volume = folder.resolve("disk01-000003.zst.age");
        volume.toFile().setWritable(true);
        byte[] good = Files.readAllBytes(volume);
        Files.write(volume, java.util.Arrays.copyOf(good, good.length - 1));
        refused(EvidenceException.Kind.ALTERED, () -> open(fromList()));
    }

    @Test
    void volumes_put_in_another_order_are_noticed() throws Exception {
        Path third = folder.resolve("disk01-000003.zst.age");
        Path second = folder.resolve("disk01-000002.zst.age");
        Files.move(second, temp.resolve("swap"));
        Files.move(third, second);
        Files.move(temp.resolve("swap"), third);
        refused(EvidenceException.Kind.ALTERED, () -> open(fromList()));
        refused(EvidenceException.Kind.ALTERED, () -> open(fromManifest()));
    }

    @Test
    void a_dropped_volume_is_missing_or_noticed_never_ignored() throws Exception {
        Files.delete(folder.resolve("disk01-000002.zst.age"));
        refused(EvidenceException.Kind.INCOMPLETE, () -> open(fromManifest()));
        refused(EvidenceException.Kind.INCOMPLETE, () -> open(fromList()));
        Files.delete(folder.resolve("disk01-000003.zst.age"));
        refused(EvidenceException.Kind.ALTERED, () -> open(fromList()));
    }

    @Test
    void garbage_for_a_key_envelope_is_altered_and_not_a_crash() throws IOException {
        folder.resolve("key.cms").toFile().setWritable(true);
        Files.write(folder.resolve("key.cms"), new byte[] {0x30, (byte) 0x80, 1, 2, 3});
        refused(EvidenceException.Kind.ALTERED, () -> open(fromManifest()));
    }

    @Test
    void an_existing_image_is_not_overwritten() throws Exception {
        Files.createDirectories(temp.resolve("out"));
        Files.writeString(temp.resolve("out/disk01.raw"), "mine");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> open(fromManifest()));
        assertThat(temp.resolve("out/disk01.raw")).hasContent("mine");
    }

    private ExpectedImages fromManifest() {
        return ExpectedImages.of(sealed.disks());
    }

    private ExpectedImages fromList() throws IOException, MalformedException {
        return ExpectedImages.of(DigestList.parse(Files.readAllBytes(folder.resolve("IMAGES.sha256"))), folder);
    }

    private List<OpenedImage> open(ExpectedImages expected) throws IOException {
        return new EvidenceOpener(folder, expected)
                .open(new RecipientKey(ec.keys().getPrivate()), temp.resolve("out"), (done, total) -> {});
    }

    private static void refused(
            EvidenceException.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(EvidenceException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
