// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.term.Terms.Term;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Terms that run. Every change happens under the order's lock and in its transaction. */
final class ClockTable {

    private final JdbcClient jdbc;

    ClockTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param told the last percentage that was said */
    record Running(OrderId order, OrderClock clock, Term term, int told) {}

    /** Starts it anew where it ran before. */
    void start(OrderId order, OrderClock clock, Term term) {
        jdbc.sql("""
                INSERT INTO orders_clock (order_id, clock, started_at, target_at, due_at, told, next_at)
                VALUES (:order, :clock, :started, :target, :due, 0, :next)
                ON CONFLICT (order_id, clock) DO UPDATE SET
                    started_at = :started, target_at = :target, due_at = :due, told = 0, next_at = :next,
                    stopped_at = NULL
                """)
                .param("order", order.code())
                .param("clock", clock.name())
                .param("started", Timestamp.from(term.start()))
                .param("target", Timestamp.from(term.target()))
                .param("due", Timestamp.from(term.legalLatest()))
                .param("next", Timestamp.from(OrderClock.next(term, 0)))
                .update();
    }

    /** Orders for which something is to be said or done now, the longest overdue first. */
    List<OrderId> due(Instant now, int atMost) {
        return jdbc
                .sql("""
                SELECT c.order_id FROM orders_clock c JOIN orders_order o ON o.order_id = c.order_id
                WHERE NOT o.frozen AND c.next_at <= :now
                ORDER BY c.next_at LIMIT :most
                """)
                .param("now", Timestamp.from(now))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /** The order's clocks that have something to say or do now. */
    List<Running> due(OrderId order, Instant now) {
        return jdbc.sql("""
                SELECT order_id, clock, started_at, target_at, due_at, told FROM orders_clock
                WHERE order_id = :order AND next_at <= :now ORDER BY due_at, clock
                """)
                .param("order", order.code())
                .param("now", Timestamp.from(now))
                .query(ClockTable::running)
                .list();
    }

    Optional<Running> find(OrderId order, OrderClock clock) {
        return jdbc.sql("""
                SELECT order_id, clock, started_at, target_at, due_at, told FROM orders_clock
                WHERE order_id = :order AND clock = :clock
                """)
                .param("order", order.code())
                .param("clock", clock.name())
                .query(ClockTable::running)
                .optional();
    }

    void told(Running running, int percent) {
        jdbc.sql("UPDATE orders_clock SET told = :told, next_at = :next WHERE order_id = :order AND clock = :clock")
                .param("told", percent)
                .param("next", Timestamp.from(OrderClock.next(running.term(), percent)))
                .param("order", running.order().code())
                .param("clock", running.clock().name())
                .update();
    }

    void lookAgain(Running running, Instant at) {
        jdbc.sql("UPDATE orders_clock SET next_at = :at WHERE order_id = :order AND clock = :clock")
                .param("at", Timestamp.from(at))
                .param("order", running.order().code())
                .param("clock", running.clock().name())
                .update();
    }

    /** All that is due for this order. */
    void putOff(OrderId order, Instant now, Instant at) {
        jdbc.sql("UPDATE orders_clock SET next_at = :at WHERE order_id = :order AND next_at <= :now")
                .param("at", Timestamp.from(at))
                .param("order", order.code())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Everything that runs stands still, but secrecy and the two days in which its issuer is to be called. */
    void stop(OrderId order, Instant now) {
        jdbc.sql("""
                UPDATE orders_clock SET stopped_at = :now, next_at = NULL
                WHERE order_id = :order AND stopped_at IS NULL AND clock NOT IN ('SECRECY', 'CALL_BACK')
                """)
                .param("now", Timestamp.from(now))
                .param("order", order.code())
                .update();
    }

    /** What stood still goes on, later by as long as it stood. Answers by how long; zero where nothing stood. */
    Duration resume(OrderId order, Instant now) {
        Duration longest = Duration.ZERO;
        for (Stopped stopped : stopped(order)) {
            Duration pause = Duration.between(stopped.at(), now);
            Running running = stopped.running();
            Term term = new Term(
                    running.term().start().plus(pause),
                    running.term().target().plus(pause),
                    running.term().legalLatest().plus(pause));
            start(order, running.clock(), term);
            told(new Running(order, running.clock(), term, running.told()), running.told());
            longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
        return longest;
    }

    void end(OrderId order, OrderClock clock) {
        jdbc.sql("DELETE FROM orders_clock WHERE order_id = :order AND clock = :clock")
                .param("order", order.code())
                .param("clock", clock.name())
                .update();
    }

    /** All but secrecy's, which outlives the order. */
    void end(OrderId order) {
        jdbc.sql("DELETE FROM orders_clock WHERE order_id = :order AND clock <> 'SECRECY'")
                .param("order", order.code())
                .update();
    }

    private record Stopped(Running running, Instant at) {}

    private List<Stopped> stopped(OrderId order) {
        return jdbc.sql("""
                SELECT order_id, clock, started_at, target_at, due_at, told, stopped_at FROM orders_clock
                WHERE order_id = :order AND stopped_at IS NOT NULL
                """)
                .param("order", order.code())
                .query((row, number) -> new Stopped(
                        running(row, number), row.getTimestamp("stopped_at").toInstant()))
                .list();
    }

    private static Running running(ResultSet row, int number) throws SQLException {
        return new Running(
                new OrderId(row.getString("order_id")),
                OrderClock.valueOf(row.getString("clock")),
                new Term(
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("target_at").toInstant(),
                        row.getTimestamp("due_at").toInstant()),
                row.getInt("told"));
    }
}
