// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.List;
import java.util.function.BiPredicate;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.inventory.PlannedAddress;
import org.sparekey.gateway.parties.PartyId;

/**
 * What the gateway holds that could bear on a question.
 *
 * @param history every statement about every asset that ever fitted the target
 * @param assignments of prefixes around the asked address, or around those a guest was seen with; where nobody rents one
 *     of these in the window, of the servers and switch ports where the guest was seen
 * @param planned the hoster's routes for the asked address
 * @param observed every interval of guests that bore an identifier of those assets, or the asked address
 * @param running what the last fresh complete listing said; empty when there is none
 * @param anothers whether the hoster's tables say whose a guest is now, and none of them says that it is this reseller's
 */
record LocateFacts(
        History history,
        List<Assignment> assignments,
        List<PlannedAddress> planned,
        List<Observation> observed,
        List<Observation> running,
        BiPredicate<Observation, PartyId> anothers) {

    LocateFacts {
        assignments = List.copyOf(assignments);
        planned = List.copyOf(planned);
        observed = List.copyOf(observed);
        running = List.copyOf(running);
    }
}
