// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.sparekey.client.Vps;

/**
 * Since when is what a source shows: a pure function of what was said before. Exports like to repeat the day of the first
 * contract whatever changed since; taken at its word that would rewrite the past, and whose an address was then.
 *
 * @param hints by machine, the instant at which somebody saw a change
 * @param now the agent's clock
 * @param spread when what is unchanged is said once more
 */
record Instants(Map<String, Instant> hints, Instant now, Spread spread) {

    /** A gateway counts what is a day old as stale, so what is unchanged is said once more before that, at the latest now. */
    static final Duration SAY_AGAIN_AFTER = Duration.ofHours(20);

    /** And not before this. In between each machine has its own instant, another each time. */
    static final Duration SAY_AGAIN_FROM = Duration.ofHours(12);

    Instants {
        hints = Map.copyOf(hints);
        now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** What is to be said of a machine, with its instant. */
    Remembered of(Vps machine, Optional<Remembered> before) {
        if (before.isEmpty()) {
            return Remembered.of(machine, machine.validFrom(), now);
        }
        Remembered known = before.get();
        boolean same = known.differences(Remembered.of(machine, now, now)).isEmpty();
        boolean restated = !machine.observed() && !machine.validFrom().equals(known.stated());
        if (restated && (same || machine.validFrom().isAfter(known.since()))) {
            return Remembered.of(machine, machine.validFrom(), now);
        }
        if (!same) {
            return Remembered.of(machine, hint(machine, known), now);
        }
        boolean due = !spread.due(known).isAfter(now);
        return due ? Remembered.of(machine, now, now) : Remembered.of(machine, known.since(), known.said());
    }

    /**
     * A machine that is registered though nothing is remembered of it: what was said of it, and since when, is lost. The day
     * of its contract might then rewrite whose its addresses were, so it is said as it is now.
     */
    Remembered learned(Vps machine) {
        return Remembered.of(machine, now, now);
    }

    /** Never before what was said last, never ahead. */
    private Instant hint(Vps machine, Remembered known) {
        Instant seen = hints.getOrDefault(machine.vm(), now);
        return seen.isAfter(known.since()) && !seen.isAfter(now) ? seen : now;
    }
}
