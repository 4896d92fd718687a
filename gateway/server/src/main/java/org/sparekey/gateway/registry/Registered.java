// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.RegistrationRecord;

/** An accepted line: since when it is so stands in the record, since when we know it beside it. */
record Registered(RegistrationRecord record, PartyId reseller, Instant recordedAt) {

    String vpsRef() {
        return record.vpsRef();
    }

    Instant validFrom() {
        return record.validFrom();
    }

    boolean ended() {
        return record.event() == Event.END;
    }
}
