// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Secrecy;

/** The least means first, article 125p Sv: what the officers may do to make the named data inaccessible. Pure. */
final class TakeDownDecisions {

    private TakeDownDecisions() {}

    /**
     * What was tried before.
     *
     * @param noticed the reseller was given notice
     * @param blocked the address was blocked, and the data could still be reached
     */
    record Tried(boolean noticed, boolean blocked) {}

    /** Why this means may not be used now; empty where it may. Nothing is wider than the order says. */
    static Optional<String> refused(Means means, OrderDocument order, Tried tried) {
        boolean told = mayBeTold(order.secrecy());
        return switch (means) {
            case NOTICE_TO_RESELLER ->
                told ? Optional.empty() : Optional.of("the order is secret: a notice would tip off");
            case BLOCK_ADDRESS ->
                tried.noticed() || !told
                        ? Optional.empty()
                        : Optional.of("the least means comes first: notice to the reseller");
            case ISOLATE_GUEST -> isolation(order, tried);
        };
    }

    /**
     * Whether the gateway's own hand is to take the guest off the net: what the officers approved says so, and their lesser
     * means did not help.
     */
    static boolean handDue(OrderDocument order, Tried tried) {
        return refused(Means.ISOLATE_GUEST, order, tried).isEmpty();
    }

    /** Nobody takes a machine off the net unless the order says so, and then last. */
    private static Optional<String> isolation(OrderDocument order, Tried tried) {
        if (!order.scope().says(Measure.ISOLATE_GUEST)) {
            return Optional.of("the order does not say so");
        }
        return tried.blocked()
                ? Optional.empty()
                : Optional.of("the lesser means comes first: a block that was tried and did not help");
    }

    private static boolean mayBeTold(Secrecy secrecy) {
        return secrecy.mode().equals("OPEN") || secrecy.resellerMayKnow();
    }
}
