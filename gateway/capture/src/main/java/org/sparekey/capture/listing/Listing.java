// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

import java.util.List;

/**
 * What one look found. Only a listing without gaps says anything about what it does not hold: "not seen" is never
 * "removed".
 *
 * @param cluster the hoster's name for it; empty where the source has not been able to say
 */
public record Listing(String cluster, List<ListedGuest> guests, List<Gap> gaps) {

    public Listing {
        guests = List.copyOf(guests);
        gaps = List.copyOf(gaps);
    }

    public boolean complete() {
        return gaps.isEmpty();
    }
}
