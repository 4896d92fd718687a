// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import java.time.Instant;

/** Which answer counts, and when to ask again. */
final class StampDecisions {

    static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    static final Duration LONGEST_RETRY = Duration.ofMinutes(10);

    /** 9-formats allows two clocks to differ by so much. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private StampDecisions() {}

    /**
     * A token that says it was given before anybody asked would make the entries it covers look younger than their stamp:
     * one of the two clocks is wrong, and the question waits until they agree.
     */
    static boolean tooEarly(Instant asked, Instant stamped) {
        return stamped.plus(CLOCK_SKEW).isBefore(asked);
    }

    /** Twice as long after each failure, never longer than {@link #LONGEST_RETRY}: the authority may be back any time. */
    static Instant retryAt(Instant now, int failures) {
        Duration wait = FIRST_RETRY;
        for (int i = 1; i < failures && wait.compareTo(LONGEST_RETRY) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return now.plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY);
    }
}
