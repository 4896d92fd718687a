// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** The chapter of a {@link Story} in which the gateway's own hand takes a guest off the net and puts it back. */
final class HandStory {

    private static final int STEPS = 12;
    private static final byte[] SOMETHING = {1};

    private final OrdersFixture fixture;

    HandStory(OrdersFixture fixture) {
        this.fixture = fixture;
    }

    /** Nobody may be told, so that a block that did not help is the one lesser means. */
    Letter isolate(String where, Instant seen) {
        OrderDocument content = fixture.desk.content(where, seen);
        Scope scope = content.scope();
        return fixture.desk.validated(new Altered(content)
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .secrecy(new Secrecy("SECRET", Optional.empty(), false))
                .scope(new Scope(
                        scope.categories(),
                        scope.from(),
                        scope.to(),
                        scope.exclusions(),
                        false,
                        Optional.of(Measure.ISOLATE_GUEST)))
                .document());
    }

    /** What the evidence room's hand does; that it announces an undoing once is that room's to remember. */
    void until(Orders orders, OrderId id, String until) {
        for (int i = 0; i < STEPS && !fixture.entries(id).contains("order." + until); i++) {
            fixture.pass(Executions.LEASE.plusSeconds(1));
            ApprovedOrder order = orders.claimByHand(id).orElseThrow();
            switch (order.phase()) {
                case ISOLATE -> {
                    orders.started(order, SOMETHING);
                    orders.isolated(order, SOMETHING);
                }
                case RECONCILE -> orders.attemptLost(order, SOMETHING);
                case RESTORE -> undo(orders, order);
                case CAPTURE, TAKE_OVER, RELEASE, PUBLISH -> throw new AssertionError(order);
            }
        }
    }

    private void undo(Orders orders, ApprovedOrder order) {
        if (!fixture.entries(order.id()).contains(OrderStatement.UNDOING.type())) {
            orders.undoing(order);
        }
        orders.restored(order, SOMETHING);
    }

    void stop(Orders orders, OrderId id) {
        orders.claimByHand(id).ifPresent(order -> orders.handStopped(order, "ISOLATE", "NETWORK_ABSENT"));
    }
}
