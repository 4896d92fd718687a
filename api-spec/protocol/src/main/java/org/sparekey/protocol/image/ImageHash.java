// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.image;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * Hashes a raw image in one pass: SHA-256 of the whole, and the RFC 6962 tree over 1 MiB leaves. Memory does not grow
 * with the image but for one node per level. Not thread-safe.
 */
public final class ImageHash {

    public static final int LEAF_BYTES = 1 << 20;

    private static final byte LEAF_PREFIX = 0;
    private static final byte NODE_PREFIX = 1;
    private static final byte[] ZEROS = new byte[LEAF_BYTES];
    private static final byte[] ZERO_LEAF =
            Digest.sha256(new byte[] {LEAF_PREFIX}, ZEROS).array();

    private final MessageDigest image = Digest.sha256();
    private final MessageDigest tree = Digest.sha256();

    /** Roots of the complete subtrees so far, the largest first: one for each bit set in {@link #leaves}. */
    private final List<byte[]> roots = new ArrayList<>();

    private long leaves;
    private long length;
    private int inLeaf;

    /** Takes the next bytes of the image. */
    public void update(byte[] bytes, int offset, int count) {
        image.update(bytes, offset, count);
        length += count;
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int part = Math.min(end - at, LEAF_BYTES - inLeaf);
            openLeaf();
            tree.update(bytes, at, part);
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
                addLeaf(ZERO_LEAF);
            } else {
                update(ZEROS, 0, part);
            }
            left -= part;
        }
    }

    /** Ends the image; the object is spent. */
    public ImageDigests finish() {
        if (inLeaf > 0) {
            addLeaf(tree.digest());
        }
        return new ImageDigests(length, Digest.of(image.digest()), Digest.of(root()));
    }

    private void openLeaf() {
        if (inLeaf == 0) {
            tree.update(LEAF_PREFIX);
        }
    }

    private void advance(int part) {
        inLeaf += part;
        if (inLeaf == LEAF_BYTES) {
            inLeaf = 0;
            addLeaf(tree.digest());
        }
    }

    /** A leaf completes as many subtrees as its index has trailing ones. */
    private void addLeaf(byte[] leaf) {
        byte[] node = leaf;
        for (long full = leaves; (full & 1) == 1; full >>>= 1) {
            node = node(roots.remove(roots.size() - 1), node);
        }
        roots.add(node);
        leaves++;
    }

    /** RFC 6962 section 2.1: the left part is the largest power of two, so the rest folds from the right. */
    private byte[] root() {
        if (roots.isEmpty()) {
            return Digest.sha256().digest();
        }
        byte[] node = roots.get(roots.size() - 1);
        for (int i = roots.size() - 2; i >= 0; i--) {
            node = node(roots.get(i), node);
        }
        return node;
    }

    private byte[] node(byte[] left, byte[] right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(NODE_PREFIX);
        sha256.update(left);
        sha256.update(right);
        byte[] node = new byte[Digest.LENGTH_BYTES];
        try {
            sha256.digest(node, 0, node.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException("SHA-256 fits 32 bytes", impossible);
        }
        return node;
    }
}
