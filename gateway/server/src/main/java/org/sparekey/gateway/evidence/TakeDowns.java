// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.Optional;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;

/** The gateway's own hand on take-downs. It claims nothing where the hoster has not configured it: officers do it, and report. */
final class TakeDowns {

    private final Orders orders;
    private final IsolateStep isolations;
    private final RestoreStep restorations;
    private final StrayStep strays;
    private final boolean configured;

    TakeDowns(Orders orders, IsolateStep isolations, RestoreStep restorations, StrayStep strays, boolean configured) {
        this.orders = orders;
        this.isolations = isolations;
        this.restorations = restorations;
        this.strays = strays;
        this.configured = configured;
    }

    boolean step() {
        return configured && (strays.giveBack() || advance(orders.claimByHand()));
    }

    boolean step(OrderId id) {
        return configured && (strays.giveBack() || advance(orders.claimByHand(id)));
    }

    private boolean advance(Optional<ApprovedOrder> claimed) {
        return claimed.map(this::advance).orElse(false);
    }

    private boolean advance(ApprovedOrder order) {
        return switch (order.phase()) {
            case ISOLATE -> isolations.begin(order);
            case RECONCILE -> isolations.reconcile(order);
            case RESTORE -> restorations.restore(order);
            case CAPTURE, TAKE_OVER, RELEASE, PUBLISH ->
                throw new IllegalStateException(order + " is no work for this hand");
        };
    }
}
