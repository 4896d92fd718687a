// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.PartyOfRecord;

/**
 * Who the hoster's own customer was, judged at the asked instant.
 *
 * @param partyOfRecord absent when nobody, or more than one, rented the address in the window
 * @param since begin of the interval that holds the asked instant: the tenancy's, or the prefix's where no asset is known
 * @param until its end; absent while it lasts
 * @param nextInChain who is to be asked next, in words of the catalogue
 * @param chain the hoster's own customer first, the party of record last; empty where these two are one, or unknown
 */
public record Answer(
        Grade grade,
        Optional<PartyOfRecord> partyOfRecord,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> nextInChain,
        List<PartyOfRecord> chain) {

    public Answer {
        chain = List.copyOf(chain);
    }

    /** The reseller knows his customer. */
    public static final String RESELLER = "RESELLER";

    /** The reseller's customer lets the asset on: the reseller names him, he knows his own customer. */
    public static final String ONWARD_SELLER = "ONWARD_SELLER";
}
