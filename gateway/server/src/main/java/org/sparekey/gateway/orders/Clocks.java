// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.term.Terms.Term;

/**
 * Says what is due and brings about what a term's end brings about, each order in a transaction of its own. A crash leaves
 * the clock as it was, and the next round says it.
 */
final class Clocks {

    private final ClockTable clocks;
    private final OrderTable orders;
    private final OrderCases cases;
    private final InstantSource clock;

    Clocks(ClockTable clocks, OrderTable orders, OrderCases cases, InstantSource clock) {
        this.clocks = clocks;
        this.orders = orders;
        this.cases = cases;
        this.clock = clock;
    }

    /** One round. */
    void step(int atMost) {
        Instant now = clock.instant();
        for (OrderId id : clocks.due(now, atMost)) {
            // What cannot be struck now lets the others of the next round go first.
            if (!Attempts.done("the clock of " + id, () -> strike(id, now))) {
                Attempts.done("putting off " + id, () -> clocks.putOff(id, now, now.plus(OrderClock.LOOK_AGAIN)));
            }
        }
        for (OrderId id : orders.waitedFor(now, atMost)) {
            Attempts.done("the end of " + id, () -> endHold(id));
        }
    }

    private void strike(OrderId id, Instant now) {
        cases.change(id, (_, work) -> {
            for (ClockTable.Running running : clocks.due(id, now)) {
                // Of two that strike at once the first may end it, and with it all but secrecy.
                if (!work.state().terminal() || running.clock() == OrderClock.SECRECY) {
                    strike(running, work, now);
                }
            }
            return work.state();
        });
    }

    private void endHold(OrderId id) {
        cases.change(id, (_, work) -> work.take(new OrderEvent.EndHold(), Actor.GATEWAY, Map.of()));
    }

    private void strike(ClockTable.Running running, OrderCase work, Instant now) {
        Optional<Integer> percent = OrderClock.reached(running.term(), running.told(), now);
        boolean secrecy = running.clock() == OrderClock.SECRECY;
        percent.filter(reached -> !secrecy).ifPresent(reached -> {
            work.note(OrderStatement.REMINDER, Actor.GATEWAY, facts(running, reached));
            clocks.told(running, reached);
        });
        boolean over = !now.isBefore(running.term().legalLatest());
        if (over && running.clock().waits(work.state())) {
            clocks.lookAgain(running, now.plus(OrderClock.LOOK_AGAIN));
        } else if (over) {
            end(running, work, now);
        } else if (secrecy) {
            clocks.lookAgain(running, running.term().legalLatest());
        }
    }

    private static Map<String, String> facts(ClockTable.Running running, int percent) {
        return Map.of(
                "clock", running.clock().name(),
                "percent", Integer.toString(percent),
                "due", running.term().legalLatest().toString());
    }

    private void end(ClockTable.Running running, OrderCase work, Instant now) {
        clocks.end(running.order(), running.clock());
        if (running.clock() == OrderClock.SECRECY) {
            work.note(OrderStatement.MAY_INFORM, Actor.GATEWAY, Map.of());
        }
        running.clock().ends(work.kind(), work.state()).ifPresent(event -> work.take(event, Actor.GATEWAY, Map.of()));
        if (work.state() instanceof OrderState.ConfirmationOverdue) {
            work.take(new OrderEvent.Quarantine(), Actor.GATEWAY, Map.of());
            Instant until = now.plus(OrderClock.QUARANTINED);
            clocks.start(running.order(), OrderClock.QUARANTINE, new Term(now, until, until));
        }
    }

    /** Nothing runs against whoever waits for an answer, but the answer's own term. */
    void stopFor(OrderId id, List<Term> answer) {
        clocks.stop(id, clock.instant());
        answer.forEach(term -> clocks.start(id, OrderClock.CLARIFICATION, term));
    }
}
