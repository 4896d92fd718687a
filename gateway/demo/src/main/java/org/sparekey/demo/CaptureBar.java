// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.evidence.CaptureProgress;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.tool.Bar;

/** Draws a running capture, on a terminal only. One capture at a time is drawn: the room makes one at a time. */
final class CaptureBar implements CaptureProgress {

    private @Nullable Bar bar;

    @Override
    public synchronized void at(OrderId order, long done, long total) {
        Bar drawn = bar == null ? Bar.of("capture", false) : bar;
        bar = drawn;
        drawn.at(done, total);
        if (done >= total) {
            drawn.close();
            bar = null;
        }
    }
}
