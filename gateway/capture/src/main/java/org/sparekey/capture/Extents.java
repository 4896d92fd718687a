// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.util.ArrayList;
import java.util.List;

/** Collects the extents of one disk in ascending order and joins neighbours. */
public final class Extents {

    private final List<Extent> extents = new ArrayList<>();

    /** @throws CaptureException when the disk is too fragmented to map in memory */
    public void add(long offset, long length) throws CaptureException {
        if (!extents.isEmpty()) {
            Extent last = extents.getLast();
            if (offset < last.end()) {
                throw new IllegalArgumentException("extents come in ascending order");
            }
            if (offset == last.end()) {
                extents.set(extents.size() - 1, new Extent(last.offset(), last.length() + length));
                return;
            }
        }
        if (extents.size() == Extent.MAX_PER_DISK) {
            throw new CaptureException(CaptureRefusal.TOO_MANY_EXTENTS, "the disk is too fragmented to map");
        }
        extents.add(new Extent(offset, length));
    }

    public List<Extent> list() {
        return List.copyOf(extents);
    }
}
