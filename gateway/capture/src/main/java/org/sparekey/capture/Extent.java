// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

/** A run of allocated bytes of a disk; everything between two extents reads as zeros. */
public record Extent(long offset, long length) {

    /** A disk more fragmented than this is refused instead of filling the heap: 32 MiB of map. */
    public static final int MAX_PER_DISK = 1 << 20;

    public Extent {
        if (offset < 0 || length <= 0 || offset + length < 0) {
            throw new IllegalArgumentException("an extent begins at 0 or later and is not empty");
        }
    }

    public long end() {
        return offset + length;
    }
}
