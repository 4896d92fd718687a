// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sparekey.testkit.Database;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The room's rows of one order at one moment, and all that it knows of delegations and suspensions, put back by a superuser
 * over a log that went on: a restored backup.
 */
final class Backup {

    private static final List<String> TABLES = List.of(
            "orders_order",
            "orders_hold",
            "orders_approval",
            "orders_clock",
            "orders_frozen",
            "orders_taking_back",
            "orders_suspension_note");

    /** Of no order. */
    private static final List<String> WHOLE = List.of("orders_delegation", "orders_suspension");

    private final Database.Access database;
    private final OrderId order;
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    private Backup(Database.Access database, OrderId order) {
        this.database = database;
        this.order = order;
    }

    static Backup of(Database.Access database, OrderId order) {
        Backup backup = new Backup(database, order);
        backup.asSuperuser(jdbc -> {
            TABLES.forEach(table -> backup.rows.put(table, backup.read(jdbc, table, " WHERE order_id = :order")));
            WHOLE.forEach(table -> backup.rows.put(table, backup.read(jdbc, table, " WHERE :order <> ''")));
        });
        return backup;
    }

    private List<String> read(JdbcClient jdbc, String table, String which) {
        return jdbc.sql("SELECT to_jsonb(t)::text FROM " + table + " t" + which)
                .param("order", order.code())
                .query(String.class)
                .list();
    }

    void restore() {
        asSuperuser(jdbc -> {
            // As a restore does: neither triggers nor references are asked.
            jdbc.sql("SET session_replication_role = replica").update();
            rows.forEach((table, all) -> {
                jdbc.sql("DELETE FROM " + table
                                + (WHOLE.contains(table) ? " WHERE :order <> ''" : " WHERE order_id = :order"))
                        .param("order", order.code())
                        .update();
                all.forEach(row -> jdbc.sql("INSERT INTO " + table + " OVERRIDING SYSTEM VALUE SELECT * FROM "
                                + "jsonb_populate_record(null::" + table + ", :row::jsonb)")
                        .param("row", row)
                        .update());
            });
        });
    }

    private void asSuperuser(Consumer<JdbcClient> work) {
        SingleConnectionDataSource one = new SingleConnectionDataSource(
                database.url(),
                database.superuser().user(),
                database.superuser().password(),
                true);
        try {
            work.accept(JdbcClient.create(one));
        } finally {
            one.destroy();
        }
    }
}
