// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import org.sparekey.gateway.orders.OrderId;

/** Hears how far a capture is; called from the thread that captures, so it must be quick. */
@FunctionalInterface
public interface CaptureProgress {

    CaptureProgress NONE = (order, done, total) -> {};

    /** @param done bytes of all disks behind us, holes included; {@code total} the sum of the virtual sizes */
    void at(OrderId order, long done, long total);
}
