// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.Secrecy;

/** The least means first, article 125p Sv: what the officers may do to make the named data inaccessible. Pure. */
final class TakeDownDecisions {

    private TakeDownDecisions() {}

    /**
     * Why this means may not be used now; empty where it may.
     *
     * @param noticed whether the reseller was given notice before
     */
    static Optional<String> refused(Means means, Secrecy secrecy, boolean noticed) {
        return switch (means) {
            case NOTICE_TO_RESELLER ->
                mayBeTold(secrecy) ? Optional.empty() : Optional.of("the order is secret: a notice would tip off");
            case BLOCK_ADDRESS ->
                noticed || !mayBeTold(secrecy)
                        ? Optional.empty()
                        : Optional.of("the least means comes first: notice to the reseller");
            // No order has words for it yet, and nobody isolates a machine without them.
            case ISOLATE_GUEST -> Optional.of("the order does not say so");
        };
    }

    private static boolean mayBeTold(Secrecy secrecy) {
        return secrecy.mode().equals("OPEN") || secrecy.resellerMayKnow();
    }
}
