// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** Each kind of order the whole way, and years of its clocks in seconds. */
class KindsTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void frozen_data_are_extended_once_and_let_go_when_the_law_says() {
        String address = fixture.machine();
        OrderDocument freeze = freeze(address, UnaryOperator.identity());
        OrderStatus frozen = prosecutor(freeze);
        assertThat(prosecutor(follow(freeze, OrderKind.EXTENSION)).state()).isEqualTo("applied");

        OrderId id = OrdersFixture.id(frozen);
        assertThat(orders.status(id).state()).isEqualTo("extended");
        assertThat(orders.status(id).holdUntil()).contains(Instant.parse("2027-05-22T11:00:00Z"));
        assertThat(prosecutor(follow(freeze, OrderKind.EXTENSION)).reason()).contains("NOT_TO_BE_EXTENDED");

        fixture.pass(Duration.ofDays(179));
        orders.step();
        assertThat(orders.holds(fixture.asset(address))).isNotEmpty();
        fixture.pass(Duration.ofDays(1));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("released-hold");
        assertThat(orders.holds(fixture.asset(address))).isEmpty();
        assertThat(fixture.entries(id)).endsWith("order.released-hold", "hold.released");
    }

    @Test
    void nobody_extends_what_is_wider_or_another_or_another_authoritys() {
        OrderDocument freeze = freeze(fixture.machine(), UnaryOperator.identity());
        prosecutor(freeze);

        OrderDocument elsewhere = follow(freeze(fixture.machine(), UnaryOperator.identity()), OrderKind.EXTENSION);
        assertThat(prosecutor(new Altered(elsewhere).parent(freeze.id()).document())
                        .reason())
                .contains("NOT_YOURS_TO_CHANGE");
        Scope wider = new Scope(
                List.of(Category.CONTENT, Category.SUBSCRIBER),
                freeze.scope().from(),
                freeze.scope().to(),
                List.of(),
                false);
        assertThat(prosecutor(new Altered(follow(freeze, OrderKind.EXTENSION))
                                .scope(wider)
                                .document())
                        .reason())
                .contains("NOT_YOURS_TO_CHANGE");
        assertThat(prosecutor(new Altered(follow(freeze, OrderKind.EXTENSION))
                                .parent(UUID.randomUUID())
                                .document())
                        .reason())
                .contains("PARENT_UNKNOWN");
    }

    @Test
    void frozen_data_wait_for_the_production_order_that_names_them() {
        String address = fixture.machine();
        OrderDocument freeze = freeze(address, UnaryOperator.identity());
        OrderId frozen = OrdersFixture.id(prosecutor(freeze));
        OrderStatus production = fixture.submit(fixture.desk.validated(new Altered(fixture.desk.content(address, SEEN))
                .parent(freeze.id())
                .document()));
        assertThat(orders.status(frozen).state()).isEqualTo("linked");

        fixture.pass(Duration.ofDays(8));
        orders.step();
        orders.step();
        assertThat(orders.status(OrdersFixture.id(production)).state()).isEqualTo("expired");
        assertThat(orders.status(frozen).state()).isEqualTo("linked");
        assertThat(orders.holds(fixture.asset(address)))
                .singleElement()
                .extracting(Hold::order)
                .isEqualTo(frozen);

        fixture.pass(Duration.ofDays(81));
        orders.step();
        assertThat(orders.status(frozen).state()).isEqualTo("linked");
        fixture.pass(Duration.ofDays(1));
        orders.step();
        assertThat(orders.status(frozen).state()).isEqualTo("released-hold");
        assertThat(orders.holds(fixture.asset(address))).isEmpty();
    }

    @Test
    void frozen_data_whose_term_is_over_wait_until_the_production_order_has_ended() {
        String address = fixture.machine();
        OrderDocument freeze = freeze(address, UnaryOperator.identity());
        OrderId frozen = OrdersFixture.id(prosecutor(freeze));
        OrderDocument slow = new Altered(fixture.desk.content(address, SEEN))
                .parent(freeze.id())
                .deadline(OrdersFixture.START.plus(Duration.ofDays(93)))
                .document();
        OrderId production = OrdersFixture.id(fixture.submit(fixture.desk.validated(slow)));

        fixture.pass(Duration.ofDays(91));
        orders.step();
        assertThat(orders.status(production).state()).isEqualTo("review");
        assertThat(orders.status(frozen).state()).isEqualTo("linked");
        fixture.pass(Duration.ofDays(2));
        orders.step();
        assertThat(orders.status(production).state()).isEqualTo("expired");
        assertThat(orders.status(frozen).state()).isEqualTo("released-hold");
    }

    @Test
    void an_identity_order_that_names_a_freezing_does_not_let_it_go() {
        String address = fixture.machine();
        OrderDocument freeze = freeze(address, UnaryOperator.identity());
        OrderId frozen = OrdersFixture.id(prosecutor(freeze));

        OrderStatus identity = fixture.submit(fixture.desk.unvalidated(
                new Altered(fixture.desk.identity(address, SEEN))
                        .parent(freeze.id())
                        .document(),
                fixture.world.cast().investigator()));
        orders.step();

        assertThat(identity.state()).isEqualTo("closed");
        assertThat(orders.status(frozen).state()).isEqualTo("preserved");
        fixture.pass(Duration.ofDays(89));
        orders.step();
        assertThat(orders.status(frozen).state()).isEqualTo("preserved");
        assertThat(orders.holds(fixture.asset(address))).isNotEmpty();
    }

    @Test
    void an_oral_freezing_holds_at_once_and_goes_on_when_it_is_written() {
        String address = fixture.machine();
        OrderDocument spoken = freeze(address, altered -> altered.urgency(Urgency.ORAL));
        OrderStatus oral = prosecutor(spoken);
        assertThat(oral.state()).isEqualTo("oral");
        assertThat(orders.holds(fixture.asset(address))).hasSize(1);

        fixture.pass(Duration.ofDays(2));
        OrderStatus written = prosecutor(new Altered(follow(spoken, OrderKind.ORAL_CONFIRMATION))
                .urgency(Urgency.NORMAL)
                .document());
        orders.step();

        assertThat(written.state()).isEqualTo("applied");
        OrderId id = OrdersFixture.id(oral);
        assertThat(orders.status(id).state()).isEqualTo("preserved");
        assertThat(fixture.entries(id))
                .containsSubsequence(
                        "order.oral", "hold.narrowed", "order.confirmed", "order.located", "order.preserved");
    }

    @Test
    void an_oral_order_that_nobody_writes_down_is_put_apart_after_three_days_and_destroyed() {
        String address = fixture.machine();
        OrderDocument spoken = freeze(address, altered -> altered.urgency(Urgency.ORAL));
        OrderId id = OrdersFixture.id(prosecutor(spoken));

        fixture.pass(Duration.between(OrdersFixture.START, Instant.parse("2026-11-26T22:59:59Z")));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("oral");
        fixture.pass(Duration.ofSeconds(1));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("quarantined");
        OrderDocument late = new Altered(follow(spoken, OrderKind.ORAL_CONFIRMATION))
                .urgency(Urgency.NORMAL)
                .document();
        assertThat(prosecutor(late).reason()).contains("CONFIRMED_TOO_LATE");

        fixture.pass(OrderClock.QUARANTINED);
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("destroyed");
        assertThat(orders.holds(fixture.asset(address))).isEmpty();
        assertThat(fixture.entries(id))
                .containsSubsequence(
                        "order.confirmation-overdue", "order.quarantined", "order.destroyed", "hold.released");
    }

    @Test
    void traffic_is_refused_because_none_is_held() {
        OrderDocument traffic = new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .kind(OrderKind.PRODUCTION_TRAFFIC)
                .basis("NL-126n")
                .scope(new Scope(List.of(Category.TRAFFIC), SEEN, OrdersFixture.START, List.of(), false))
                .document();

        OrderStatus status = fixture.submit(fixture.desk.validated(traffic));

        assertThat(status.state()).isEqualTo("refused");
        assertThat(status.reason()).contains("NO_TRAFFIC_HELD");
        assertThat(status.holdUntil()).isEmpty();
    }

    @Test
    void the_clock_stands_still_while_the_issuer_is_asked() {
        OrderStatus asked = fixture.submit(fixture.desk.disk(fixture.machine(), SEEN));
        OrderId id = OrdersFixture.id(asked);
        Instant deadline = orders.status(id).deadline();
        fixture.pass(Duration.ofDays(1));
        ask(id);
        assertThat(orders.status(id).state()).isEqualTo("clarification");
        assertThat(orders.questions(id))
                .singleElement()
                .extracting(ClarificationQuestion::text)
                .isEqualTo("Which disk?");

        fixture.pass(Duration.ofDays(4));
        orders.step();
        assertThat(answer(asked.id()).state()).isEqualTo("applied");
        assertThat(orders.status(id).state()).isEqualTo("review");
        assertThat(orders.status(id).deadline()).isEqualTo(deadline.plus(Duration.ofDays(4)));
        assertThat(orders.status(id).holdUntil()).contains(deadline.plus(Duration.ofDays(4)));
        assertThat(answer(asked.id()).reason()).contains("NOTHING_ASKED");

        fixture.pass(Duration.ofDays(6).minusSeconds(1));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("review");
        fixture.pass(Duration.ofSeconds(1));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("expired");
    }

    @Test
    void what_the_issuer_does_not_answer_in_five_days_expires() {
        OrderId id = fixture.inReview();
        ask(id);
        fixture.pass(Duration.between(OrdersFixture.START, Instant.parse("2026-11-30T22:59:59Z")));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("clarification");
        fixture.pass(Duration.ofSeconds(1));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("expired");
    }

    @Test
    void nothing_is_asked_about_what_has_ended_and_the_attempt_is_logged() {
        OrderStatus ended = fixture.submit(fixture.desk.diskWithoutJudge(fixture.machine(), SEEN));
        OrderId id = OrdersFixture.id(ended);

        assertThatThrownBy(() -> ask(id))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        assertThat(fixture.entries(id)).endsWith("order.illegal");
    }

    @Test
    void officers_are_reminded_at_half_at_four_fifths_and_at_the_end() {
        OrderId id = fixture.inReview();
        fixture.pass(Duration.ofHours(84));
        orders.step();
        orders.step();
        assertThat(reminders(id)).isEqualTo(1);
        fixture.pass(Duration.ofHours(51));
        orders.step();
        assertThat(reminders(id)).isEqualTo(2);
        fixture.pass(Duration.ofHours(33));
        orders.step();
        assertThat(reminders(id)).isEqualTo(3);
        assertThat(orders.status(id).state()).isEqualTo("expired");
        fixture.pass(Duration.ofDays(1000));
        orders.step();
        assertThat(reminders(id)).isEqualTo(3);
    }

    @Test
    void named_data_are_made_inaccessible_by_the_least_means_and_restored_and_no_copy_is_made() {
        OrderDocument takeDown = new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown)));
        assertThatThrownBy(() -> record(id, OfficerRecord.What.TAKE_DOWN_DONE, OfficerRecord.Means.BLOCK_ADDRESS))
                .hasMessageContaining("only an approved");
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        assertThat(orders.status(id).state()).isEqualTo("approved");
        assertThat(orders.claim()).isEmpty();
        assertThat(orders.claim(id)).isEmpty();

        assertThatThrownBy(
                        () -> record(id, OfficerRecord.What.TAKE_DOWN_NOTICE, OfficerRecord.Means.NOTICE_TO_RESELLER))
                .hasMessageContaining("tip off");
        assertThatThrownBy(() -> record(id, OfficerRecord.What.TAKE_DOWN_DONE, OfficerRecord.Means.ISOLATE_GUEST))
                .hasMessageContaining("does not say so");
        record(id, OfficerRecord.What.TAKE_DOWN_DONE, OfficerRecord.Means.BLOCK_ADDRESS);
        assertThat(orders.status(id).state()).isEqualTo("isolated");
        assertThat(orders.status(id).reason()).contains("BLOCK_ADDRESS");

        assertThatThrownBy(() -> record(id, OfficerRecord.What.RESTORE_DONE, OfficerRecord.Means.BLOCK_ADDRESS))
                .hasMessageContaining("to be undone");
        OrderDocument restore = new Altered(follow(takeDown, OrderKind.RESTORE))
                .validator(Optional.empty())
                .document();
        assertThat(prosecutor(restore).state()).isEqualTo("applied");
        assertThat(orders.status(id).state()).isEqualTo("restoring");
        assertThat(orders.holds(fixture.asset(restore.target().value()))).isNotEmpty();
        assertThatThrownBy(() -> record(id, OfficerRecord.What.RESTORE_DONE, OfficerRecord.Means.ISOLATE_GUEST))
                .hasMessageContaining("to be undone");
        record(id, OfficerRecord.What.RESTORE_DONE, OfficerRecord.Means.BLOCK_ADDRESS);
        assertThat(orders.status(id).state()).isEqualTo("restored");
        assertThat(fixture.entries(id))
                .containsSubsequence(
                        "order.officer-record",
                        "order.isolated",
                        "order.restoring",
                        "order.officer-record",
                        "order.restored",
                        "hold.released");
    }

    @Test
    void when_secrecy_ends_the_officers_have_a_task_also_after_the_order_has_ended() {
        Instant until = OrdersFixture.START.plus(Duration.ofDays(30));
        OrderDocument secret = new Altered(fixture.desk.identity(fixture.machine(), SEEN))
                .secrecy(new Secrecy("SECRET", Optional.of(until), false))
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(secret, fixture.world.cast().investigator())));
        fixture.pass(Duration.ofDays(16));
        orders.step();
        assertThat(fixture.entries(id))
                .doesNotContain("order.may-inform", "order.reminder")
                .endsWith("order.closed", "hold.released");

        fixture.pass(Duration.ofDays(14));
        orders.step();
        orders.step();
        record(id, OfficerRecord.What.MAY_INFORM);
        assertThat(fixture.entries(id)).endsWith("order.may-inform", "order.officer-record");
        assertThat(orders.status(id).state()).isEqualTo("closed");
    }

    /** The hold was to end in two days; the issuer answers on the fourth. */
    @Test
    void what_is_held_stays_held_while_the_clock_stands_still() {
        String address = fixture.machine();
        OrderStatus asked = fixture.submit(fixture.desk.disk(address, SEEN));
        OrderId id = OrdersFixture.id(asked);
        Instant ends = fixture.now().plus(Duration.ofDays(2));
        fixture.jdbc
                .sql("UPDATE orders_hold SET until = :until WHERE order_id = :order")
                .param("until", Timestamp.from(ends))
                .param("order", id.code())
                .update();
        fixture.jdbc
                .sql("UPDATE orders_order SET hold_until = :until WHERE order_id = :order")
                .param("until", Timestamp.from(ends))
                .param("order", id.code())
                .update();
        ask(id);
        fixture.pass(Duration.ofDays(4));
        orders.step();
        assertThat(orders.holds(fixture.asset(address))).isNotEmpty();

        assertThat(answer(asked.id()).state()).isEqualTo("applied");
        assertThat(orders.status(id).holdUntil()).contains(ends.plus(Duration.ofDays(4)));
        fixture.pass(Duration.ofDays(2));
        assertThat(orders.holds(fixture.asset(address))).isEmpty();
    }

    private void record(OrderId id, OfficerRecord.What what, OfficerRecord.Means... means) {
        OfficerRecord record = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                what,
                Optional.of(List.of(means)).filter(some -> !some.isEmpty()).map(some -> some.get(0)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Done by hand.");
        orders.record(fixture.officer(1), id, Wire.write(record), OrdersFixture.key());
    }

    private long reminders(OrderId id) {
        return fixture.entries(id).stream().filter("order.reminder"::equals).count();
    }

    private void ask(OrderId id) {
        ClarificationQuestion question = new ClarificationQuestion(
                1, ClarificationQuestion.TYPE, ClarificationQuestion.Subject.TARGET, "Which disk?");
        orders.ask(
                fixture.officer(1), id, Wire.write(question), orders.status(id).version(), OrdersFixture.key());
    }

    private OrderStatus answer(UUID asked) {
        return prosecutor(new Altered(fixture.desk.content("192.0.2.1", SEEN))
                .kind(OrderKind.CLARIFICATION)
                .validator(Optional.empty())
                .parent(asked)
                .document());
    }

    private OrderDocument freeze(String address, UnaryOperator<Altered> more) {
        return more.apply(new Altered(fixture.desk.content(address, SEEN))
                        .kind(OrderKind.PRESERVATION)
                        .basis("NL-126ni")
                        .validator(Optional.empty()))
                .document();
    }

    /** A new order about the earlier one, with its basis, target and scope. */
    private OrderDocument follow(OrderDocument earlier, OrderKind kind) {
        OrderDocument fresh = fixture.desk.content(earlier.target().value(), SEEN);
        return new Altered(fresh)
                .kind(kind)
                .basis(earlier.legalBasis().id())
                .validator(earlier.validator())
                .scope(earlier.scope())
                .parent(earlier.id())
                .document();
    }

    private OrderStatus prosecutor(OrderDocument order) {
        return fixture.submit(
                fixture.desk.unvalidated(order, fixture.world.cast().prosecutor()));
    }
}
