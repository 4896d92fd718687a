// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import org.sparekey.protocol.order.TimeWindow;

/**
 * What is asked, and from where in time.
 *
 * @param asked when the target was seen, as the order says
 * @param now the instant up to which the asset is followed and up to which rows count
 * @param orderReceivedAt what was recorded later never lifts the answer
 * @param skew how far clocks may be apart, each side
 */
record Question(Wanted wanted, TimeWindow asked, Instant now, Instant orderReceivedAt, Duration skew) {

    Instant first() {
        return asked.from().minus(skew);
    }

    Instant last() {
        return asked.to().plus(skew);
    }

    /** The latest recording that may count for the asked instant. */
    Instant knownAt() {
        return now.isBefore(orderReceivedAt) ? now : orderReceivedAt;
    }
}
