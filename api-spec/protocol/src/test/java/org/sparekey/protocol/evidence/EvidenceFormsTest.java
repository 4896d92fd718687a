// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.evidence.GuestLinks.Link;
import org.sparekey.protocol.evidence.GuestLinks.Reach;
import org.sparekey.protocol.image.ImageHash;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.TreeHash;

/** What no capture can have found, to the edge of each limit, and what no block proves. */
class EvidenceFormsTest {

    private static final Digest SOME = Digest.sha256(new byte[] {7});
    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final Instant AT = Instant.parse("2026-11-02T14:03:11.000Z");
    private static final UUID ORDER = UUID.fromString("019a4e3c-0000-7000-8000-000000000001");
    private static final LocatedAsset ASSET =
            new LocatedAsset("ams1", "5c9a", "101", "vps-1", "ten-1", Optional.of("node1"));
    private static final CapturedVolume VOLUME = new CapturedVolume(0, 0, 1024, SOME, 1040);
    private static final CapturedDisk DISK = disk(0, VOLUME);
    private static final Manifest MANIFEST = new Manifest(
            1,
            Manifest.TYPE,
            ORDER,
            SOME,
            List.of(new ApprovalReference("O-1", SOME)),
            1,
            SOME,
            SOME,
            ASSET,
            Manifest.HOSTER,
            SOME,
            SOME,
            AT,
            AT,
            "age1example",
            List.of(SOME),
            List.of(DISK),
            List.of(new ToolVersion("zstd-jni", "1.5.7")),
            List.of(),
            Optional.empty(),
            SALT);

    @Test
    void a_manifest_of_another_version_custody_attempt_or_without_a_disk_is_none() {
        refuses(MANIFEST, "/v", 2);
        refuses(MANIFEST, "/type", "another");
        refuses(MANIFEST, "/salt", Bytes.of(new byte[31]));
        refuses(MANIFEST, "/custody", "cloud");
        takes(MANIFEST, "/custody", Manifest.RESELLER_ADMINISTERED);
        refuses(MANIFEST, "/attempt", 0);
        takes(MANIFEST, "/attempt", 3);
        refuses(MANIFEST, "/attempt", 4);
        refuses(MANIFEST, "/disks", List.of());
        takes(MANIFEST, "/disks", List.of(DISK, disk(1, VOLUME)));
        refuses(MANIFEST, "/disks", List.of(DISK, DISK));
    }

    @Test
    void a_receipt_of_another_version_or_type_is_none() {
        Acknowledgement receipt = new Acknowledgement(1, Acknowledgement.TYPE, ORDER, SOME, AT, SALT);

        refuses(receipt, "/v", 2);
        refuses(receipt, "/type", "manifest");
        refuses(receipt, "/salt", Bytes.of(new byte[33]));
        takes(receipt, "/v", 1);
    }

    @Test
    void a_disk_has_a_number_and_no_negative_size() {
        refuses(DISK, "/number", -1);
        takes(DISK, "/number", EvidenceFolder.MAX_DISK);
        refuses(DISK, "/number", EvidenceFolder.MAX_DISK + 1);
        refuses(DISK, "/virtualSize", 0, "/volumes", List.of());
        refuses(DISK, "/extents", -1);
        refuses(DISK, "/extentBytes", -1);
        refuses(DISK, "/bytesRead", -1);
        takes(DISK, "/extents", 0, "/extentBytes", 0, "/bytesRead", 0);
    }

    @Test
    void volumes_lie_side_by_side_from_the_first_byte_to_the_last() {
        CapturedVolume second = new CapturedVolume(1, 1024, 1, SOME, 1);

        takes(DISK, "/volumes", List.of(VOLUME, second), "/virtualSize", 1025);
        takes(disk(0, new CapturedVolume(5, 0, 1024, SOME, 1)), "/volumes/0/number", 6);
        refuses(DISK, "/volumes", List.of(VOLUME, second));
        refuses(DISK, "/volumes", List.of());
        refuses(DISK, "/volumes/0/offset", 1);
        refuses(DISK, "/volumes", List.of(VOLUME, new CapturedVolume(2, 1024, 1, SOME, 1)), "/virtualSize", 1025);
        refuses(DISK, "/volumes", List.of(VOLUME, new CapturedVolume(0, 1024, 1, SOME, 1)), "/virtualSize", 1025);
    }

