// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.orders.HabitDecisions.Unusual;
import org.sparekey.gateway.parties.Caller;

/** What is unlike its sender is told, and nothing is refused for it. */
class HabitsTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_stolen_account_at_night_from_another_device_for_many_machines_is_told_and_served() {
        for (int i = 0; i < HabitDecisions.TARGETS_A_DAY; i++) {
            fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN));
        }
        assertThat(told()).isEmpty();
        fixture.pass(Duration.ofHours(12));
        Caller usual = fixture.investigator();
        Caller another = new Caller(
                usual.party(),
                usual.person(),
                usual.role(),
                fixture.world.cast().stranger().message().keyId());

        var status = fixture.submit(another, fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN));

        assertThat(status.state()).isEqualTo("closed");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        Unusual.MANY_TARGETS.name(), Unusual.NEW_HOUR.name(), Unusual.NEW_DEVICE.name());
        assertThat(fixture.entries(OrdersFixture.id(status))).doesNotContain(Habits.UNUSUAL);
    }

    private List<String> told() {
        while (fixture.log.stepper().step()) {
            // until everything is recorded
        }
        return fixture.log.from(LogName.CASE, 0, 10_000).stream()
                .map(entry -> entry.parsed())
                .filter(entry -> entry.type().equals(Habits.UNUSUAL))
                .map(entry -> entry.clear().getOrDefault(Habits.WHAT, ""))
                .toList();
    }
}
