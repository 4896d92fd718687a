// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * What the gateway holds that some lines touch.
 *
 * @param owners whose each vpsRef is; an unknown one is absent
 * @param told what was said about the assets that an address leaves or that are handed over
 * @param foreign what was said about assets that bear an identifier of the lines and are or were another reseller's
 * @param places every assignment of each node, be it a server or the port of a switch
 * @param givers who signed each release, by its text; absent where no enrolled document key did
 * @param rightful whose a machine is that two name
 */
record Held(
        Map<String, Ownership> owners,
        History told,
        History foreign,
        Map<String, List<Assignment>> places,
        Map<String, PartyId> givers,
        Rightful rightful) {

    Optional<Ownership> owner(RegistrationRecord record) {
        return Optional.ofNullable(owners.get(record.vpsRef()));
    }

    List<Assignment> place(RegistrationRecord record) {
        return record.node().map(node -> places.getOrDefault(node, List.of())).orElse(List.of());
    }

    Optional<PartyId> giver(String release) {
        return Optional.ofNullable(givers.get(release));
    }
}
