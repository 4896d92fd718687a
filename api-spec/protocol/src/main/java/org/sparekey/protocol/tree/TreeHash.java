// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import org.sparekey.protocol.json.Digest;

/** The hashes of an RFC 6962 tree (section 2.1): leaves and nodes differ by their first byte, so neither passes for the other. */
public final class TreeHash {

    /** The root of the tree without leaves: SHA-256 of nothing. */
    public static final Digest EMPTY_ROOT = Digest.sha256(new byte[0]);

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private TreeHash() {}

    /** SHA-256(0x00 || entry), over the stored bytes as they are. */
    public static Digest leaf(byte[] entry) {
        return Digest.sha256(LEAF, entry);
    }

    /** SHA-256(0x01 || left || right). */
    public static Digest node(Digest left, Digest right) {
        return Digest.sha256(NODE, left.array(), right.array());
    }
}
