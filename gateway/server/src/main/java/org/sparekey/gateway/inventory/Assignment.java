// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * What the hoster rents to a reseller.
 *
 * @param value the prefix, the server's name as registrations call their node, or {@code switch/port}
 * @param from the first instant
 * @param to the first instant after it; absent while it lasts
 */
public record Assignment(
        Kind kind, String value, PartyId reseller, Instant from, Optional<Instant> to, Instant recordedAt) {

    public enum Kind {
        PREFIX,
        SERVER,
        PORT
    }

    public boolean holdsAt(Instant instant) {
        return !instant.isBefore(from) && to.map(instant::isBefore).orElse(true);
    }

    /** Whether it holds at every instant from the first to the last, both included. */
    public boolean covers(Instant first, Instant last) {
        return holdsAt(first) && holdsAt(last);
    }

    /** @throws IllegalStateException when this is no prefix */
    public IpPrefix prefix() {
        if (kind != Kind.PREFIX) {
            throw new IllegalStateException("a " + kind + " is no prefix");
        }
        return IpPrefix.parse(value);
    }

    boolean meets(Assignment other) {
        return to.map(end -> other.from.isBefore(end)).orElse(true)
                && other.to.map(end -> from.isBefore(end)).orElse(true);
    }
}
