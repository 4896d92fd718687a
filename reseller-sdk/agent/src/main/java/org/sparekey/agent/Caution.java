// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * "Not seen" is not "gone". A machine is ended only when two complete listings missed it, some time apart, and no more are
 * lost at once than a bad export would explain; beyond that a person says the number. A customer who is simply no longer
 * named counts as lost too: a file may have been cut between two lines.
 *
 * @param confirmed how many losses a person has said are real
 */
record Caution(int confirmed) {

    /** The timer's interval is 15 minutes: the second listing that misses a machine ends it. */
    static final Duration MISSED_FOR = Duration.ofMinutes(10);

    /** So many losses at once are believed in any fleet that keeps a machine. */
    static final int FEW = 3;

    /** Beyond them, one in so many. */
    static final int ONE_IN = 10;

    static final Caution USUAL = new Caution(0);

    /** Whether so many machines that are gone or lost their customer are believed. */
    boolean believes(int losses, int fleet) {
        boolean few = losses <= Math.max(FEW, fleet / ONE_IN) && losses < fleet;
        return losses == 0 || few || losses == confirmed;
    }

    /** Of the machines that complete listings missed, those that are ended now. */
    Map<String, Instant> ended(List<String> gone, Map<String, Instant> missedSince, Instant now) {
        Map<String, Instant> ended = new TreeMap<>();
        for (String name : gone) {
            Instant since = missedSince.getOrDefault(name, now);
            if (confirmed > 0 || !since.plus(MISSED_FOR).isAfter(now)) {
                ended.put(name, since);
            }
        }
        return ended;
    }
}
