// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.Excerpt;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.InclusionProof;

/** The tree that is kept has the root of the tree that is not, and proves each leaf and no other. */
class ImageTreeTest {

    private static final int LEAF = ImageHash.LEAF_BYTES;

    @ParameterizedTest
    @ValueSource(ints = {1, LEAF - 1, LEAF, LEAF + 1, 2 * LEAF, 3 * LEAF, 5 * LEAF + 77, 7 * LEAF, 8 * LEAF, 9 * LEAF})
    void every_block_is_proved_at_its_place_and_at_no_other(int size) {
        byte[] image = new byte[size];
        new SplittableRandom(size).nextBytes(image);
        ImageHash hash = new ImageHash();
        hash.update(image, 0, size);
        ImageDigests digests = hash.finish();
        List<byte[]> blocks = new ArrayList<>();
        ImageTree tree = new ImageTree();
        for (int at = 0; at < size; at += LEAF) {
            byte[] block = java.util.Arrays.copyOfRange(image, at, Math.min(size, at + LEAF));
            blocks.add(block);
            tree.append(ImageHash.leaf(block, block.length));
        }
        assertThat(tree.root()).isEqualTo(digests.treeRoot());

        CapturedDisk disk = disk(digests);
        for (int index = 0; index < blocks.size(); index++) {
            Excerpt.Block block = new Excerpt.Block(
                    index, InclusionProof.make(index, tree.size(), tree).path());
            for (int other = 0; other < blocks.size(); other++) {
                assertThat(Excerpt.proves(disk, block, blocks.get(other)))
                        .as("%d at %d of %d", other, index, size)
                        .isEqualTo(other == index);
            }
            byte[] flipped = blocks.get(index).clone();
            flipped[flipped.length - 1] ^= 1;
            assertThat(Excerpt.proves(disk, block, flipped)).isFalse();
            assertThat(Excerpt.proves(disk, block, java.util.Arrays.copyOf(flipped, flipped.length - 1)))
                    .isFalse();
            assertThat(Excerpt.proves(disk, new Excerpt.Block(index + tree.size(), block.path()), blocks.get(index)))
                    .isFalse();
        }
    }

    private static CapturedDisk disk(ImageDigests digests) {
        CapturedVolume whole = new CapturedVolume(1, 0, digests.length(), Digest.sha256(new byte[0]), 1);
        return new CapturedDisk(
                1,
                "vda",
                "disk.raw",
                "raw",
                digests.length(),
                1,
                digests.length(),
                digests.length(),
                digests.image(),
                digests.treeRoot(),
                List.of(whole));
    }
}
