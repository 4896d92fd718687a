// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderKind;

/** Leases take-downs that the gateway's own hand carries out or undoes, and takes down what became of them. */
final class ByHand {

    private final OrderTable orders;
    private final HandTable hands;
    private final Executions executions;
    private final Reverification reverification;
    private final InstantSource clock;

    ByHand(
            OrderTable orders,
            HandTable hands,
            Executions executions,
            Reverification reverification,
            InstantSource clock) {
        this.orders = orders;
        this.hands = hands;
        this.executions = executions;
        this.reverification = reverification;
        this.clock = clock;
    }

    Optional<ApprovedOrder> claim() {
        return executions.lease(() -> hands.due(clock.instant()));
    }

    Optional<ApprovedOrder> claim(OrderId id) {
        return executions.lease(() -> orders.lock(id).filter(this::due));
    }

    Set<OrderId> ended(Set<OrderId> ids) {
        return hands.ended(ids);
    }

    Recheck recheck(ApprovedOrder order) {
        OrderRow row = orders.find(order.id()).orElseThrow();
        return reverification.recheckIsolation(row, clock.instant());
    }

    /** Not for whoever was suspended while it was done: that is undone. */
    Transition isolated(ApprovedOrder order, byte[] outcome) {
        return executions.served(order, (row, work) -> {
            Map<String, String> facts =
                    Map.of("attempt", Integer.toString(row.standing().attempt()));
            OrderEvent done = new OrderEvent.Isolate(OfficerRecord.Means.ISOLATE_GUEST.name());
            Transition taken = work.take(done, Actor.GATEWAY, facts, Optional.of(outcome));
            orders.endLease(row.id());
            return taken;
        });
    }

    /** Its state stays, and the officers' hand does what the gateway's cannot. */
    Transition handStopped(ApprovedOrder order, String act, String ground) {
        return executions.under(order, (row, work) -> {
            Digest entry = work.note(OrderStatement.HAND_STOPPED, Actor.GATEWAY, Map.of("act", act, "ground", ground))
                    .leafHash();
            hands.due(row.id(), false);
            orders.endLease(row.id());
            return new Transition.Done(row.state(), entry);
        });
    }

    /** The intent; only once, however often the act is repeated. */
    Transition undoing(ApprovedOrder order) {
        return executions.served(order, (row, work) -> {
            Digest entry = work.note(
                            OrderStatement.UNDOING,
                            Actor.GATEWAY,
                            Map.of("attempt", Integer.toString(row.standing().attempt())))
                    .leafHash();
            return new Transition.Done(row.state(), entry);
        });
    }

    Transition restored(ApprovedOrder order, byte[] outcome) {
        return executions.under(order, (row, work) -> {
            Transition taken = work.take(new OrderEvent.RestoreDone(), Actor.GATEWAY, Map.of(), Optional.of(outcome));
            hands.due(row.id(), false);
            orders.endLease(row.id());
            return taken;
        });
    }

    private boolean due(OrderRow row) {
        boolean undo = row.state() instanceof OrderState.Restoring(String means)
                && means.equals(OfficerRecord.Means.ISOLATE_GUEST.name());
        boolean act = row.state() instanceof OrderState.Approved || row.state() instanceof OrderState.Executing;
        return executions.free(row)
                && row.standing().handDue()
                && row.filed().kind() == OrderKind.TAKE_DOWN
                && (act || undo);
    }
}
