// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the sources said lately, together.
 *
 * @param guests every guest that is there: seen in its cluster's last complete listing, or later
 * @param completeAt by cluster, the last complete listing, where it is not older than {@link Inventory#MAX_GAP}
 * @param gapped sources whose last look was not complete, or too long ago
 */
public record Standing(Instant at, List<Observation> guests, Map<String, Instant> completeAt, Set<String> gapped) {

    public Standing {
        guests = List.copyOf(guests);
        completeAt = Map.copyOf(completeAt);
        gapped = Set.copyOf(gapped);
    }

    /** Whether nothing is missing anywhere. */
    public boolean whole() {
        return gapped.isEmpty();
    }
}
