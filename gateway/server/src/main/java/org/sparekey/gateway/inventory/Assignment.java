// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * What the hoster rents to a reseller, or what one reseller passes on to another.
 *
 * @param value the prefix, the server's name as registrations call their node, or {@code switch/port}
 * @param from the first instant
 * @param to the first instant after it; absent while it lasts
 * @param via the reseller who passes it on; absent where the hoster rents it out himself
 */
public record Assignment(
        Kind kind,
        String value,
        PartyId reseller,
        Instant from,
        Optional<Instant> to,
        Instant recordedAt,
        Optional<PartyId> via) {

    /** Rented out by the hoster himself. */
    public Assignment(
            Kind kind, String value, PartyId reseller, Instant from, Optional<Instant> to, Instant recordedAt) {
        this(kind, value, reseller, from, to, recordedAt, Optional.empty());
    }

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

    /** Whether the other is the same thing or a part of it. */
    boolean contains(Assignment other) {
        return kind == other.kind
                && (kind == Kind.PREFIX ? prefix().contains(other.prefix()) : value.equals(other.value));
    }

    /** Whether it lasts at least as long as the other. */
    boolean outlasts(Assignment other) {
        return !from.isAfter(other.from)
                && to.map(end -> other.to.map(its -> !its.isAfter(end)).orElse(false))
                        .orElse(true);
    }

    /** The same for another time. */
    Assignment during(Instant first, Optional<Instant> end) {
        return new Assignment(kind, value, reseller, first, end, recordedAt, via);
    }

    boolean meets(Assignment other) {
        return to.map(end -> other.from.isBefore(end)).orElse(true)
                && other.to.map(end -> from.isBefore(end)).orElse(true);
    }
}
