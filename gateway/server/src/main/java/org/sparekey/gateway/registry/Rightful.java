// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Landlords;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * Whose a machine is by what the hoster sees of it, where two resellers name it. Looked up once for a batch, and only when a
 * line would else be refused.
 */
final class Rightful {

    private final Inventory inventory;
    private @Nullable ReconcileIndex running;
    private @Nullable Landlords landlords;

    Rightful(Inventory inventory) {
        this.inventory = inventory;
    }

    /**
     * Whether the guest that the record names in full is the claimant's, now and when the record begins, and not the
     * other's: he who named it first, and has nothing of it, keeps nobody out.
     */
    boolean yields(RegistrationRecord record, PartyId claimant, PartyId other) {
        return Matching.of(record, running().sharing(record)) instanceof Matching.Matched matched
                && his(landlords(), matched.guest(), claimant, other)
                && his(landlords().at(record.validFrom()), matched.guest(), claimant, other);
    }

    private static boolean his(Landlords landlords, Observation guest, PartyId claimant, PartyId other) {
        return landlords.anothers(guest, other) && !landlords.anothers(guest, claimant);
    }

    private ReconcileIndex running() {
        if (running == null) {
            running = new ReconcileIndex(inventory.running());
        }
        return running;
    }

    private Landlords landlords() {
        if (landlords == null) {
            landlords = inventory.landlords();
        }
        return landlords;
    }
}
