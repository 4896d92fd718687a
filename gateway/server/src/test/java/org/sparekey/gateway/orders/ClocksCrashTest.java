// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Urgency;

/**
 * What the clocks say by themselves, with the process dying behind each entry: before the commit, at every place in its turn,
 * and at last behind the commit. The clock is struck again each time, and in the end each thing was said exactly once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClocksCrashTest {

    private static final int DEATHS_AT_MOST = 60;

    private final OrdersFixture fixture = OrdersFixture.breakable();
    private final Orders orders = fixture.orders;

    /** Each test begins where the one before left the year. */
    @BeforeEach
    void revocationListsOfToday() {
        fixture.world.publishRevocations();
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void a_reminder_is_said_once() {
        OrderId id = fixture.inReview();

        assertThat(struck(id, Duration.ofDays(3).plusHours(12))).containsExactly("order.reminder");
        assertThat(struck(id, Duration.ofHours(51))).containsExactly("order.reminder");
        assertThat(orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void an_order_expires_once_and_its_hold_ends_with_it() {
        OrderId id = fixture.inReview();

        assertThat(struck(id, Duration.ofDays(7))).containsExactly("order.reminder", "order.expired", "hold.released");
        assertThat(orders.status(id).holdUntil()).isEmpty();
    }

    @Test
    void an_oral_order_is_overdue_put_apart_and_destroyed_once() {
        OrderId id = frozen(freeze().urgency(Urgency.ORAL));

        List<String> overdue = struck(id, Duration.ofDays(9));
        assertThat(overdue).endsWith("order.confirmation-overdue", "order.quarantined");
        assertThat(overdue).containsOnlyOnce("order.confirmation-overdue", "order.quarantined");
        assertThat(struck(id, OrderClock.QUARANTINED))
                .containsExactly("order.reminder", "order.destroyed", "hold.released");
    }

    @Test
    void a_question_that_nobody_answers_ends_the_order_once() {
        OrderId id = fixture.inReview();
        byte[] question = Wire.write(new ClarificationQuestion(
                1, ClarificationQuestion.TYPE, ClarificationQuestion.Subject.SCOPE, "Which days?"));
        orders.ask(fixture.officer(1), id, question, orders.status(id).version(), OrdersFixture.key());

        assertThat(struck(id, Duration.ofDays(12))).containsExactly("order.reminder", "order.expired", "hold.released");
    }

    @Test
    void what_was_frozen_is_let_go_once() {
        OrderId id = frozen(freeze());

        assertThat(struck(id, Duration.ofDays(91)))
                .containsExactly("order.reminder", "order.released-hold", "hold.released");
    }

    @Test
    void what_waited_for_a_production_is_let_go_once() {
        String address = fixture.machine();
        OrderDocument freeze = freeze(address).document();
        OrderId id = submitted(freeze);
        OrderDocument content = fixture.desk.content(address, SEEN);
        fixture.submit(
                fixture.desk.validated(new Altered(content).parent(freeze.id()).document()));
        assertThat(orders.status(id).state()).isEqualTo("linked");

        assertThat(struck(id, Duration.ofDays(91)))
                .containsExactly("order.reminder", "order.released-hold", "hold.released");
    }

    @Test
    void that_somebody_may_be_told_is_said_once_after_the_order_has_ended() {
        OrderDocument secret = new Altered(fixture.desk.identity(fixture.machine(), SEEN))
                .secrecy(new Secrecy("SECRET", Optional.of(fixture.now().plus(Duration.ofDays(20))), false))
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(secret, fixture.world.cast().investigator())));

        assertThat(struck(id, Duration.ofDays(21))).containsExactly("order.may-inform");
    }

    /** Time passes, and whoever strikes the clocks dies at the first place, at the second, and so on, until nothing is due. */
    private List<String> struck(OrderId id, Duration time) {
        List<String> before = fixture.entries(id);
        fixture.pass(time);
        List<String> died = new ArrayList<>();
        int place = 0;
        while (died.size() < DEATHS_AT_MOST) {
            Death.Walk walk = Death.Walk.to(place);
            try {
                fixture.open(new OrdersSettings(OrdersSettings.CallBack.OFF), walk::reached)
                        .step();
                break;
            } catch (Death death) {
                died.add(death.getMessage());
                // Behind a commit the next transaction begins with its first place again.
                place = died.getLast().equals("orders.changed") ? 0 : place + 1;
            }
        }
        orders.step();
        orders.step();
        List<String> more = fixture.entries(id);
        assertThat(more.subList(0, before.size())).isEqualTo(before);
        List<String> said = more.subList(before.size(), more.size());
        assertThat(died).as("came to an end").hasSizeLessThan(DEATHS_AT_MOST);
        assertThat(died).as("died behind each entry and behind the commit").contains("orders.changed");
        assertThat(died).containsAll(said.stream().map(type -> "orders." + type).toList());
        return said;
    }

    private Altered freeze() {
        return freeze(fixture.machine());
    }

    private Altered freeze(String address) {
        return new Altered(fixture.desk.content(address, SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty());
    }

    private OrderId frozen(Altered freeze) {
        return submitted(freeze.document());
    }

    private OrderId submitted(OrderDocument order) {
        return OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(order, fixture.world.cast().prosecutor())));
    }
}
