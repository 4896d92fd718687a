// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.order.OfficerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of the orders' rows is for the gateway's own hand. */
final class HandTable {

    private final JdbcClient jdbc;

    HandTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Take-downs for the gateway's own hand, one. What has begun goes on; nothing is begun or undone for whoever is suspended. */
    Optional<OrderRow> due(Instant now) {
        return jdbc.sql("SELECT " + OrderTable.COLUMNS + """
                FROM orders_order
                WHERE hand_due AND NOT frozen AND kind = 'TAKE_DOWN' AND (lease_until IS NULL OR lease_until <= :now)
                  AND (state IN ('approved', 'executing') OR (state = 'restoring' AND state_detail = :means))
                  AND (state = 'executing' OR\s""" + TakingBack.NONE_WAITS + """
                       AND NOT EXISTS (SELECT FROM orders_suspension s
                       WHERE s.authority = orders_order.authority AND s.lifted_at IS NULL))
                ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
                .param("now", Timestamp.from(now))
                .param("means", OfficerRecord.Means.ISOLATE_GUEST.name())
                .query(OrderRows::row)
                .optional();
    }

    void due(OrderId id, boolean due) {
        jdbc.sql("UPDATE orders_order SET hand_due = :due WHERE order_id = :id")
                .param("due", due)
                .param("id", id.code())
                .update();
    }

    /** Which of these have ended. */
    Set<OrderId> ended(Set<OrderId> orders) {
        if (orders.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(
                jdbc.sql("SELECT order_id FROM orders_order WHERE order_id IN (:orders) AND state IN (:ended)")
                        .param("orders", orders.stream().map(OrderId::code).toList())
                        .param("ended", StateText.ENDED)
                        .query((row, number) -> new OrderId(row.getString("order_id")))
                        .list());
    }
}
