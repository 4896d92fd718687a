// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;

/** From (inclusive) to (inclusive), UTC; equal ends are one instant. */
public record TimeWindow(Instant from, Instant to) {
    public TimeWindow {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window ends before it begins");
        }
    }
}
