// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * A tree that keeps only the roots of its complete subtrees, largest first: one per one-bit of its size, at most 63.
 * Appending costs as many node hashes as the size has trailing one-bits.
 */
public final class CompactTree {

    private long size;
    private final List<Digest> roots;

    private CompactTree(long size, List<Digest> roots) {
        this.size = size;
        this.roots = roots;
    }

    public static CompactTree empty() {
        return new CompactTree(0, new ArrayList<>());
    }

    /** @throws IllegalArgumentException when the number of roots is not the number of one-bits of the size */
    public static CompactTree of(long size, List<Digest> roots) {
        if (size < 0 || Long.bitCount(size) != roots.size()) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves does not have " + roots.size() + " roots");
        }
        return new CompactTree(size, new ArrayList<>(roots));
    }

    public void append(Digest leafHash) {
        Digest carried = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            carried = TreeHash.node(roots.remove(roots.size() - 1), carried);
        }
        roots.add(carried);
        size++;
    }

    public long size() {
        return size;
    }

    /** The roots of the complete subtrees, largest first. */
    public List<Digest> roots() {
        return List.copyOf(roots);
    }

    /** RFC 6962 section 2.1. */
    public Digest root() {
        if (roots.isEmpty()) {
            return TreeHash.EMPTY_ROOT;
        }
        Digest root = roots.get(roots.size() - 1);
        for (int i = roots.size() - 2; i >= 0; i--) {
            root = TreeHash.node(roots.get(i), root);
        }
        return root;
    }
}
