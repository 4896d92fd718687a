// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import org.sparekey.protocol.json.Digest;

/** Where a proof takes its hashes from: the roots of complete subtrees. Level 0 holds the leaf hashes. */
@FunctionalInterface
public interface Nodes {

    /** The root over the leaves {@code [index << level, (index + 1) << level)}, all of which exist. */
    Digest node(int level, long index);

    /** The root over the leaves {@code [from, to)} as RFC 6962 splits them; {@code from} begins such a range. */
    default Digest range(long from, long to) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return node(level, from >> level);
        }
        long left = Split.left(count);
        return TreeHash.node(range(from, from + left), range(from + left, to));
    }

    /** The root of the first {@code size} leaves. */
    default Digest root(long size) {
        return size == 0 ? TreeHash.EMPTY_ROOT : range(0, size);
    }
}
