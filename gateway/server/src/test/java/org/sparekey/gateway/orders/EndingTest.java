// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** Withdrawal, expiry, and what a revocation list says at the door; each test has a world of its own to break. */
class EndingTest {

    private final OrdersFixture fixture = OrdersFixture.breakable();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_issuer_withdraws_his_order_and_the_hold_ends() {
        Letter letter = fixture.desk.disk(fixture.machine(), SEEN);
        OrderStatus first = fixture.submit(letter);

        OrderStatus withdrawal = fixture.submit(withdrawal(first.id()));

        assertThat(withdrawal.state()).isEqualTo("applied");
        OrderStatus status = orders.status(OrdersFixture.id(first));
        assertThat(status.state()).isEqualTo("withdrawn");
        assertThat(status.holdUntil()).isEmpty();
        assertThat(fixture.entries(OrdersFixture.id(first))).endsWith("order.withdrawn", "hold.released");
    }

    @Test
    void a_withdrawal_of_an_unknown_or_ended_order_is_refused() {
        OrderStatus ended = fixture.submit(fixture.desk.diskWithoutJudge(fixture.machine(), SEEN));

        assertThat(fixture.submit(withdrawal(UUID.randomUUID())).reason()).contains("PARENT_UNKNOWN");
        assertThat(fixture.submit(withdrawal(ended.id())).reason()).contains("TOO_LATE_TO_WITHDRAW");
    }

    @Test
    void a_colleague_does_not_withdraw_the_prosecutors_order() {
        OrderStatus first = fixture.submit(fixture.desk.disk(fixture.machine(), SEEN));
        OrderDocument colleague = new Altered(fixture.desk.identity("192.0.2.1", SEEN))
                .kind(OrderKind.WITHDRAWAL)
                .parent(first.id())
                .document();

        OrderStatus status = fixture.submit(
                fixture.desk.unvalidated(colleague, fixture.world.cast().investigator()));

        assertThat(status.reason()).contains("NOT_YOURS_TO_WITHDRAW");
        assertThat(orders.status(OrdersFixture.id(first)).state()).isEqualTo("review");
    }

    @Test
    void what_is_withdrawn_while_it_is_captured_is_not_secured() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim(id).orElseThrow();
        orders.started(order, new byte[] {1});
        fixture.submit(withdrawal(orders.status(id).id()));

