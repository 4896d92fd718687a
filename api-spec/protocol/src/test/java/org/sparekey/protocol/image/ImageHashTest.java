// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;

class ImageHashTest {

    private static final int LEAF = ImageHash.LEAF_BYTES;

    @Test
    void both_digests_equal_their_definition_for_every_shape_of_tree() {
        for (int bytes : new int[] {0, 1, LEAF - 1, LEAF, LEAF + 1, 2 * LEAF, 5 * LEAF, 6 * LEAF + 17, 7 * LEAF}) {
            byte[] image = random(bytes);
            ImageHash hash = new ImageHash();
            hash.update(image, 0, bytes);
            assertThat(hash.finish()).isEqualTo(expected(image));
        }
    }

    @Test
    void zeros_hash_like_zero_bytes_wherever_they_begin_and_end() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            byte[] image = random(4 * LEAF + 4321);
            int from = random.nextInt(LEAF * 2);
            int to = from + random.nextInt(LEAF * 2);
            Arrays.fill(image, from, to, (byte) 0);
            ImageHash hash = new ImageHash();
            hash.update(image, 0, from);
            hash.zeros(to - from);
            hash.update(image, to, image.length - to);
            assertThat(hash.finish()).isEqualTo(expected(image));
        }
    }

    @Test
    void one_changed_bit_changes_both_digests() {
        byte[] image = random(3 * LEAF);
        ImageDigests before = expected(image);
        image[2 * LEAF + 5] ^= 1;
        ImageHash hash = new ImageHash();
        hash.update(image, 0, image.length);
        ImageDigests after = hash.finish();
        assertThat(after.image()).isNotEqualTo(before.image());
        assertThat(after.treeRoot()).isNotEqualTo(before.treeRoot());
    }

    /** RFC 6962 section 2.1, written down as the recursion that it is. */
    private static ImageDigests expected(byte[] image) {
        int leaves = (image.length + LEAF - 1) / LEAF;
        Digest root = leaves == 0 ? Digest.sha256(new byte[0]) : root(image, 0, leaves);
        return new ImageDigests(image.length, Digest.sha256(image), root);
    }

    private static Digest root(byte[] image, int first, int count) {
        if (count == 1) {
            int from = first * LEAF;
            return Digest.sha256(new byte[] {0}, Arrays.copyOfRange(image, from, Math.min(image.length, from + LEAF)));
        }
        int left = Integer.highestOneBit(count - 1);
        return Digest.sha256(
                new byte[] {1},
                root(image, first, left).array(),
                root(image, first + left, count - left).array());
    }

    private static byte[] random(int bytes) {
        byte[] image = new byte[bytes];
        new Random(bytes).nextBytes(image);
        return image;
    }
}
