// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Urgency;

/** One order that cannot be gone on with keeps no other waiting. */
class StuckOrderTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_order_that_cannot_be_read_stops_nobody_elses_clock() {
        for (int i = 0; i < Orders.STEPS_AT_ONCE; i++) {
            alter(fixture.inReview(), "basis = 'x'");
        }
        fixture.pass(Duration.ofSeconds(1));
        OrderId sound = fixture.inReview();
        fixture.pass(Duration.ofDays(8));

        orders.step();
        orders.step();

        assertThat(orders.status(sound).state()).isEqualTo("expired");
    }

    @Test
    void orders_that_cannot_go_on_starve_none_that_came_later() {
        Map<String, Guest> silent = new HashMap<>();
        for (int i = 0; i < Orders.STEPS_AT_ONCE; i++) {
            unreadable(silent);
        }
        alter(unreadable(silent), "order_jws = 'x'");
        fixture.pass(Duration.ofSeconds(1));
        Map<String, Guest> readable = new HashMap<>();
        OrderId last = unreadable(readable);
        fixture.guests.putAll(readable);

        orders.step();
        orders.step();

        assertThat(row(last).findings().basis()).isPresent();
        fixture.guests.putAll(silent);
        orders.step();
        orders.step();
        assertThat(new OrderTable(fixture.jdbc).waiting(Optional.empty(), Orders.STEPS_AT_ONCE))
                .hasSize(1);
    }

    @Test
    void a_spoken_order_that_waits_for_a_call_does_not_wait_for_the_room() {
        OrderDocument spoken =
                new Altered(freeze(fixture.machine())).urgency(Urgency.ORAL).document();
        OrderId id = prosecutors(spoken);
        OrderTable table = new OrderTable(fixture.jdbc);
        alter(id, "whereabouts = NULL");
        assertThat(table.waiting(Optional.empty(), Orders.STEPS_AT_ONCE)).containsExactly(id);

        alter(id, "needs = 'call-back'");

        assertThat(table.waiting(Optional.empty(), Orders.STEPS_AT_ONCE)).isEmpty();
    }

    @Test
    void an_order_that_names_a_freezing_which_is_not_level_with_its_log_goes_on_without_it() {
        String address = fixture.machine();
        OrderDocument freeze = freeze(address);
        OrderId frozen = prosecutors(freeze);
        alter(frozen, "frozen = true");

        OrderDocument production = new Altered(fixture.desk.content(address, SEEN))
                .parent(freeze.id())
                .document();

        assertThat(fixture.submit(fixture.desk.validated(production)).state()).isEqualTo("review");
        assertThat(row(frozen).state()).isEqualTo(new OrderState.Preserved());
    }

    @Test
    void what_is_taken_off_the_net_is_sealed_to_nobody() {
        OrderDocument takeDown = new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .deliverTo("team-elsewhere")
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown)));

        assertThat(orders.approvalBasis(fixture.officer(1), id).recipients()).isEmpty();
    }

    /** In review, and its guest did not answer. @param guests where it is put instead */
    private OrderId unreadable(Map<String, Guest> guests) {
        String address = fixture.machine();
        String uuid = fixture.asset(address).uuid();
        guests.put(uuid, Objects.requireNonNull(fixture.guests.remove(uuid)));
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, SEEN)));
        assertThat(orders.status(id).state()).isEqualTo("review");
        return id;
    }

    private OrderRow row(OrderId id) {
        return new OrderTable(fixture.jdbc).find(id).orElseThrow();
    }

    private OrderId prosecutors(OrderDocument order) {
        return OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(order, fixture.world.cast().prosecutor())));
    }

    private OrderDocument freeze(String address) {
        return new Altered(fixture.desk.content(address, SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
    }

    private void alter(OrderId id, String change) {
        fixture.jdbc
                .sql("UPDATE orders_order SET " + change + " WHERE order_id = :id")
                .param("id", id.code())
                .update();
    }
}
