// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.protocol.bundle.TicketsForGuest;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.protocol.json.Digest;

/** What a capture leaves in the gateway's store, whether the gateway reads the guest itself or a node does. */
abstract class CaptureHostContract {

    @TempDir
    Path temp;

    NodeFixture fixture;

    /** One capture of the approved guest; a refusal as {@link CaptureException}. */
    abstract SealedCapture capture() throws IOException;

    @BeforeEach
    void machine() throws IOException {
        fixture = new NodeFixture(temp);
    }

    @Test
    void the_whole_image_is_sealed_in_volumes_that_the_store_holds_as_they_are_named() throws IOException {
        SealedCapture sealed = capture();
        CapturedDisk disk = sealed.disks().getFirst();
        assertThat(disk.image()).isEqualTo(Digest.sha256(Files.readAllBytes(fixture.images.path("shop.raw"))));
        assertThat(disk.volumes()).hasSize(3);
        for (CapturedVolume volume : disk.volumes()) {
            var stored = fixture.store.digest(EvidenceFolder.volume(1, volume.number()));
            assertThat(stored.digest()).isEqualTo(volume.ciphertext());
            assertThat(stored.length()).isEqualTo(volume.ciphertextLength());
        }
        assertThat(fixture.store.names())
                .containsExactly(
                        "IMAGES.sha256",
                        "disk01-000001.zst.age",
                        "disk01-000002.zst.age",
                        "disk01-000003.zst.age",
                        "key.cms");
        assertThat(fixture.store.digest(EvidenceFolder.KEY)).isEqualTo(sealed.key());
        assertThat(fixture.store.digest(EvidenceFolder.IMAGES)).isEqualTo(sealed.images());
    }

    @Test
    void the_manifest_can_say_the_same_of_it() throws IOException {
        SealedCapture sealed = capture();
        assertThat(sealed.guest()).isEqualTo(fixture.guest());
        assertThat(sealed.pointInTime()).isEqualTo(TicketsForGuest.NOW);
        assertThat(sealed.configurationAfter()).isEqualTo(sealed.configurationBefore());
        assertThat(sealed.recipients()).hasSize(2);
        assertThat(sealed.observations()).isNotEmpty().allMatch(IsolationObservation::asPromised);
    }

    @Test
    void a_guest_that_is_not_as_it_was_approved_is_not_read() throws IOException {
        fixture.images.image("shop.raw", 6 << 20, new long[][] {{0, 4096}});
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> capture())
                .matches(refusal -> refusal.refusal() == CaptureRefusal.CONFIGURATION_CHANGED);
        assertThat(fixture.store.names()).isEmpty();
    }
}
