// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.List;
import org.sparekey.gateway.parties.PartyId;

/**
 * Whose a vpsRef is: of the first who named it, until he handed it over.
 *
 * @param handedOver in the order of time; each begins later than the one before
 */
record Ownership(PartyId first, List<Change> handedOver) {

    Ownership {
        handedOver = List.copyOf(handedOver);
    }

    /** @param from the first instant of the new owner */
    record Change(String vpsRef, PartyId giver, PartyId receiver, Instant from) {}

    PartyId at(Instant instant) {
        PartyId owner = first;
        for (Change change : handedOver) {
            owner = change.from().isAfter(instant) ? owner : change.receiver();
        }
        return owner;
    }

    PartyId last() {
        return at(Instant.MAX);
    }

    boolean changesFrom(Instant instant) {
        return handedOver.stream().anyMatch(change -> !change.from().isBefore(instant));
    }
}
