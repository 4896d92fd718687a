// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.LineReading.Bad;
import org.sparekey.protocol.registration.LineRefusal;
import org.sparekey.protocol.registration.RegistrationRecord;

/** What only a move or a hand-over must fulfil. Pure. */
final class Changing {

    private Changing() {}

    /** @param before what the asset that gives the address was just before; empty where nothing was said */
    static Optional<Bad> move(AddressMove move, Optional<RegistrationRecord> before) {
        boolean held = before.map(record -> record.addresses().contains(move.address()))
                .orElse(false);
        return held ? Optional.empty() : bad(LineRefusal.ADDRESS_NOT_HELD, "/address");
    }

    /**
     * The giver must own the asset up to then, have signed, and have said nothing about it for later: whoever reads the
     * history afterwards finds one speaker for every instant.
     */
    static Optional<Bad> handOver(HandOver line, PartyId receiver, Held held) {
        Optional<Ownership> owner = held.owner(line.record());
        String vpsRef = line.record().vpsRef();
        Instant at = line.validFrom();
        boolean alive =
                held.told().before(vpsRef, at).filter(row -> !row.ended()).isPresent();
        if (owner.isEmpty() || !alive) {
            return bad(LineRefusal.UNKNOWN_VPS_REF, "/record/vpsRef");
        }
        PartyId giver = owner.get().last();
        if (!released(line, giver, receiver, held)) {
            return bad(LineRefusal.BAD_RELEASE, "/release");
        }
        boolean early = owner.get().changesFrom(at)
                || held.told().all(vpsRef).stream()
                        .anyMatch(row -> !row.validFrom().isBefore(at));
        return early ? bad(LineRefusal.HAND_OVER_TOO_EARLY, "/record/validFrom") : Optional.empty();
    }

    private static boolean released(HandOver line, PartyId giver, PartyId receiver, Held held) {
        HandOverRelease release = release(line);
        return release.giver().equals(giver.value())
                && release.receiver().equals(receiver.value())
                && held.giver(line.release()).equals(Optional.of(giver));
    }

    /** A line that was read as good holds a release that reads. */
    static HandOverRelease release(HandOver line) {
        try {
            return HandOverRelease.read(line.document());
        } catch (MalformedException e) {
            throw new IllegalStateException("a checked release does not read: " + e.reason(), e);
        }
    }

    private static Optional<Bad> bad(LineRefusal refusal, String pointer) {
        return Optional.of(new Bad(refusal, pointer));
    }
}
