// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The frozen orders, and where each row was when it was found so. */
final class FrozenTable {

    private final JdbcClient jdbc;

    FrozenTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Why an order is frozen. */
    enum Why {
        /** The log goes on behind the row: a backup was restored. */
        BEHIND_LOG,
        /** The row rests on entries that the log does not have at their place. */
        NOT_OF_ITS_LOG,
        /** Its documents no longer prove it. */
        NOT_PROVEN_AGAIN
    }

    /**
     * A frozen order.
     *
     * @param was where the row was
     * @param entry leaf hash of the entry that says so; absent while the log took none
     */
    record Frozen(OrderId id, Why why, Instant at, OrderRow.Chain was, Optional<Digest> entry) {}

    /** The second time it is frozen anew: whatever was entered before, the log has gone on behind it. */
    void freeze(OrderId id, Why why, Instant at, OrderRow.Chain was) {
        jdbc.sql("UPDATE orders_order SET frozen = true, version = version + 1 WHERE order_id = :id")
                .param("id", id.code())
                .update();
        jdbc.sql("""
                INSERT INTO orders_frozen (order_id, why, frozen_at, row_seq, row_leaf)
                VALUES (:id, :why, :at, :seq, :leaf)
                ON CONFLICT (order_id) DO UPDATE SET why = :why, entry = NULL
                """)
                .param("id", id.code())
                .param("why", why.name())
                .param("at", Timestamp.from(at))
                .param("seq", was.caseSeq())
                .param("leaf", was.lastLeaf().array())
                .update();
    }

    void entered(OrderId id, Digest entry) {
        jdbc.sql("UPDATE orders_frozen SET entry = :entry WHERE order_id = :id")
                .param("entry", entry.array())
                .param("id", id.code())
                .update();
    }

    void thaw(OrderId id) {
        jdbc.sql("DELETE FROM orders_frozen WHERE order_id = :id")
                .param("id", id.code())
                .update();
        jdbc.sql("""
                UPDATE orders_order SET frozen = false, lease_until = NULL, version = version + 1 WHERE order_id = :id
                """).param("id", id.code()).update();
    }

    Optional<Frozen> find(OrderId id) {
        return jdbc.sql("SELECT order_id, why, frozen_at, row_seq, row_leaf, entry FROM orders_frozen "
                        + "WHERE order_id = :id")
                .param("id", id.code())
                .query(FrozenTable::row)
                .optional();
    }

    /** Oldest first. */
    List<Frozen> all(int atMost) {
        return jdbc.sql("SELECT order_id, why, frozen_at, row_seq, row_leaf, entry FROM orders_frozen "
                        + "ORDER BY frozen_at, order_id LIMIT :most")
                .param("most", atMost)
                .query(FrozenTable::row)
                .list();
    }

    /** Those of which the log says that they are frozen. */
    List<OrderId> entered() {
        return jdbc.sql("SELECT order_id FROM orders_frozen WHERE entry IS NOT NULL ORDER BY order_id")
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** Frozen while the log took no entries. */
    List<OrderId> unentered(int atMost) {
        return jdbc.sql("SELECT order_id FROM orders_frozen WHERE entry IS NULL ORDER BY order_id LIMIT :most")
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    private static Frozen row(ResultSet row, int number) throws SQLException {
        return new Frozen(
                new OrderId(row.getString("order_id")),
                Why.valueOf(row.getString("why")),
                row.getTimestamp("frozen_at").toInstant(),
                new OrderRow.Chain(row.getLong("row_seq"), Digest.of(row.getBytes("row_leaf"))),
                Optional.ofNullable(row.getBytes("entry")).map(Digest::of));
    }
}
