// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import org.sparekey.protocol.term.Terms.Term;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which order a withdrawal on paper will take back once somebody was called. As long as that one is held the order rests:
 * nothing is looked up, approved, captured or let go for it. Officers can stop a disclosure by it, for two days at most, and
 * start none.
 */
final class TakingBack {

    /**
     * Of a query that names an order's row {@code orders_order}: neither a withdrawal that was not called about yet nor a
     * suspension's or resumption's note that its log has not got yet.
     */
    static final String NONE_WAITS = """
        NOT EXISTS (SELECT FROM orders_taking_back t JOIN orders_order w ON w.order_id = t.withdrawal
            WHERE t.order_id = orders_order.order_id AND w.state IN ('held', 'clarification'))
        AND NOT EXISTS (SELECT FROM orders_suspension_note n WHERE n.order_id = orders_order.order_id)
        """;

    private final OrderTable orders;
    private final ClockTable clocks;
    private final JdbcClient jdbc;

    TakingBack(OrderTable orders, ClockTable clocks, JdbcClient jdbc) {
        this.orders = orders;
        this.clocks = clocks;
        this.jdbc = jdbc;
    }

    /**
     * Whether one came on paper before. An order rests for two days on an officer's typing and no longer: nobody types again what
     * nobody confirmed. Inside the transaction that files the next, and holding the earlier order: of two at once one is the first.
     */
    boolean before(OrderId earlier) {
        orders.lock(earlier);
        return jdbc.sql("SELECT EXISTS (SELECT FROM orders_taking_back WHERE order_id = :earlier)")
                .param("earlier", earlier.code())
                .query(Boolean.class)
                .single();
    }

    /** Inside the transaction that files the withdrawal. */
    void waits(OrderId withdrawal, OrderId earlier, Instant received) {
        // Whoever changes the earlier order now is done first, and whoever comes behind sees that it rests.
        orders.lock(earlier);
        Instant calledBy = received.plus(OrderDecisions.UNCALLED_HOLD);
        clocks.start(withdrawal, OrderClock.CALL_BACK, new Term(received, calledBy, calledBy));
        jdbc.sql("INSERT INTO orders_taking_back (withdrawal, order_id) VALUES (:withdrawal, :earlier)")
                .param("withdrawal", withdrawal.code())
                .param("earlier", earlier.code())
                .update();
    }

    OrderId earlier(OrderId withdrawal) {
        return jdbc.sql("SELECT order_id FROM orders_taking_back WHERE withdrawal = :withdrawal")
                .param("withdrawal", withdrawal.code())
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .single();
    }
}
