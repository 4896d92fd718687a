// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.inventory.Standing;
import org.sparekey.gateway.parties.PartyId;

/**
 * What a comparison needs.
 *
 * @param registered the statement in force about every asset, ended ones too
 * @param attested when anything was last said about each
 * @param runningSince by cluster, UUID and number
 * @param landlord whose a guest must be by its addresses or its server, if anybody's
 * @param anothers whether the hoster's tables say whose a guest is, and none of them says that it is this reseller's
 */
record ReconcileFacts(
        List<Registered> registered,
        Map<String, Instant> attested,
        Standing standing,
        Map<List<String>, Instant> runningSince,
        Function<Observation, Optional<PartyId>> landlord,
        BiPredicate<Observation, PartyId> anothers,
        Instant now) {

    ReconcileFacts {
        registered = List.copyOf(registered);
        attested = Map.copyOf(attested);
        runningSince = Map.copyOf(runningSince);
    }

    Instant attestedAt(Registered row) {
        return attested.getOrDefault(row.vpsRef(), row.recordedAt());
    }

    Instant since(Observation guest) {
        return runningSince.getOrDefault(List.of(guest.cluster(), guest.uuid(), guest.vmId()), guest.seenFrom());
    }
}
