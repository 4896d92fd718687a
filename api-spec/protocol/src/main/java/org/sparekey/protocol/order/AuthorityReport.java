// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an authority ever sent and was given, from the log.
 *
 * @param suspendedAt while it gets nothing
 * @param orders newest first, a page of them
 * @param next the order behind which the next page begins; absent on the last one
 */
public record AuthorityReport(
        String authority, Optional<Instant> suspendedAt, List<Reported> orders, Optional<String> next) {

    public AuthorityReport {
        orders = List.copyOf(orders);
    }

    /** @param acts what the authority's people did in the case, and what they were given, in its order */
    public record Reported(OrderStatus order, List<Act> acts) {

        public Reported {
            acts = List.copyOf(acts);
        }
    }

    /**
     * One entry of the case log.
     *
     * @param role whose act it was
     * @param clear what the log says in the clear
     */
    public record Act(String type, String role, Instant at, Map<String, String> clear) {

        public Act {
            clear = Map.copyOf(clear);
        }
    }
}
