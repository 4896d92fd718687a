// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import java.util.function.BiFunction;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens orders for change: row lock first, then whatever is done, in one transaction (the caller's where there is one). */
final class OrderCases {

    private final OrderTable orders;
    private final HoldTable holds;
    private final ClockTable clocks;
    private final AuditLog log;
    private final TransactionTemplate transaction;
    private final Failpoint failpoint;

    OrderCases(
            OrderTable orders,
            HoldTable holds,
            ClockTable clocks,
            AuditLog log,
            TransactionTemplate transaction,
            Failpoint failpoint) {
        this.orders = orders;
        this.holds = holds;
        this.clocks = clocks;
        this.log = log;
        this.transaction = transaction;
        this.failpoint = failpoint;
    }

    /** @return empty when there is no such order */
    <T> Optional<T> change(OrderId id, BiFunction<OrderRow, OrderCase, T> work) {
        Optional<T> done = transaction.execute(_ -> orders.lock(id).map(row -> work.apply(row, open(row))));
        failpoint.reached("orders.changed");
        return done;
    }

    /** A place outside this class where a crash leaves something behind. */
    void reached(String place) {
        failpoint.reached(place);
    }

    /** Inside the caller's transaction, for a row he has locked. */
    OrderCase open(OrderRow row) {
        if (row.standing().frozen()) {
            throw new ProblemException(
                    Problem.CONFLICT, "the order was restored behind its log and waits for two officers");
        }
        return open(row.id(), row.filed(), row.state(), row.chain());
    }

    /** Inside the transaction that files the order. */
    OrderCase open(OrderId id, OrderRow.Filed filed, OrderState state, OrderRow.Chain chain) {
        return new OrderCase(orders, holds, clocks, log, id, filed, state, chain, failpoint);
    }
}