    @Test
    void a_volume_is_not_empty_and_has_a_number() {
        refuses(VOLUME, "/number", -1);
        takes(VOLUME, "/number", EvidenceFolder.MAX_VOLUME);
        refuses(VOLUME, "/number", EvidenceFolder.MAX_VOLUME + 1);
        refuses(VOLUME, "/offset", -1);
        refuses(VOLUME, "/length", 0);
        takes(VOLUME, "/length", 1);
        refuses(VOLUME, "/ciphertextLength", 0);
        takes(VOLUME, "/ciphertextLength", 1);
    }

    @Test
    void the_names_of_files_end_where_their_numbers_end() {
        assertThat(EvidenceFolder.volume(99, 999_999)).isEqualTo("disk99-999999.zst.age");
        assertThat(EvidenceFolder.image(0)).isEqualTo("disk00.raw");
        assertThat(EvidenceFolder.image(99)).isEqualTo("disk99.raw");
        assertThatThrownBy(() -> EvidenceFolder.volume(100, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvidenceFolder.volume(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvidenceFolder.volume(0, 1_000_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvidenceFolder.volume(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EvidenceFolder.image(100)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_list_of_files_has_a_limit_and_plain_names() {
        TreeMap<String, Digest> most = new TreeMap<>();
        for (int i = 0; i < DigestList.MAX_FILES; i++) {
            most.put("f" + i, SOME);
        }
        assertThat(new DigestList(most).digests()).hasSize(DigestList.MAX_FILES);
        most.put("g", SOME);
        assertThatThrownBy(() -> new DigestList(most)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DigestList.parse(new byte[DigestList.MAX_BYTES + 1]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> DigestList.parse(new byte[DigestList.MAX_BYTES]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("sorted");
    }

    @Test
    void a_link_record_says_what_it_is_and_to_which_attempt_it_belongs() {
        LinkRecord record =
                record(LinkRecord.Act.ISOLATED, links(up("52:54:00:00:00:01")), links(down("52:54:00:00:00:01")));

        refuses(record, "/v", 2);
        refuses(record, "/type", "another");
        refuses(record, "/salt", Bytes.of(new byte[31]));
        refuses(record, "/attempt", 0);
        takes(record, "/attempt", 1);
        refuses(record, "/others", -1);
        takes(record, "/others", 0);
    }

    @Test
    void a_guest_is_off_the_net_when_no_link_is_up_now_or_at_its_next_start() {
        Link next = new Link("52:54:00:00:00:01", Optional.of(false), Optional.of(true));
        Link now = new Link("52:54:00:00:00:01", Optional.of(true), Optional.of(false));

        assertThat(isolated(links(down("52:54:00:00:00:01")))).isTrue();
        assertThat(isolated(links(new Link("52:54:00:00:00:01", Optional.empty(), Optional.of(false)))))
                .isTrue();
        assertThat(isolated(links(next))).isFalse();
        assertThat(isolated(links(now))).isFalse();
        assertThat(isolated(links(down("52:54:00:00:00:01"), up("52:54:00:00:00:02"))))
                .isFalse();
        assertThat(isolated(links())).isFalse();
    }

    @Test
    void what_is_given_back_is_what_was_there_and_what_has_come_since_does_not_count() {
        GuestLinks before = links(up("52:54:00:00:00:01"), down("52:54:00:00:00:02"));

        assertThat(restored(before, before)).isTrue();
        assertThat(restored(before, links(up("52:54:00:00:00:01"), down("52:54:00:00:00:02"), up("52:54:00:00:00:03"))))
                .isTrue();
        assertThat(restored(before, links(up("52:54:00:00:00:01")))).isTrue();
        assertThat(restored(before, links(down("52:54:00:00:00:01")))).isFalse();
        assertThat(restored(before, links(up("52:54:00:00:00:02")))).isFalse();
        assertThat(restored(before, links(new Link("52:54:00:00:00:01", Optional.empty(), Optional.of(true)))))
                .isTrue();
        assertThat(restored(before, links(new Link("52:54:00:00:00:01", Optional.empty(), Optional.of(false)))))
                .isFalse();
        assertThat(restored(links(new Link("52:54:00:00:00:01", Optional.of(true), Optional.empty())), before))
                .isTrue();
        assertThatThrownBy(() -> links(up("52:54:00:00:00:01"), down("52:54:00:00:00:01")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_block_proves_its_own_bytes_at_its_own_place_and_nothing_else() {
        byte[] first = filled(ImageHash.LEAF_BYTES, 1);
        byte[] second = filled(3, 2);
        Digest one = ImageHash.leaf(first, first.length);
        Digest two = ImageHash.leaf(second, second.length);
        CapturedDisk disk = image(ImageHash.LEAF_BYTES + 3L, TreeHash.node(one, two));
        Excerpt.Block block = new Excerpt.Block(0, List.of(two));
        Excerpt.Block last = new Excerpt.Block(1, List.of(one));

        assertThat(Excerpt.proves(disk, block, first)).isTrue();
        assertThat(Excerpt.proves(disk, last, second)).isTrue();
        assertThat(Excerpt.length(disk, 0)).isEqualTo(ImageHash.LEAF_BYTES);
        assertThat(Excerpt.length(disk, 1)).isEqualTo(3);
        assertThat(Excerpt.proves(disk, block, filled(ImageHash.LEAF_BYTES, 3))).isFalse();
        assertThat(Excerpt.proves(disk, last, filled(4, 2))).isFalse();
        assertThat(Excerpt.proves(disk, new Excerpt.Block(1, List.of(two)), first))
                .isFalse();
        assertThat(Excerpt.proves(disk, new Excerpt.Block(2, List.of(one)), second))
                .isFalse();
        assertThat(Excerpt.blockFile(1)).isEqualTo("block-0000000001.bin");
    }

    @Test
    void an_excerpt_names_each_block_once_in_order() {
        Excerpt.Block zero = new Excerpt.Block(0, List.of());
        Excerpt.Block one = new Excerpt.Block(1, List.of());
        Excerpt excerpt = new Excerpt(1, SOME, 0, List.of(zero, one));

        refuses(excerpt, "/v", 2);
        refuses(excerpt, "/blocks", List.of());
        refuses(excerpt, "/blocks", List.of(one, zero));
        refuses(excerpt, "/blocks", List.of(one, one));
        refuses(excerpt, "/blocks/0/index", -1);
        takes(zero, "/path", Collections.nCopies(InclusionProof.MAX_HASHES, SOME));
        refuses(zero, "/path", Collections.nCopies(InclusionProof.MAX_HASHES + 1, SOME));
        takes(excerpt, "/blocks", blocks(Excerpt.MAX_BLOCKS));
        refuses(excerpt, "/blocks", blocks(Excerpt.MAX_BLOCKS + 1));
    }

    @Test
    void facts_are_told_in_one_order() {
        assertThat(new IsolationObservation(
                                "stop-events", true, Map.of("b", "2", "a", "1", "c", "3"), "Nothing stopped.")
                        .facts()
                        .keySet())
                .containsExactly("a", "b", "c");
    }

    private static List<Excerpt.Block> blocks(int many) {
        List<Excerpt.Block> blocks = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            blocks.add(new Excerpt.Block(i, List.of()));
        }
        return blocks;
    }

    private static byte[] filled(int length, int with) {
        return Character.toString(with).repeat(length).getBytes(StandardCharsets.US_ASCII);
    }

    private static CapturedDisk disk(int number, CapturedVolume volume) {
        return new CapturedDisk(
                number, "vda", "/images/a.raw", "raw", 1024, 1, 1024, 1024, SOME, SOME, List.of(volume));
    }

    private static CapturedDisk image(long size, Digest root) {
        return new CapturedDisk(
                0,
                "vda",
                "/a.raw",
                "raw",
                size,
                1,
                size,
                size,
                SOME,
                root,
                List.of(new CapturedVolume(0, 0, size, SOME, 1)));
    }

    private static Link up(String mac) {
        return new Link(mac, Optional.of(true), Optional.of(true));
    }

    private static Link down(String mac) {
        return new Link(mac, Optional.of(false), Optional.of(false));
    }

    private static GuestLinks links(Link... links) {
        return new GuestLinks(Reach.LINK, List.of(links));
    }

    private static boolean isolated(GuestLinks after) {
        return record(LinkRecord.Act.ISOLATED, links(up("52:54:00:00:00:01")), after)
                .asPromised();
    }

    private static boolean restored(GuestLinks before, GuestLinks after) {
        return record(LinkRecord.Act.RESTORED, before, after).asPromised();
    }

    private static LinkRecord record(LinkRecord.Act act, GuestLinks before, GuestLinks after) {
        return new LinkRecord(1, LinkRecord.TYPE, act, SOME, 1, ASSET, SOME, before, after, 3, true, AT, SALT);
    }
}
