// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.image;

import java.security.MessageDigest;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.CompactTree;

/**
 * Hashes a raw image in one pass: SHA-256 of the whole, and the RFC 6962 tree over 1 MiB leaves. Memory does not grow
 * with the image but for one node per level. Not thread-safe.
 */
public final class ImageHash {

    public static final int LEAF_BYTES = 1 << 20;

    /** RFC 6962 section 2.1. */
    private static final byte LEAF_PREFIX = 0;

    private static final byte[] ZEROS = new byte[LEAF_BYTES];
    private static final Digest ZERO_LEAF = Digest.sha256(new byte[] {LEAF_PREFIX}, ZEROS);

    private final MessageDigest image = Digest.sha256();
    private final MessageDigest leaf = Digest.sha256();
    private final CompactTree tree = CompactTree.empty();

    private long length;
    private int inLeaf;

    /** The tree's leaf for the first {@code length} bytes, at most a leaf of them: for those who hash leaves side by side. */
    public static Digest leaf(byte[] bytes, int length) {
        MessageDigest leaf = Digest.sha256();
        leaf.update(LEAF_PREFIX);
        leaf.update(bytes, 0, length);
        return Digest.of(leaf.digest());
    }

    /** What {@link #leaf} answers for a whole leaf of zeros, computed once. */
    public static Digest zeroLeaf() {
        return ZERO_LEAF;
    }

    /** Takes the next bytes of the image. */
    public void update(byte[] bytes, int offset, int count) {
        image.update(bytes, offset, count);
        length += count;
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int part = Math.min(end - at, LEAF_BYTES - inLeaf);
            openLeaf();
            leaf.update(bytes, at, part);
            at += part;
            advance(part);
        }
    }

    /** Takes the next {@code count} bytes, all zero; a whole leaf of them costs the serial digest only. */
    public void zeros(long count) {
        long left = count;
        while (left > 0) {
            int part = (int) Math.min(left, LEAF_BYTES - inLeaf);
            if (part == LEAF_BYTES) {
                image.update(ZEROS);
                length += part;
                tree.append(ZERO_LEAF);
            } else {
                update(ZEROS, 0, part);
            }
            left -= part;
        }
    }

    /** Ends the image; the object is spent. */
    public ImageDigests finish() {
        if (inLeaf > 0) {
            tree.append(Digest.of(leaf.digest()));
        }
        return new ImageDigests(length, Digest.of(image.digest()), tree.root());
    }

    private void openLeaf() {
        if (inLeaf == 0) {
            leaf.update(LEAF_PREFIX);
        }
    }

    private void advance(int part) {
        inLeaf += part;
        if (inLeaf == LEAF_BYTES) {
            inLeaf = 0;
            tree.append(Digest.of(leaf.digest()));
        }
    }
}
