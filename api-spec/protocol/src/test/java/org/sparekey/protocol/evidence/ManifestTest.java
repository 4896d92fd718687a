// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

class ManifestTest {

    private static final Digest DIGEST = Digest.sha256("x".getBytes(StandardCharsets.US_ASCII));
    private static final Bytes SALT = Bytes.of(new byte[Manifest.SALT_BYTES]);
    private static final Instant AT = Instant.parse("2026-11-02T14:03:11.000Z");
    private static final UUID ORDER = UUID.fromString("019a4e3c-0000-7000-8000-000000000001");

    @Test
    void a_manifest_is_written_back_byte_for_byte() throws MalformedException {
        byte[] bytes = Wire.write(manifest(List.of(disk(volume(0, 0, 600), volume(1, 600, 424)))));
        Manifest read = Wire.read(bytes, Manifest.class);
        assertThat(read).isEqualTo(manifest(List.of(disk(volume(0, 0, 600), volume(1, 600, 424)))));
        assertThat(Wire.write(read)).isEqualTo(bytes);
    }

    @Test
    void an_acknowledgement_is_written_back_byte_for_byte() throws MalformedException {
        byte[] bytes = Wire.write(new Acknowledgement(1, Acknowledgement.TYPE, ORDER, DIGEST, AT, SALT));
        assertThat(Wire.write(Wire.read(bytes, Acknowledgement.class))).isEqualTo(bytes);
    }

    @Test
    void an_acknowledgement_without_its_salt_is_refused() {
        assertThatThrownBy(() -> new Acknowledgement(
                        1, Acknowledgement.TYPE, ORDER, DIGEST, AT, Bytes.of(new byte[Acknowledgement.SALT_BYTES - 1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_gap_between_two_volumes_is_refused() {
        assertThatThrownBy(() -> disk(volume(0, 0, 600), volume(1, 601, 423)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_volume_left_out_in_the_middle_is_refused() {
        assertThatThrownBy(() -> disk(volume(0, 0, 600), volume(2, 600, 424)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void volumes_that_end_before_the_image_does_are_refused() {
        assertThatThrownBy(() -> disk(volume(0, 0, 600))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_disk_number_for_two_disks_is_refused() {
        CapturedDisk disk = disk(volume(0, 0, 1024));
        assertThatThrownBy(() -> manifest(List.of(disk, disk))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_time_stamp_inside_a_manifest_is_an_unknown_field() {
        String json = new String(Wire.write(manifest(List.of(disk(volume(0, 0, 1024))))), StandardCharsets.UTF_8);
        String stamped = json.replaceFirst("\\{", "{\"timestamp\":\"AA\",");
        assertThatThrownBy(() -> Wire.read(stamped.getBytes(StandardCharsets.UTF_8), Manifest.class))
                .isInstanceOf(MalformedException.class)
                .hasMessage("unknown field");
    }

    @Test
    void volumes_sort_by_name_as_they_follow_each_other() {
        assertThat(EvidenceFolder.volume(1, 10)).isEqualTo("disk01-000010.zst.age");
        assertThat(EvidenceFolder.volume(0, 9)).isLessThan(EvidenceFolder.volume(0, 10));
        assertThat(EvidenceFolder.isVolume(EvidenceFolder.volume(99, 999_999))).isTrue();
        assertThat(EvidenceFolder.isVolume("../disk00-000000.zst.age")).isFalse();
    }

    private static CapturedVolume volume(int number, long offset, long length) {
        return new CapturedVolume(number, offset, length, DIGEST, length + 16);
    }

    private static CapturedDisk disk(CapturedVolume... volumes) {
        return new CapturedDisk(
                0, "vda", "/images/a.raw", "raw", 1024, 1, 1024, 1024, DIGEST, DIGEST, List.of(volumes));
    }

    private static Manifest manifest(List<CapturedDisk> disks) {
        return new Manifest(
                1,
                Manifest.TYPE,
                ORDER,
                DIGEST,
                List.of(new ApprovalReference("O-1", DIGEST), new ApprovalReference("O-2", DIGEST)),
                1,
                DIGEST,
                DIGEST,
                new LocatedAsset("ams1", "5c9a", "101", "vps-1", "ten-1", Optional.of("node1")),
                Manifest.HOSTER,
                DIGEST,
                DIGEST,
                AT,
                AT.plusSeconds(2),
                "age1example",
                List.of(DIGEST, DIGEST),
                disks,
                List.of(new ToolVersion("zstd-jni", "1.5.7")),
                List.of(new IsolationObservation("stop-events", true, Map.of("count", "0"), "No guest stopped.")),
                Optional.empty(),
                SALT);
    }
}
