// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.CompactTree;

/**
 * Where a follower stood when the entries last gave a signed root: what it keeps, in a file of its own, to go on from.
 *
 * @param size of the tree that was verified
 * @param roots of its complete subtrees, largest first
 * @param verified the checkpoints verified last, oldest first; an older one that comes again is none of these
 * @param entriesFrom where to read the entries topic on: before the end, so that repetitions can be compared
 * @param checkpointsFrom where to read the checkpoints topic on
 */
public record MirrorPosition(
        int v,
        String origin,
        long size,
        List<Digest> roots,
        List<Verified> verified,
        long entriesFrom,
        long checkpointsFrom) {

    public static final int VERSION = 1;

    /** A checkpoint's size and root. */
    public record Verified(long size, Digest root) {}

    /** @throws IllegalArgumentException when the roots are not those of a tree of this size */
    public MirrorPosition {
        roots = List.copyOf(roots);
        verified = List.copyOf(verified);
        boolean ends = verified.isEmpty() ? size == 0 : last(verified).equals(new Verified(size, root(size, roots)));
        if (v != VERSION || entriesFrom < 0 || checkpointsFrom < 0 || !ends) {
            throw new IllegalArgumentException("not a position in the mirror of " + origin);
        }
    }

    /** Before the first record. */
    public static MirrorPosition start(String origin) {
        return new MirrorPosition(VERSION, origin, 0, List.of(), List.of(), 0, 0);
    }

    public static MirrorPosition parse(byte[] json) throws MalformedException {
        return Wire.read(json, MirrorPosition.class);
    }

    public byte[] bytes() {
        return Wire.write(this);
    }

    CompactTree tree() {
        return CompactTree.of(size, roots);
    }

    private static Digest root(long size, List<Digest> roots) {
        return CompactTree.of(size, roots).root();
    }

    private static Verified last(List<Verified> verified) {
        return verified.get(verified.size() - 1);
    }
}
