// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;

/** The leaf hashes of the last entries and where they stood, to compare repetitions with. */
final class Recent {

    /** Four batches of a gateway; it never has more than one on its way. */
    static final int KEPT = 1024;

    private final @Nullable Digest[] hashes = new Digest[KEPT];
    private final long[] indices = new long[KEPT];
    private final long[] offsets = new long[KEPT];

    void keep(long index, Digest hash, long offset) {
        int slot = slot(index);
        hashes[slot] = hash;
        indices[slot] = index;
        offsets[slot] = offset;
    }

    Optional<Digest> hash(long index) {
        return kept(index) ? Optional.ofNullable(hashes[slot(index)]) : Optional.empty();
    }

    /** Where to read on so that the last entries before this size come by once more. */
    long replay(long size, long otherwise) {
        long first = Math.max(0, size - KEPT);
        return kept(first) ? offsets[slot(first)] : otherwise;
    }

    private boolean kept(long index) {
        return hashes[slot(index)] != null && indices[slot(index)] == index;
    }

    private static int slot(long index) {
        return (int) (index % KEPT);
    }
}
