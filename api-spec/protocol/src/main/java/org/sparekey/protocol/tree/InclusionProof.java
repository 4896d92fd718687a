// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * RFC 6962 section 2.1.1: the hashes from a leaf's sibling up to the child of the root. A proof of the wrong length or
 * for an index outside the tree can be written down, but never {@link #proves} anything: its position would be a claim.
 */
public record InclusionProof(long index, long treeSize, List<Digest> path) {

    /** Sizes are below 2^63, so no path is longer. */
    public static final int MAX_HASHES = 63;

    public InclusionProof {
        path = List.copyOf(path);
    }

    /** @throws IllegalArgumentException when the index is not inside the tree */
    public static InclusionProof make(long index, long treeSize, Nodes nodes) {
        if (index < 0 || index >= treeSize) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + treeSize);
        }
        List<Digest> fromRoot = new ArrayList<>();
        long from = 0;
        long to = treeSize;
        while (to - from > 1) {
            long middle = from + Split.left(to - from);
            if (index < middle) {
                fromRoot.add(nodes.range(middle, to));
                to = middle;
            } else {
                fromRoot.add(nodes.range(from, middle));
                from = middle;
            }
        }
        Collections.reverse(fromRoot);
        return new InclusionProof(index, treeSize, fromRoot);
    }

    /** Whether this leaf hash stands at this index of the tree with this size and root. */
    public boolean proves(Digest leafHash, Digest root) {
        if (index < 0 || index >= treeSize || path.size() != length(index, treeSize)) {
            return false;
        }
        Digest hash = leafHash;
        long node = index;
        long last = treeSize - 1;
        for (Digest sibling : path) {
            // A last node without a right sibling rises unhashed until it has one on its left.
            int alone = node == last ? Long.numberOfTrailingZeros(node) : 0;
            node >>= alone;
            last >>= alone;
            hash = (node & 1) == 1 ? TreeHash.node(sibling, hash) : TreeHash.node(hash, sibling);
            node >>= 1;
            last >>= 1;
        }
        return hash.equals(root);
    }

    /**
     * How many hashes the path must have: one per level below the point where the paths of this leaf and of the last
     * leaf meet, and above it one per one-bit, because there every sibling lies on the left.
     */
    private static int length(long index, long treeSize) {
        int below = Long.SIZE - Long.numberOfLeadingZeros(index ^ (treeSize - 1));
        return below + Long.bitCount(index >> below);
    }
}
