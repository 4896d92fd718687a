// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.auditlog.StampedCheckpoint;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.pki.KeyFiles;
import org.sparekey.testkit.tsa.Conduct;

/** The manifest's time-stamp stands beside the delivery: before it comes, after it came, and if it never comes. */
class TimeStampedDeliveryTest {

    private final EvidenceFixture fixture = EvidenceFixture.shared();
    private final Caller investigator = fixture.stage.investigator();

    @TempDir
    Path folder;

    @AfterEach
    void honestAgain() {
        fixture.stage.tsa().conduct(Conduct.HONEST);
        stamp();
    }

    @Test
    void a_delivery_does_not_wait_for_an_authority_that_is_away_and_says_that_it_is_not_time_stamped()
            throws Exception {
        fixture.stage.tsa().conduct(Conduct.UNAVAILABLE);
        OrderId id = fixture.available();
        stamp();

        DeliveryList list = fixture.delivery().list(investigator, id.code());
        assertThat(list.timeStamped()).isFalse();
        assertThat(list.files()).extracting(DeliveryList.DeliveredFile::name).doesNotContain("manifest.tsr");
        requireTools();
        fetch(id);
        assertThat(run("sha256sum", "--strict", "-c", "SHA256SUMS")).isZero();
    }

    @Test
    void the_token_that_arrives_later_is_beside_the_manifest_and_debian_accepts_both_folder_and_token()
            throws Exception {
        OrderId id = fixture.available();
        assertThat(fixture.delivery().list(investigator, id.code()).timeStamped())
                .isFalse();
        stamp();

        DeliveryList list = fixture.delivery().list(investigator, id.code());
        assertThat(list.timeStamped()).isTrue();
        requireTools();
        fetch(id);
        assertThat(folder.resolve(EvidenceFolder.MANIFEST_TIME)).exists();
        assertThat(Files.readString(folder.resolve(EvidenceFolder.SUMS))).doesNotContain("manifest.tsr");
        assertThat(run("sha256sum", "--strict", "-c", "SHA256SUMS")).isZero();
        assertThat(verify("manifest.jws")).isZero();
        Files.writeString(folder.resolve("another.jws"), "another");
        assertThat(verify("another.jws")).isNotZero();
    }

    @Test
    void the_token_is_read_in_ranges_like_any_other_file() throws IOException {
        OrderId id = fixture.available();
        stamp();
        StoredFile file = fixture.delivery().file(investigator, id.code(), EvidenceFolder.MANIFEST_TIME);
        byte[] whole = read(id, file);
        assertThat(Digest.sha256(whole)).isEqualTo(file.digest());
        try (SeekableByteChannel channel = fixture.delivery().open(investigator, id.code(), file, 10)) {
            ByteBuffer part = ByteBuffer.allocate(5);
            channel.position(10).read(part);
            assertThat(part.array()).isEqualTo(java.util.Arrays.copyOfRange(whole, 10, 15));
            assertThat(channel.position(file.length()).read(ByteBuffer.allocate(1)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void a_copy_that_is_only_secured_is_stamped_when_it_is_sealed_and_not_when_it_is_released() {
        String address = fixture.stage.machine(fixture.guest());
        OrderId id = fixture.stage.review(address);
        fixture.stage.approve(1, id, Decision.SECURE);
        fixture.stage.approve(2, id, Decision.SECURE);
        fixture.until(id, "secured");
        stamp();
        Digest manifest = fixture.open().manifest(id).orElseThrow().digest();
        assertThat(fixture.time.token(manifest)).isPresent();
    }

    @Test
    void the_checkpoint_that_holds_the_release_is_stamped_at_the_delivery() {
        OrderId id = fixture.available();
        stamp();
        Digest release = fixture.attempts.sealed(id).orElseThrow().releaseLeaf().orElseThrow();
        StampedCheckpoint stamped =
                fixture.time.covering(fixture.log.find(release).orElseThrow()).orElseThrow();
        assertThat(stamped.time()).isBetween(fixture.stage.now().minusSeconds(1), fixture.stage.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evidence.securing", "evidence.secured", "evidence.publishing", "evidence.available"})
    void a_crash_around_the_asking_leaves_one_question_for_the_copy_that_is_delivered(String point) {
        OrderId id = fixture.approved(fixture.guest());
        try {
            fixture.open(Crash.at(point)).step(id);
            throw new AssertionError("it did not die");
        } catch (Crash died) {
            fixture.until(id, "available");
        }
        stamp();
        Digest manifest = fixture.open().manifest(id).orElseThrow().digest();
        assertThat(fixture.stage.tsa().stamped()).containsOnlyOnce(manifest);
    }

    private void stamp() {
        TimeStamping time = fixture.time;
        fixture.stage.pass(java.time.Duration.ofMinutes(11));
        while (time.step()) {
            // until nothing is due
        }
    }

    private void fetch(OrderId id) throws IOException {
        for (DeliveryList.DeliveredFile named :
                fixture.delivery().list(investigator, id.code()).files()) {
            StoredFile file = fixture.delivery().file(investigator, id.code(), named.name());
            Files.write(folder.resolve(named.name()), read(id, file));
        }
        KeyFiles.certificates(
                folder.resolve("tsa.pem"), List.of(fixture.stage.tsa().root()));
    }

    private byte[] read(OrderId id, StoredFile file) throws IOException {
        try (SeekableByteChannel channel = fixture.delivery().open(investigator, id.code(), file, 0)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    private int verify(String stamped) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "ts", "-verify", "-data", stamped));
        command.addAll(List.of("-in", "manifest.tsr", "-CAfile", "tsa.pem"));
        command.addAll(List.of("-attime", Long.toString(fixture.stage.now().getEpochSecond())));
        return run(command.toArray(String[]::new));
    }

    private int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tool.txt").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void requireTools() {
        boolean there =
                Files.isExecutable(Path.of("/usr/bin/openssl")) && Files.isExecutable(Path.of("/usr/bin/sha256sum"));
        if (Boolean.getBoolean("sparekey.requireTools")) {
            assertThat(there).as("openssl and sha256sum are installed").isTrue();
        }
        assumeTrue(there, "openssl or sha256sum is not installed: nobody else judges the folder");
    }
}
