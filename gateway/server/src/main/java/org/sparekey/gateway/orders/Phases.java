// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.protocol.order.OrderKind;

/** What is due for an order that is leased, by its kind and state. */
final class Phases {

    private Phases() {}

    /** Whether there is anything to do for the room that copies. */
    static boolean work(OrderRow row) {
        boolean copies =
                row.filed().kind() == OrderKind.SNAPSHOT_COPY || row.filed().kind() == OrderKind.PRESERVATION;
        boolean captured = row.state() instanceof OrderState.Approved || row.state() instanceof OrderState.Executing;
        return copies && captured || row.filed().kind() == OrderKind.SNAPSHOT_COPY && let(row);
    }

    private static boolean let(OrderRow row) {
        boolean sealed = row.state() instanceof OrderState.Secured || row.state() instanceof OrderState.Released;
        return sealed && row.standing().releasable();
    }

    static ApprovedOrder.Phase of(OrderRow row) {
        OrderState state = row.state();
        if (state instanceof OrderState.Restoring) {
            return ApprovedOrder.Phase.RESTORE;
        }
        if (state instanceof OrderState.Approved && row.filed().kind() == OrderKind.TAKE_DOWN) {
            return ApprovedOrder.Phase.ISOLATE;
        }
        if (state instanceof OrderState.Executing) {
            return ApprovedOrder.Phase.RECONCILE;
        }
        if (state instanceof OrderState.Secured) {
            return ApprovedOrder.Phase.RELEASE;
        }
        return state instanceof OrderState.Released ? ApprovedOrder.Phase.PUBLISH : ApprovedOrder.Phase.CAPTURE;
    }
}
