// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Target;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may not be deleted. A hold covers the target as it is written until it is narrowed to the one asset found. */
final class HoldTable {

    /** While officers look at a frozen order, and while a guest is read, nothing of it lapses by the clock. */
    private static final String STANDING = "SELECT order_id FROM orders_order WHERE frozen OR state = 'executing'";

    private final JdbcClient jdbc;

    HoldTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param asked by law: nothing is held for a voluntary request */
    void place(Asked.Compelled asked, OrderId order, List<Category> categories, Target target, Instant until) {
        for (Category category :
                categories.stream().filter(asked.kind()::reaches).toList()) {
            jdbc.sql("""
                INSERT INTO orders_hold (order_id, category, target, until)
                VALUES (:order, :category, :target, :until)
                """)
                    .param("order", order.code())
                    .param("category", category.name())
                    .param("target", target.value())
                    .param("until", Timestamp.from(until))
                    .update();
        }
    }

    void narrow(OrderId order, LocatedAsset asset) {
        jdbc.sql("""
            UPDATE orders_hold SET cluster = :cluster, uuid = :uuid, vm_id = :vmId, vps_ref = :vpsRef
            WHERE order_id = :order
            """)
                .param("vmId", asset.vmId())
                .param("vpsRef", asset.vpsRef())
                .param("cluster", asset.cluster())
                .param("uuid", asset.uuid())
                .param("order", order.code())
                .update();
    }

    void until(OrderId order, Instant until) {
        jdbc.sql("UPDATE orders_hold SET until = :until WHERE order_id = :order AND released_at IS NULL")
                .param("until", Timestamp.from(until))
                .param("order", order.code())
                .update();
    }

    /** Never shortens. */
    void lengthen(OrderId order, Instant until) {
        jdbc.sql("""
            UPDATE orders_hold SET until = greatest(until, :until)
            WHERE order_id = :order AND released_at IS NULL
            """)
                .param("until", Timestamp.from(until))
                .param("order", order.code())
                .update();
    }

    /** Whether there was something to release. */
    boolean release(OrderId order, Instant at) {
        return jdbc.sql("UPDATE orders_hold SET released_at = :at WHERE order_id = :order AND released_at IS NULL")
                        .param("at", Timestamp.from(at))
                        .param("order", order.code())
                        .update()
                > 0;
    }

    /**
     * Holds narrowed to this asset, and those whose target as written names it by one of its own ids. One id that is the same
     * is enough: the others may be left out or invented by whoever registers it anew. What is not known is nobody's.
     */
    List<Hold> of(LocatedAsset asset, Instant now) {
        return jdbc.sql("""
            SELECT order_id, category, until FROM orders_hold
            WHERE released_at IS NULL AND (until > :now OR order_id IN (%s))
              AND ((cluster = :cluster AND uuid = nullif(:uuid, ''))
                OR (cluster = :cluster AND vm_id = nullif(:vmId, '')) OR vps_ref = :vpsRef
                OR (cluster IS NULL AND target IN (:vpsRef, :byUuid, :byVmId)))
            ORDER BY order_id, category
            """.formatted(STANDING))
                .param("now", Timestamp.from(now))
                .param("cluster", asset.cluster())
                .param("uuid", asset.uuid())
                .param("vpsRef", asset.vpsRef())
                .param("vmId", asset.vmId())
                .param("byUuid", asset.uuid() + "@" + asset.cluster())
                .param("byVmId", asset.vmId() + "@" + asset.cluster())
                .query((row, number) -> hold(row))
                .list();
    }

    /** Those that are not narrowed yet, with the target as it is written. */
    Map<Hold, String> wide(Instant now) {
        Map<Hold, String> wide = new LinkedHashMap<>();
        jdbc.sql("""
            SELECT order_id, category, until, target FROM orders_hold
            WHERE released_at IS NULL AND (until > :now OR order_id IN (%s)) AND cluster IS NULL
            ORDER BY order_id, category
            """.formatted(STANDING)).param("now", Timestamp.from(now)).query((RowCallbackHandler)
                row -> wide.put(hold(row), row.getString("target")));
        return wide;
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                new OrderId(row.getString("order_id")),
                Category.valueOf(row.getString("category")),
                row.getTimestamp("until").toInstant());
    }

    /** Until when something is held for this order; empty when nothing is. */
    Optional<Instant> until(OrderId order) {
        return jdbc.sql("SELECT max(until) FROM orders_hold WHERE order_id = :order AND released_at IS NULL")
                .param("order", order.code())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }
}
