// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.InstantSource;
import java.util.Map;
import org.sparekey.gateway.auditlog.Actor;

/**
 * Takes orders back by withdrawals that are on file as held: at once, or as soon as a frozen order is thawed. Until then the
 * order rests ({@link TakingBack}), so that nothing of it goes on between the thaw and this. Both cases change in one
 * transaction: a crash leaves the withdrawal standing, and the next round applies it.
 */
final class StandingWithdrawals {

    private final OrderTable orders;
    private final OrderCases cases;
    private final TakingBack takingBack;
    private final Aftermath aftermath;
    private final InstantSource clock;
    private final Turns turns;

    StandingWithdrawals(
            OrderTable orders, OrderCases cases, TakingBack takingBack, Aftermath aftermath, InstantSource clock) {
        this.orders = orders;
        this.cases = cases;
        this.takingBack = takingBack;
        this.aftermath = aftermath;
        this.clock = clock;
        this.turns = new Turns(takingBack::standing);
    }

    void step(int atMost) {
        for (OrderId id : turns.next(atMost)) {
            Attempts.done("taking back by " + id, () -> apply(id));
        }
    }

    private void apply(OrderId id) {
        cases.change(id, (row, work) -> {
            // Another replica may have done it, or its issuer taken it back.
            if (!row.state().terminal()) {
                Actor actor = takingBack.saidBy(id);
                takeBack(row, work, actor);
                expire(row, work);
            }
            return id;
        });
    }

    /** Where the earlier order has ended by itself nothing is taken back; one that is frozen is taken back later. */
    void takeBack(OrderRow withdrawal, OrderCase work, Actor actor) {
        OrderRow earlier = orders.lock(takingBack.earlier(withdrawal.id())).orElseThrow();
        OrderEvent withdraw = new OrderEvent.Withdraw();
        if (earlier.standing().frozen()) {
            takingBack.stands(withdrawal.id(), actor);
        } else if (OrderTransitions.decide(earlier.state(), withdraw) instanceof Decision.Move
                && work.take(new OrderEvent.Apply(), actor, Map.of()) instanceof Transition.Done) {
            byte[] document = Intake.ascii(withdrawal.filed().orderJws());
            aftermath.apply(earlier.id(), withdraw, actor, document, clock.instant());
        }
    }

    /** Nothing is left that it could take back: it waits no longer. */
    private void expire(OrderRow withdrawal, OrderCase work) {
        OrderRow earlier = orders.find(takingBack.earlier(withdrawal.id())).orElseThrow();
        if (!work.state().terminal() && !earlier.standing().frozen()) {
            work.take(new OrderEvent.Expire(), Actor.GATEWAY, Map.of());
        }
    }
}
