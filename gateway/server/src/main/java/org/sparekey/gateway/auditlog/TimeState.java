// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the time-stamps stand; what an alarm looks at.
 *
 * @param configured whether there is an authority at all
 * @param waiting digests without a token
 * @param missingSince since when the longest waiting one waits, or since when the hourly question is overdue
 * @param fault code of the last failure among those that wait
 * @param lastToken what the newest stored token says
 */
public record TimeState(
        boolean configured,
        long waiting,
        Optional<Instant> missingSince,
        Optional<String> fault,
        Optional<Instant> lastToken) {

    /** 5-auditlog, "Alarms": a token that is missing for longer than this is alarmed. */
    public static final Duration ALARM_AFTER = Duration.ofHours(2);

    public boolean alarming(Instant now) {
        return missingSince
                .filter(since -> since.plus(ALARM_AFTER).isBefore(now))
                .isPresent();
    }
}
