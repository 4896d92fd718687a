// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoomTablesTest {

    private static final String ORDERS = "gateway/server/src/main/java/org/sparekey/gateway/orders/OrdersTable.java";

    @Test
    void no_room_touches_the_tables_of_another() {
        assertThat(Stream.concat(SourceTree.java().stream(), migrations().stream())
                        .flatMap(file -> RoomTables.foreign(file).stream()))
                .isEmpty();
    }

    @Test
    void every_migration_and_every_table_bears_the_name_of_its_room() {
        assertThat(migrations()).isNotEmpty();
        assertThat(migrations().stream().flatMap(file -> RoomTables.misnamed(file).stream()))
                .isEmpty();
    }

    @Test
    void a_look_into_the_next_room_is_found() {
        var file = new SourceFile(ORDERS, "jdbc.sql(\"\"\"\n SELECT id FROM registry_rows \"\"\")");
        assertThat(RoomTables.foreign(file)).hasSize(1);
    }

    @Test
    void a_rooms_own_table_is_its_own() {
        var file = new SourceFile(ORDERS, "jdbc.sql(\"SELECT id FROM orders_order\") // registry_rows");
        assertThat(RoomTables.foreign(file)).isEmpty();
    }

    @Test
    void a_table_under_a_foreign_name_is_found() {
        var file = new SourceFile("x/V202611230600__orders_tables.sql", "CREATE TABLE parties_key (id uuid)");
        assertThat(RoomTables.misnamed(file)).hasSize(1);
        assertThat(RoomTables.foreign(file)).hasSize(1);
    }

    private static List<SourceFile> migrations() {
        return SourceTree.ending(".sql").stream()
                .filter(file -> file.path().contains("/db/migration/"))
                .toList();
    }
}
