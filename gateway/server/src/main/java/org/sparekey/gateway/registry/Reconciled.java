// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.List;
import java.util.Map;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.Share;
import org.sparekey.protocol.coverage.StateCounts;

/**
 * What one comparison found.
 *
 * @param pictures by reseller
 * @param nobodys running guests that nobody registered and that are no known reseller's: the hoster's own to explain
 * @param complete whether no source left a gap
 */
record Reconciled(Map<PartyId, Picture> pictures, List<Finding> nobodys, boolean complete) {

    Reconciled {
        pictures = Map.copyOf(pictures);
        nobodys = List.copyOf(nobodys);
    }

    /**
     * One reseller's.
     *
     * @param assets matched running guests of his running guests, young ones left out
     * @param addresses the same by address
     * @param onward registered assets of customers who sell on
     */
    record Picture(StateCounts counts, List<Finding> findings, Share assets, Share addresses, int onward) {
        Picture {
            findings = List.copyOf(findings);
        }

        static final Picture EMPTY = new Picture(StateCounts.of(List.of(), 0, 0), List.of(), Share.NONE, Share.NONE, 0);
    }
}
