// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * RFC 6962 section 2.1.2: that the tree of the old size is a prefix of the tree of the new size. From size 0 nothing is
 * proven: every tree extends the empty one, so such a proof is accepted only for the roots that these sizes really have.
 */
public record ConsistencyProof(long oldSize, long newSize, List<Digest> path) {

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** @throws IllegalArgumentException when the old size is negative or above the new one */
    public static ConsistencyProof make(long oldSize, long newSize, Nodes nodes) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("no tree shrinks from " + oldSize + " to " + newSize);
        }
        List<Digest> fromRoot = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            collect(oldSize, newSize, nodes, fromRoot);
            Collections.reverse(fromRoot);
        }
        return new ConsistencyProof(oldSize, newSize, fromRoot);
    }

    /** SUBPROOF of the RFC, walked from the root down. */
    private static void collect(long oldSize, long newSize, Nodes nodes, List<Digest> fromRoot) {
        long from = 0;
        long to = newSize;
        while (to != oldSize) {
            long middle = from + Split.left(to - from);
            if (oldSize <= middle) {
                fromRoot.add(nodes.range(middle, to));
                to = middle;
            } else {
                fromRoot.add(nodes.range(from, middle));
                from = middle;
            }
        }
        // Where the old tree is one complete subtree of the new one, the verifier has its root already.
        if (from > 0) {
            fromRoot.add(nodes.range(from, to));
        }
    }

    /** Whether the tree with the new root begins with the tree with the old root. */
    public boolean proves(Digest oldRoot, Digest newRoot) {
        if (oldSize < 0 || oldSize > newSize) {
            return false;
        }
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot) && (oldSize > 0 || oldRoot.equals(TreeHash.EMPTY_ROOT));
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(TreeHash.EMPTY_ROOT);
        }
        return fold(oldRoot, newRoot);
    }

    /** RFC 9162 section 2.1.4.2: both roots are rebuilt from the same hashes, and every hash must be used. */
    private boolean fold(Digest oldRoot, Digest newRoot) {
        long node = oldSize - 1;
        long last = newSize - 1;
        int common = Long.numberOfTrailingZeros(~node);
        node >>= common;
        last >>= common;
        int next = 0;
        if (node > 0 && path.isEmpty()) {
            return false;
        }
        Digest oldHash = node == 0 ? oldRoot : path.get(next++);
        Digest newHash = oldHash;
        for (; next < path.size(); next++) {
            if (last == 0) {
                return false;
            }
            Digest hash = path.get(next);
            if ((node & 1) == 1 || node == last) {
                oldHash = TreeHash.node(hash, oldHash);
                newHash = TreeHash.node(hash, newHash);
                int alone = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= alone;
                last >>= alone;
            } else {
                newHash = TreeHash.node(newHash, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }
}
