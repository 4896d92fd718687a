// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.LineReading.Bad;

/** What must hold between the parts of a move or a hand-over; each record in them is checked by {@link RecordCheck}. */
final class LineCheck {

    private LineCheck() {}

    static Optional<Bad> move(AddressMove move) {
        RegistrationRecord from = move.from();
        RegistrationRecord to = move.to();
        return first(
                unless(from.event() == Event.AMEND, LineRefusal.BAD_MOVE, "/from/event"),
                unless(to.event() == Event.AMEND, LineRefusal.BAD_MOVE, "/to/event"),
                unless(!from.vpsRef().equals(to.vpsRef()), LineRefusal.BAD_MOVE, "/to/vpsRef"),
                unless(from.validFrom().equals(to.validFrom()), LineRefusal.BAD_MOVE, "/to/validFrom"),
                unless(!from.addresses().contains(move.address()), LineRefusal.BAD_MOVE, "/from/addresses"),
                unless(to.addresses().contains(move.address()), LineRefusal.BAD_MOVE, "/to/addresses"));
    }

    /** The giver's own certificate only makes the release whole; whether that key is the giver's, the gateway knows. */
    static Optional<Bad> handOver(HandOver line) {
        HandOverRelease release;
        try {
            var document = line.document();
            release = HandOverRelease.read(document);
            if (!document.verifiedBy(document.leaf().getPublicKey())) {
                return Optional.of(new Bad(LineRefusal.BAD_RELEASE, "/release"));
            }
        } catch (MalformedException notARelease) {
            return Optional.of(new Bad(LineRefusal.BAD_RELEASE, "/release"));
        }
        RegistrationRecord record = line.record();
        return first(
                unless(record.event() == Event.AMEND, LineRefusal.BAD_RELEASE, "/record/event"),
                unless(record.vpsRef().equals(release.vpsRef()), LineRefusal.BAD_RELEASE, "/record/vpsRef"),
                unless(record.validFrom().equals(release.at()), LineRefusal.BAD_RELEASE, "/record/validFrom"));
    }

    @SafeVarargs
    private static Optional<Bad> first(Optional<Bad>... all) {
        return List.of(all).stream().flatMap(Optional::stream).findFirst();
    }

    private static Optional<Bad> unless(boolean good, LineRefusal refusal, String pointer) {
        return good ? Optional.empty() : Optional.of(new Bad(refusal, pointer));
    }
}
