// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.term.Terms;
import org.sparekey.protocol.term.Terms.Term;

/** What an earlier order's change brings along: its hold lasts longer, its clock goes on. One transaction with the change. */
final class Aftermath {

    private final OrderCases cases;
    private final OrderTable orders;
    private final HoldTable holds;
    private final Holding holding;
    private final ClockTable clocks;

    Aftermath(OrderCases cases, OrderTable orders, HoldTable holds, Holding holding, ClockTable clocks) {
        this.cases = cases;
        this.orders = orders;
        this.holds = holds;
        this.holding = holding;
        this.clocks = clocks;
    }

    /** @param document the compact JWS of the order that says so */
    void apply(OrderId earlier, OrderEvent event, Actor actor, byte[] document, Instant now) {
        Transition taken = cases.change(earlier, (row, work) -> {
                    Transition done = work.take(event, actor, Map.of(), Optional.of(document));
                    if (done instanceof Transition.Done) {
                        follow(row, event, now);
                    }
                    return done;
                })
                .orElseThrow();
        if (!(taken instanceof Transition.Done)) {
            throw new ProblemException(Problem.CONFLICT, "the earlier order changed at the same moment; try again");
        }
    }

    private void follow(OrderRow row, OrderEvent event, Instant now) {
        if (event instanceof OrderEvent.Extend) {
            extend(row);
        } else if (event instanceof OrderEvent.Confirm) {
            clocks.end(row.id(), OrderClock.CONFIRMATION);
        } else if (event instanceof OrderEvent.Clarify) {
            resume(row, now);
        }
    }

    /** Once, by the days of its row, from where it would have ended. */
    private void extend(OrderRow row) {
        int days = Matrix.packaged(row.filed().matrixVersion())
                .flatMap(matrix -> matrix.row(row.filed().matrixRow().orElseThrow()))
                .flatMap(MatrixRow::extendDays)
                .orElseThrow();
        Instant ended = row.standing().holdUntil().orElseThrow();
        Instant until = Terms.heldFor(ended, days);
        holds.until(row.id(), until);
        orders.held(row.id(), Optional.of(until));
        clocks.start(row.id(), OrderClock.HOLD, new Term(ended, until, until));
    }

    /** The clock stood still while the answer was awaited: everything ends later by so much. */
    private void resume(OrderRow row, Instant now) {
        clocks.end(row.id(), OrderClock.CLARIFICATION);
        Duration pause = clocks.resume(row.id(), now);
        orders.deadline(row.id(), pause);
        holding.later(row, pause);
    }
}
