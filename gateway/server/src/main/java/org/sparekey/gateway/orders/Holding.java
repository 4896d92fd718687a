// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.term.Terms.Term;

/**
 * How long something is held, and the clock that ends it: two days while a call-back is due, whatever is asked or written
 * meanwhile, and from then on as long as the law and the order's own deadline let it.
 */
final class Holding {

    private final OrderTable orders;
    private final HoldTable holds;
    private final ClockTable clocks;

    Holding(OrderTable orders, HoldTable holds, ClockTable clocks) {
        this.orders = orders;
        this.holds = holds;
        this.clocks = clocks;
    }

    /**
     * No wider than what is ordered: its categories, its target, its time.
     *
     * @param uncalled whether its issuer is to be called back first
     * @return until when
     */
    Instant begin(
            Asked.Compelled asked,
            OrderId id,
            OrderDocument order,
            MatrixRow row,
            OrderRow.Filed filed,
            boolean uncalled) {
        Instant received = filed.receivedAt();
        Instant until = OrderDecisions.holdUntil(row, filed.deadline(), received, uncalled);
        holds.place(asked, id, order.scope().categories(), order.target(), until);
        if (uncalled) {
            Instant calledBy = received.plus(OrderDecisions.UNCALLED_HOLD);
            clocks.start(id, OrderClock.CALL_BACK, new Term(received, calledBy, calledBy));
        } else {
            run(id, asked.kind(), filed, until);
        }
        return until;
    }

    /** Somebody called: from now on as long as the law allows. */
    void called(OrderRow row, Instant longest) {
        if (clocks.find(row.id(), OrderClock.CALL_BACK).isEmpty()) {
            return;
        }
        clocks.end(row.id(), OrderClock.CALL_BACK);
        holds.lengthen(row.id(), longest);
        orders.held(row.id(), Optional.of(longest));
        run(row.id(), row.filed().kind(), row.filed(), longest);
        // While a question waits for its answer the clock stands, and what is held stays held.
        clocks.find(row.id(), OrderClock.CLARIFICATION)
                .map(running ->
                        Duration.between(running.term().start(), running.term().legalLatest()))
                .ifPresent(pause -> outlive(row.id(), longest, pause));
    }

    /** What freezes ends with its days; anything else with its deadline, unless its days are over before. */
    private void run(OrderId id, OrderKind kind, OrderRow.Filed filed, Instant until) {
        if (kind == OrderKind.PRESERVATION || until.isBefore(filed.deadline())) {
            clocks.start(id, OrderClock.HOLD, new Term(filed.receivedAt(), until, until));
        }
    }

    /** What is held stays held while the clock stands; the answer sets its end to what the clock then says. */
    void outlive(OrderId id, Instant until, Duration longestPause) {
        holds.lengthen(id, capped(id, until.plus(longestPause)));
    }

    /** The clock stood still for so long: what is held ends later by so much. */
    void later(OrderRow row, Duration pause) {
        row.standing()
                .holdUntil()
                .map(until -> capped(row.id(), until.plus(pause)))
                .ifPresent(until -> {
                    holds.until(row.id(), until);
                    orders.held(row.id(), Optional.of(until));
                });
    }

    /** Whoever forged the order forges the answer too: neither makes two days longer. */
    private Instant capped(OrderId id, Instant until) {
        return clocks.find(id, OrderClock.CALL_BACK)
                .map(running -> running.term().legalLatest())
                .filter(until::isAfter)
                .orElse(until);
    }
}
