// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.term.Terms.Term;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which order a held withdrawal will take back: one on paper once somebody was called, and any other once its order, frozen
 * now, is thawed. As long as it is held the order rests: nothing is looked up, approved, captured or let go for it. Officers
 * can stop a disclosure by typing one, for two days at most, and start none.
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

    /** What a withdrawal that stands needs: that its order can be changed. */
    static final String NEEDED = "earlier-order";

    private final OrderTable orders;
    private final ClockTable clocks;
    private final JdbcClient jdbc;

    TakingBack(OrderTable orders, ClockTable clocks, JdbcClient jdbc) {
        this.orders = orders;
        this.clocks = clocks;
        this.jdbc = jdbc;
    }

    /**
     * Whoever withdraws a frozen order is heard now and obeyed at the thaw; what else is ordered about it is said again later.
     * Inside the filing transaction, and holding the earlier order to its end.
     */
    Draft asItIsNow(Draft judged) {
        return switch (judged.entrance()) {
            case Entrance.TakesBack(OrderId earlier) ->
                before(earlier) ? judged.refused(Refusal.WITHDRAWN_ON_PAPER_BEFORE) : judged;
            case Entrance.Applies(OrderId earlier, OrderEvent event) -> {
                boolean frozen = orders.lock(earlier).orElseThrow().standing().frozen();
                Draft later = event instanceof OrderEvent.Withdraw
                        ? judged.entering(new Entrance.Stands(earlier))
                        : judged.refused(Refusal.EARLIER_NOT_TO_BE_CHANGED_NOW);
                yield frozen ? later : judged;
            }
            case Entrance.Received _, Entrance.Refused _, Entrance.VerifiedAndHeld _, Entrance.Stands _ -> judged;
        };
    }

    /**
     * Whether one came on paper before. An order rests for two days on an officer's typing and no longer: nobody types again what
     * nobody confirmed. Inside the transaction that files the next, and holding the earlier order: of two at once one is the first.
     */
    private boolean before(OrderId earlier) {
        orders.lock(earlier);
        return jdbc.sql("SELECT EXISTS (SELECT FROM orders_taking_back WHERE order_id = :earlier AND paper)")
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

    /** Signed; inside the transaction that files it, which holds the earlier order. */
    void stands(OrderId withdrawal, OrderId earlier, Actor by) {
        jdbc.sql("""
                INSERT INTO orders_taking_back (withdrawal, order_id, paper, role, key_id)
                VALUES (:withdrawal, :earlier, false, :role, :key)
                """)
                .param("withdrawal", withdrawal.code())
                .param("earlier", earlier.code())
                .param("role", by.role())
                .param("key", by.keyId().map(Digest::array).orElse(null))
                .update();
    }

    /** On paper, and called back: no clock of its own ends it any more. */
    void stands(OrderId withdrawal, Actor by) {
        clocks.end(withdrawal, OrderClock.CALL_BACK);
        jdbc.sql("UPDATE orders_taking_back SET role = :role, key_id = :key WHERE withdrawal = :withdrawal")
                .param("withdrawal", withdrawal.code())
                .param("role", by.role())
                .param("key", by.keyId().map(Digest::array).orElse(null))
                .update();
    }

    /** Withdrawals that stand and whose order can be changed. Oldest first. */
    List<OrderId> standing(Optional<OrderId> behind, int atMost) {
        return jdbc.sql("""
            SELECT w.order_id FROM orders_taking_back t
            JOIN orders_order w ON w.order_id = t.withdrawal
            JOIN orders_order o ON o.order_id = t.order_id
            WHERE t.role IS NOT NULL AND w.state = 'held' AND NOT w.frozen AND NOT o.frozen
              AND (:behind::text IS NULL OR (w.received_at, w.order_id) >
                (SELECT b.received_at, b.order_id FROM orders_order b WHERE b.order_id = :behind))
            ORDER BY w.received_at, w.order_id LIMIT :most
            """)
                .param("behind", behind.map(OrderId::code).orElse(null))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** By whose act one that stands is applied. */
    Actor saidBy(OrderId withdrawal) {
        return jdbc.sql("SELECT role, key_id FROM orders_taking_back WHERE withdrawal = :withdrawal")
                .param("withdrawal", withdrawal.code())
                .query((row, number) -> new Actor(
                        row.getString("role"),
                        Optional.ofNullable(row.getBytes("key_id")).map(Digest::of)))
                .single();
    }

    OrderId earlier(OrderId withdrawal) {
        return jdbc.sql("SELECT order_id FROM orders_taking_back WHERE withdrawal = :withdrawal")
                .param("withdrawal", withdrawal.code())
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .single();
    }
}
