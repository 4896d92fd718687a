// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;

/** Nothing is held for longer than two days of which its issuer has not said on the telephone that it is his. */
class UncalledHoldTest {

    private static final Duration TWO_DAYS = Duration.ofHours(48);
    private static final byte[] SCAN = "%PDF-1.7 a scan".getBytes(StandardCharsets.US_ASCII);

    private OrdersFixture fixture;
    private CallBackDesk desk;
    private String address = "";

    @BeforeEach
    void open() {
        fixture = OrdersFixture.callingBack();
        desk = new CallBackDesk(fixture);
        address = fixture.machine();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_came_on_paper_and_nobody_called_about_ends_after_two_days_and_the_end_is_an_entry() {
        OrderId id = paper();
        assertThat(fixture.orders.status(id).holdUntil())
                .contains(fixture.orders.status(id).receivedAt().plus(TWO_DAYS));

        endsAfter(id, TWO_DAYS, "expired", "order.expired");
    }

    @Test
    void what_waits_for_officers_and_nobody_called_about_ends_after_two_days() {
        endsAfter(fixture.inReview(), TWO_DAYS, "expired", "order.expired");
    }

    @Test
    void a_question_makes_the_two_days_no_longer() {
        OrderId id = fixture.inReview();
        fixture.pass(Duration.ofHours(40));
        ask(id);

        endsAfter(id, Duration.ofHours(8), "expired", "order.expired");
    }

    @Test
    void a_question_and_its_answer_make_the_two_days_no_longer() {
        OrderStatus asked = fixture.submit(fixture.desk.disk(address, OrdersFixture.SEEN));
        OrderId id = OrdersFixture.id(asked);
        fixture.pass(Duration.ofHours(10));
        ask(id);
        fixture.pass(Duration.ofHours(20));
        assertThat(answer(asked.id()).state()).isEqualTo("applied");
        assertThat(fixture.orders.status(id).holdUntil())
                .contains(asked.receivedAt().plus(TWO_DAYS));

        endsAfter(id, Duration.ofHours(18), "expired", "order.expired");
    }

    @Test
    void a_forged_freezing_that_a_forged_production_waits_for_ends_after_two_days() {
        OrderDocument freeze = freeze();
        OrderId id = OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(freeze, fixture.world.cast().prosecutor())));
        OrderDocument content = fixture.desk.content(address, OrdersFixture.SEEN);
        fixture.submit(
                fixture.desk.validated(new Altered(content).parent(freeze.id()).document()));
        assertThat(fixture.orders.status(id).state()).isEqualTo("linked");

        endsAfter(id, TWO_DAYS, "released-hold", "order.released-hold");
    }

    @Test
    void the_call_makes_it_as_long_as_the_deadline_and_it_still_ends_there() {
        OrderId id = fixture.inReview();
        fixture.pass(TWO_DAYS.minusSeconds(1));
        OrderStatus called = desk.confirm(1, id);
        assertThat(called.holdUntil()).contains(called.deadline());
        fixture.pass(Duration.ofSeconds(1));
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");

        endsAfter(id, Duration.between(fixture.now(), called.deadline()), "expired", "order.expired");
    }

    @Test
    void what_a_frozen_order_holds_does_not_lapse_while_officers_look_at_it() {
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, OrdersFixture.SEEN)));
        assertThat(fixture.orders.holds(fixture.asset(address))).isNotEmpty();
        fixture.jdbc
                .sql("UPDATE orders_order SET frozen = true WHERE order_id = :id")
                .param("id", id.code())
                .update();

        fixture.pass(TWO_DAYS.multipliedBy(2));

        assertThat(fixture.orders.holds(fixture.asset(address))).isNotEmpty();
    }

    @Test
    void the_call_while_a_question_waits_holds_for_as_long_as_the_clock_may_stand() {
        OrderStatus asked = fixture.submit(fixture.desk.disk(address, OrdersFixture.SEEN));
        OrderId id = OrdersFixture.id(asked);
        fixture.pass(Duration.ofHours(40));
        ask(id);
        desk.confirm(1, id);
        fixture.pass(Duration.between(fixture.now(), asked.deadline()));
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("clarification");
        assertThat(fixture.orders.holds(fixture.asset(address))).isNotEmpty();

        Duration stood = Duration.between(asked.receivedAt().plusSeconds(40 * 3600), fixture.now());
        assertThat(answer(asked.id()).state()).isEqualTo("applied");
        assertThat(fixture.orders.status(id).holdUntil())
                .contains(asked.deadline().plus(stood));
        endsAfter(id, stood, "expired", "order.expired");
    }

    /** To the second: held until then, and then never again. */
    private void endsAfter(OrderId id, Duration time, String state, String entry) {
        fixture.pass(time.minusSeconds(1));
        fixture.orders.step();
        assertThat(fixture.orders.status(id).holdUntil()).isPresent();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(new HoldTable(fixture.jdbc).until(id)).contains(fixture.now());

        fixture.orders.step();

        assertThat(fixture.orders.status(id).state()).isEqualTo(state);
        assertThat(fixture.orders.status(id).holdUntil()).isEmpty();
        assertThat(new HoldTable(fixture.jdbc).until(id)).isEmpty();
        assertThat(fixture.entries(id)).endsWith(entry, "hold.released");
        fixture.pass(Duration.ofDays(30));
        fixture.orders.step();
        assertThat(fixture.entries(id)).endsWith(entry, "hold.released");
    }

    private OrderId paper() {
        OrderDocument order = new Altered(fixture.desk.identity(address, OrdersFixture.SEEN))
                .documents(List.of(new DocumentReference(Digest.sha256(SCAN), "application/pdf")))
                .document();
        return OrdersFixture.id(fixture.submit(
                fixture.officer(1),
                fixture.desk.unvalidated(order, fixture.world.cast().officer1()),
                new Multipart.Part("document", "application/pdf", SCAN)));
    }

    private OrderDocument freeze() {
        return new Altered(fixture.desk.content(address, OrdersFixture.SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
    }

    private void ask(OrderId id) {
        byte[] question = Wire.write(new ClarificationQuestion(
                1, ClarificationQuestion.TYPE, ClarificationQuestion.Subject.TARGET, "Which disk?"));
        fixture.orders.ask(
                fixture.officer(1), id, question, fixture.orders.status(id).version(), OrdersFixture.key());
    }

    private OrderStatus answer(UUID order) {
        return fixture.submit(fixture.desk.unvalidated(
                new Altered(fixture.desk.content(address, OrdersFixture.SEEN))
                        .kind(OrderKind.CLARIFICATION)
                        .validator(Optional.empty())
                        .parent(order)
                        .document(),
                fixture.world.cast().prosecutor()));
    }
}
