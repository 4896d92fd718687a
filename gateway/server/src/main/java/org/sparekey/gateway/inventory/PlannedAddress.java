// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * The hoster's own statement that an address is routed to a guest: an address observation (9-formats).
 *
 * @param to the first instant after it; absent while it lasts
 */
public record PlannedAddress(
        IpPrefix prefix, String cluster, String vmId, Instant from, Optional<Instant> to, Instant recordedAt) {

    /** Whether it holds at every instant from the first to the last, both included. */
    public boolean covers(Instant first, Instant last) {
        return !first.isBefore(from) && to.map(last::isBefore).orElse(true);
    }

    /** Whether it holds at some instant from the first on and before the end. */
    boolean during(Instant first, Optional<Instant> end) {
        return to.map(first::isBefore).orElse(true) && end.map(from::isBefore).orElse(true);
    }

    boolean meets(PlannedAddress other) {
        return to.map(end -> other.from.isBefore(end)).orElse(true)
                && other.to.map(end -> from.isBefore(end)).orElse(true);
    }
}
