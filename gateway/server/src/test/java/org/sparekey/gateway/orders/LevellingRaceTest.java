// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.orders.OrdersSettings.CallBack;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A replica that starts compares rows with the log while others are at work on them, or start as well. */
class LevellingRaceTest {

    private static final OrdersSettings SETTINGS = new OrdersSettings(CallBack.OFF);

    private final OrdersFixture fixture = OrdersFixture.fresh();
    /** Its own connection: it sees who waits for whom. */
    private final JdbcClient watching = JdbcClient.create(new DriverManagerDataSource(
            fixture.database.url(),
            fixture.database.superuser().user(),
            fixture.database.superuser().password()));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_replica_that_starts_in_the_middle_of_anothers_change_freezes_nothing() {
        OrderId id = fixture.approved();
        List<CompletableFuture<Void>> starting = new CopyOnWriteArrayList<>();
        Orders working = fixture.open(SETTINGS, place -> {
            // The entry is written, row and log are of two moments, and nothing is committed.
            if (place.equals("orders.order.executing")) {
                CompletableFuture<Void> replica =
                        CompletableFuture.runAsync(() -> fixture.open(SETTINGS).level());
                starting.add(replica);
                untilSomebodyWaitsForARow(replica);
            }
        });
        ApprovedOrder order = working.claim(id).orElseThrow();

        assertThat(working.started(order, new byte[] {1})).isInstanceOf(Transition.Done.class);
        starting.getFirst().join();

        assertThat(fixture.entries(id)).endsWith("order.executing");
        assertThat(working.frozen(fixture.officer(1)).orders()).isEmpty();
        assertThat(working.renew(order)).isPresent();
    }

    @Test
    void two_replicas_that_start_at_once_over_a_row_behind_its_log_freeze_it_once() {
        OrderId id = fixture.approved();
        Backup backup = Backup.of(fixture.database, id);
        fixture.orders.looked(fixture.investigator(), id, "documents");
        fixture.entries(id);
        backup.restore();
        List<CompletableFuture<Void>> second = new CopyOnWriteArrayList<>();
        Orders first = fixture.open(SETTINGS, place -> {
            if (place.equals("orders.frozen")) {
                CompletableFuture<Void> replica =
                        CompletableFuture.runAsync(() -> fixture.open(SETTINGS).level());
                second.add(replica);
                untilSomebodyWaitsForARow(replica);
            }
        });

        first.level();
        second.getFirst().join();

        assertThat(fixture.entries(id).stream().filter("order.frozen"::equals)).hasSize(1);
        assertThat(first.frozen(fixture.officer(1)).orders()).hasSize(1);
    }

    private void untilSomebodyWaitsForARow(CompletableFuture<Void> who) {
        while (!who.isDone() && !watching.sql("""
                        SELECT EXISTS (SELECT FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock')
                        """).query(Boolean.class).single()) {
            Thread.onSpinWait();
        }
    }
}
