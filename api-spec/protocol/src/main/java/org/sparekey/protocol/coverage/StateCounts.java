// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many assets are in each state.
 *
 * @param young guests that nobody registered and that run for less than the hour a reseller has
 * @param unobserved registrations about which no complete and fresh listing says anything
 */
public record StateCounts(
        int matched,
        int unregistered,
        int ghost,
        int stale,
        int contradicting,
        int duplicate,
        int retired,
        int young,
        int unobserved) {

    public static StateCounts of(Collection<Finding> findings, int young, int unobserved) {
        Map<AssetState, Integer> counts =
                findings.stream().collect(Collectors.toMap(Finding::state, one -> 1, Integer::sum, TreeMap::new));
        return new StateCounts(
                counts.getOrDefault(AssetState.MATCHED, 0),
                counts.getOrDefault(AssetState.UNREGISTERED, 0),
                counts.getOrDefault(AssetState.GHOST, 0),
                counts.getOrDefault(AssetState.STALE, 0),
                counts.getOrDefault(AssetState.CONTRADICTING, 0),
                counts.getOrDefault(AssetState.DUPLICATE, 0),
                counts.getOrDefault(AssetState.RETIRED, 0),
                young,
                unobserved);
    }

    /** What a reseller would have to mend. */
    public int amiss() {
        return unregistered + ghost + stale + contradicting + duplicate;
    }
}
