// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.orders.OrdersSettings.CallBack;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.testkit.world.Cast;

/** The kill-switch is one act about many cases: whoever dies in it leaves all of it or nothing. */
class SuspensionCrashTest {

    private static final OrdersSettings SETTINGS = new OrdersSettings(CallBack.OFF);

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_death_at_any_entry_of_a_suspension_or_its_end_tells_every_case_in_the_end_and_once() throws Exception {
        fixture.approved();
        fixture.approved();
        Death.Walk whole = Death.Walk.through();
        suspendAndResume(fixture.open(SETTINGS, whole::reached));
        assertThat(whole.passed()).contains("orders.order.authority-suspended", "orders.order.authority-resumed");

        for (int place = 0; place < whole.passed().size(); place++) {
            fixture.pass(Duration.ofSeconds(1));
            List<OrderId> both = List.of(fixture.approved(), fixture.approved());
            Death.Walk deadly = Death.Walk.to(place);
            assertThat(catchThrowable(() -> suspendAndResume(fixture.open(SETTINGS, deadly::reached))))
                    .isInstanceOf(Death.class);

            // The switch itself is whole: dead behind it, the authority is suspended although no case says so yet.
            Orders again = fixture.open(SETTINGS);
            assertThat(suspended(again)).as("place " + place).isNotEqualTo(resumed(both));
            again.step();
            if (suspended(again)) {
                assertThat(both).allSatisfy(id -> assertThat(said(id)).containsExactly("order.authority-suspended"));
                assertThat(again.claim()).isEmpty();
                suspendAndResume(again);
            }

            for (OrderId id : both) {
                assertThat(said(id))
                        .as("place " + place)
                        .containsExactly("order.authority-suspended", "order.authority-resumed");
            }
        }
    }

    private boolean suspended(Orders orders) {
        return orders.authorityReport(fixture.officer(1), Cast.AUTHORITY, Optional.empty())
                .suspendedAt()
                .isPresent();
    }

    /** Whoever died there had pulled the switch back: the case says so, or the table that it is to. */
    private boolean resumed(List<OrderId> both) {
        return both.stream()
                .anyMatch(id -> said(id).contains("order.authority-resumed")
                        || fixture.jdbc
                                        .sql("SELECT count(*) FROM orders_suspension_note "
                                                + "WHERE order_id = :id AND says = 'AUTHORITY_RESUMED'")
                                        .param("id", id.code())
                                        .query(Integer.class)
                                        .single()
                                > 0);
    }

    /** Who comes again after a death suspends what may be suspended already. */
    private void suspendAndResume(Orders orders) throws MalformedException {
        Instant since = orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY)
                .suspendedAt()
                .orElseThrow();
        Cast cast = fixture.world.cast();
        orders.resumeAuthority(
                fixture.officer(1),
                Cast.AUTHORITY,
                SuspensionTest.resumption(fixture, since, cast.officer1(), cast.officer2(), cast.supervisor()));
    }

    private List<String> said(OrderId id) {
        return fixture.entries(id).stream()
                .filter(type -> type.startsWith("order.authority-"))
                .toList();
    }
}