        assertThat(orders.secured(order, orders.status(id).orderDigest(), new byte[] {1}))
                .isInstanceOf(Transition.Illegal.class);
        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
    }

    @Test
    void an_order_past_its_deadline_expires_and_releases_its_hold() {
        OrderId id = fixture.inReview();
        fixture.pass(Duration.ofDays(7));
        orders.step();

        OrderStatus status = orders.status(id);
        assertThat(status.state()).isEqualTo("expired");
        assertThat(status.holdUntil()).isEmpty();
        assertThatThrownBy(() -> fixture.desks.approve(1, id, Decision.RELEASE)).isInstanceOf(ProblemException.class);
    }

    @Test
    void one_second_before_its_deadline_it_does_not_expire() {
        OrderId id = fixture.inReview();
        fixture.pass(Duration.ofDays(7).minusSeconds(1));
        orders.step();

        assertThat(orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void a_preservation_ends_after_ninety_days_and_not_with_its_deadline() {
        OrderDocument freeze = new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(freeze, fixture.world.cast().prosecutor())));
        fixture.pass(Duration.ofDays(89));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("preserved");

        fixture.pass(Duration.ofDays(1).plusSeconds(1));
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("released-hold");
    }

    @Test
    void a_revoked_certificate_is_refused() {
        revoke(fixture.world.cast().policeCa(), fixture.world.cast().investigator());

        assertThat(fixture.submit(fixture.desk.whoHad(fixture.machine(), SEEN)).reason())
                .contains("CERTIFICATE_REVOKED");
    }

    @Test
    void a_revoked_judge_authorises_nothing() {
        revoke(fixture.world.cast().courtCa(), fixture.world.cast().judge());

        assertThat(fixture.submit(fixture.desk.disk(fixture.machine(), SEEN)).reason())
                .contains("VALIDATOR_NOT_PROVEN");
    }

    @Test
    void a_prosecutor_whose_certificate_is_revoked_meanwhile_gets_nothing() {
        fixture.approved();
        ApprovedOrder order = orders.claim().orElseThrow();
        revoke(fixture.world.cast().policeCa(), fixture.world.cast().prosecutor());

        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Different("CERTIFICATE_REVOKED"));
    }

    @Test
    void a_take_down_of_a_prosecutor_revoked_meanwhile_is_not_carried_out() {
        OrderDocument takeDown = new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        revoke(fixture.world.cast().policeCa(), fixture.world.cast().prosecutor());
        OfficerRecord done = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                OfficerRecord.What.TAKE_DOWN_DONE,
                Optional.of(OfficerRecord.Means.BLOCK_ADDRESS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "By hand.");

        assertThatThrownBy(() -> orders.record(fixture.officer(1), id, Wire.write(done), OrdersFixture.key()))
                .hasMessageContaining("CERTIFICATE_REVOKED");
        assertThat(orders.status(id).state()).isEqualTo("approved");
    }

    @Test
    void a_key_past_its_enrolment_is_refused() {
        fixture.pass(Duration.ofDays(361));
        fixture.world.publishRevocations();

        assertThat(fixture.submit(fixture.desk.whoHad(fixture.machine(), SEEN)).reason())
                .contains("KEY_NOT_IN_FORCE");
    }

    @Test
    void without_a_revocation_list_nothing_is_decided_and_the_try_is_an_entry() throws IOException {
        Path list = Path.of(fixture.world.cast().policeCa().crlLocation());
        Files.delete(list);
        Letter letter = fixture.desk.whoHad(fixture.machine(), SEEN);

        unknown(letter);
        fixture.world.publishRevocations();
        assertThat(fixture.submit(letter).state()).isEqualTo("closed");
    }

    @Test
    void a_retry_gets_the_stored_answer_also_while_no_revocation_list_can_be_had() throws IOException {
        byte[] body = OrdersFixture.body(fixture.desk.whoHad(fixture.machine(), SEEN));
        String key = OrdersFixture.key();
        Acceptance first = orders.submit(fixture.investigator(), body, Multipart.contentType("boundary"), key);
        Files.delete(Path.of(fixture.world.cast().policeCa().crlLocation()));

        assertThat(orders.submit(fixture.investigator(), body, Multipart.contentType("boundary"), key))
                .isEqualTo(first);
    }

    @Test
    void a_stale_revocation_list_is_none() {
        fixture.pass(Duration.ofDays(31));

        unknown(fixture.desk.whoHad(fixture.machine(), SEEN));
    }

    private void unknown(Letter letter) {
        assertThatThrownBy(() -> fixture.submit(letter))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REVOCATION_UNKNOWN));
        assertThat(orders.list(fixture.officer(1))).isEmpty();
        assertThat(fixture.jdbc
                        .sql("SELECT count(*) FROM auditlog_outbox WHERE type = 'order.revocation-unknown'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_judge_takes_back_what_he_authorised_before_it_is_released() {
        OrderId id = fixture.approved();
        Letter letter = by(
                fixture.world.cast().judge(),
                OrderKind.WITHDRAWAL,
                orders.status(id).id());

        OrderStatus withdrawal = fixture.submit(judge(), letter);

        assertThat(withdrawal.state()).isEqualTo("applied");
        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(fixture.entries(id)).endsWith("order.withdrawn", "hold.released");
    }

    @Test
    void nobody_of_another_court_or_authority_takes_back_what_a_judge_authorised() {
        OrderId id = fixture.inReview();
        Letter letter = by(
                fixture.world.cast().stranger(),
                OrderKind.WITHDRAWAL,
                orders.status(id).id());

        OrderStatus withdrawal = fixture.submit(fixture.stranger(), letter);

        assertThat(withdrawal.reason()).contains("PARENT_UNKNOWN");
        assertThat(orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void a_judge_takes_back_nothing_that_he_did_not_authorise() {
        OrderStatus held = fixture.submit(fixture.desk.whoHad(fixture.machine(), SEEN));

        OrderStatus withdrawal =
                fixture.submit(judge(), by(fixture.world.cast().judge(), OrderKind.WITHDRAWAL, held.id()));

        assertThat(withdrawal.reason()).contains("PARENT_UNKNOWN");
    }

    @Test
    void a_judge_orders_nothing() {
        OrderId id = fixture.inReview();
        Letter letter = by(
                fixture.world.cast().judge(),
                OrderKind.EXTENSION,
                orders.status(id).id());

        assertThatThrownBy(() -> fixture.submit(judge(), letter))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(Problem.FORBIDDEN));
    }

    private Caller judge() {
        return OrdersFixture.caller(fixture.world.cast().judge(), Role.JUDGE);
    }

    private String role(Actor one) {
        return one.equals(fixture.world.cast().judge()) ? "JUDGE" : "INVESTIGATOR";
    }

    private Letter by(Actor judge, OrderKind kind, UUID parent) {
        OrderDocument order = new Altered(fixture.desk.content("192.0.2.1", SEEN))
                .kind(kind)
                .issuer(new Issuer(judge.party(), judge.person(), role(judge), "NL"))
                .validator(Optional.empty())
                .parent(parent)
                .document();
        return fixture.desk.unvalidated(order, judge);
    }

    private void revoke(TestCa ca, org.sparekey.testkit.world.Actor actor) {
        ca.revoke(actor.document().certificate());
        fixture.pass(Duration.ofSeconds(1));
        fixture.world.publishRevocations();
    }

    private Letter withdrawal(UUID parent) {
        OrderDocument withdrawal = new Altered(fixture.desk.content("192.0.2.1", SEEN))
                .kind(OrderKind.WITHDRAWAL)
                .validator(Optional.empty())
                .parent(parent)
                .document();
        return fixture.desk.unvalidated(withdrawal, fixture.world.cast().prosecutor());
    }
}
