// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackFault;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.OrderDesk;

/** Proof 4: nobody's order goes on before its issuer said its code on the register's number. */
class CallBackTest {

    private OrdersFixture fixture;
    private CallBackDesk desk;

    @BeforeEach
    void open() {
        fixture = OrdersFixture.callingBack();
        desk = new CallBackDesk(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_forged_emergency_that_two_officers_believe_goes_nowhere_without_the_call() {
        OrderId id = desk.emergency();
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);

        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
        assertThat(fixture.orders.status(id).calledBack()).isEqualTo(OrderStatus.NOT_CALLED_BACK);
        assertThat(fixture.orders.claim(id)).isEmpty();
        fixture.pass(Duration.ofHours(48));
        fixture.orders.step();
        assertThat(fixture.orders.claim(id)).isEmpty();
    }

    @Test
    void a_hijacked_police_mail_is_denied_by_telephone_and_refused_for_good() {
        OrderId id = desk.emergency();
        fixture.desks.approve(1, id, Decision.RELEASE);
        desk.code(id);

        OrderStatus denied = desk.deny(2, id);

        assertThat(denied.state()).isEqualTo("refused");
        assertThat(denied.reason()).contains("CALL_BACK_DENIED");
        assertThat(denied.holdUntil()).isEmpty();
        refused(CallBackFault.NOT_DUE, () -> desk.deny(1, id));
    }

    @Test
    void a_denial_that_would_stop_nothing_is_a_conflict_and_not_taken() {
        OrderDocument takeDown = new Altered(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(OrderDesk.emergency(takeDown))));
        desk.confirm(1, id);
        assertThat(called(id, 2)).isEqualTo("approved");
        OfficerRecord done = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                OfficerRecord.What.TAKE_DOWN_DONE,
                Optional.of(OfficerRecord.Means.BLOCK_ADDRESS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Done by hand.");
        fixture.orders.record(fixture.officer(1), id, Wire.write(done), OrdersFixture.key());
        assertThat(fixture.orders.status(id).state()).isEqualTo("isolated");

        refused(CallBackFault.DENIED_IN_VAIN, () -> desk.deny(2, id));

        assertThat(fixture.entries(id)).endsWith("order.call-back-refused").doesNotContain("order.illegal");
        assertThat(new CallBackTable(fixture.jdbc).of(id)).hasSize(2);
    }

    @Test
    void a_first_order_rests_for_a_day_after_the_call_and_then_two_officers_suffice() {
        OrderId id = fixture.inReview();
        OrderStatus called = desk.confirm(1, id);
        assertThat(called.calledBack()).isEqualTo(OrderStatus.CALLED_BACK);
        assertThat(called.holdUntil()).contains(called.deadline());
        assertThat(desk.sheet(id).coolingOffUntil())
                .contains(called.receivedAt().plus(CallBackDecisions.COOLING_OFF));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");

        fixture.pass(CallBackDecisions.COOLING_OFF);
        assertThat(called(fixture.inReview())).as("known by now").isEqualTo("approved");
    }

    @Test
    void two_first_orders_sent_and_confirmed_on_one_day_both_rest() {
        OrderId first = fixture.inReview();
        OrderId second = fixture.inReview();

        assertThat(called(first)).isEqualTo("review");
        assertThat(called(second)).isEqualTo("review");
        assertThat(fixture.orders.claim()).isEmpty();
        fixture.pass(CallBackDecisions.COOLING_OFF.minusSeconds(1));
        assertThat(called(fixture.inReview())).as("still his first day").isEqualTo("review");
    }

    @Test
    void an_order_that_its_issuer_denied_in_the_end_makes_nobody_known() {
        OrderId first = desk.emergency();
        desk.confirm(1, first);
        assertThat(desk.deny(2, first).state()).isEqualTo("refused");
        fixture.pass(CallBackDecisions.COOLING_OFF);
        assertThat(called(fixture.inReview())).isEqualTo("review");
    }

    @Test
    void a_call_that_was_written_into_the_database_makes_nobody_known() throws Exception {
        OrderId first = fixture.inReview();
        insert(first, 1, confirmed(1, first, desk.issuer(first), "0000-0000-0000-0000"));
        fixture.pass(CallBackDecisions.COOLING_OFF);
        assertThat(called(fixture.inReview())).isEqualTo("review");
    }

    @Test
    void what_the_cooling_off_held_up_goes_on_by_itself_when_it_is_over() {
        OrderId id = fixture.inReview();
        desk.confirm(1, id);
        fixture.pass(Duration.ofHours(20));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");

        fixture.pass(Duration.ofHours(4));
        fixture.orders.step();

        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");
        assertThat(fixture.orders.claim(id))
                .hasValueSatisfying(order -> assertThat(order.calledBack()).isTrue());
    }

    @Test
    void in_an_emergency_a_second_officers_call_waives_the_cooling_off_and_nothing_less() {
        OrderId id = desk.emergency();
        desk.confirm(1, id);
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        String another = desk.code(id);
        refused(CallBackFault.REPEATED, () -> desk.say(1, id, another));
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");

        assertThat(desk.say(2, id, another).state()).isEqualTo("approved");
    }

    @Test
    void a_second_call_waives_nothing_where_there_is_no_emergency() {
        OrderId id = fixture.inReview();
        desk.confirm(1, id);
        desk.confirm(2, id);
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("review");
    }

    @Test
    void one_officers_release_secures_nothing() {
        OrderId id = desk.emergency();
        desk.confirm(1, id);
        desk.confirm(2, id);
        assertThat(fixture.desks.approve(1, id, Decision.RELEASE).state()).isEqualTo("review");
        assertThat(fixture.orders.claim(id)).isEmpty();
    }

    @Test
    void one_officer_secures_an_emergency_after_the_calls_and_release_still_takes_two() {
        OrderId id = desk.emergency();
        assertThat(fixture.desks.approve(1, id, Decision.SECURE).state()).isEqualTo("review");
        desk.confirm(1, id);

        assertThat(desk.confirm(2, id).state()).isEqualTo("approved");

        assertThat(fixture.orders.claim(id)).hasValueSatisfying(order -> {
            assertThat(order.oneMaySecure()).isTrue();
            assertThat(order.approvals()).hasSize(1);
        });
        fixture.desks.approve(2, id, Decision.RELEASE);
        assertThat(fixture.orders.file(id).orElseThrow().approvals()).hasSize(2);
        assertThat(new OrderTable(fixture.jdbc)
                        .find(id)
                        .orElseThrow()
                        .standing()
                        .releasable())
                .isFalse();
    }

    @Test
    void one_officer_alone_takes_nothing_off_the_net_in_an_emergency() {
        OrderId id = desk.emergencyTakeDown();
        desk.confirm(1, id);
        assertThat(desk.confirm(2, id).state()).isEqualTo("review");
        assertThat(fixture.desks.approve(1, id, Decision.SECURE).state()).isEqualTo("review");
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
        assertThatThrownBy(() -> takenDown(id)).hasMessageContaining("only an approved");

        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
        takenDown(id);
        assertThat(fixture.orders.status(id).state()).isEqualTo("isolated");
    }

    @Test
    void what_was_approved_is_not_carried_out_for_a_suspended_authority() {
        OrderId id = desk.emergencyTakeDown();
        desk.confirm(1, id);
        desk.confirm(2, id);
        fixture.desks.approve(1, id, Decision.SECURE);
        fixture.desks.approve(2, id, Decision.SECURE);
        String authority = fixture.investigator().party().value();
        fixture.orders.suspendAuthority(fixture.officer(1), authority);

        assertThatThrownBy(() -> takenDown(id)).hasMessageContaining("does not stand");
        assertThat(new OrderTable(fixture.jdbc).find(id).orElseThrow().state()).isEqualTo(new OrderState.Approved());
    }

    private void takenDown(OrderId id) {
        OfficerRecord record = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                OfficerRecord.What.TAKE_DOWN_DONE,
                Optional.of(OfficerRecord.Means.BLOCK_ADDRESS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Blocked by hand.");
        fixture.orders.record(fixture.officer(1), id, Wire.write(record), OrdersFixture.key());
    }

    @Test
    void without_an_emergency_one_officer_secures_nothing() {
        OrderId id = fixture.inReview();
        desk.confirm(1, id);
        fixture.pass(CallBackDecisions.COOLING_OFF);
        assertThat(fixture.desks.approve(1, id, Decision.SECURE).state()).isEqualTo("review");
        assertThat(fixture.orders.claim(id)).isEmpty();
    }

    @Test
    void guessing_closes_the_code_after_five_tries_and_each_is_an_entry() {
        OrderId id = desk.emergency();
        String right = desk.code(id);
        for (int i = 0; i < CallBackDecisions.MAX_TRIES; i++) {
            String guess = "0000-0000-0000-000" + i;
            refused(CallBackFault.WRONG_CODE, () -> desk.say(1, id, guess));
        }

        refused(CallBackFault.NO_CODE, () -> desk.say(1, id, right));

        assertThat(fixture.entries(id).stream().filter("order.call-back-refused"::equals))
                .hasSize(CallBackDecisions.MAX_TRIES + 1);
        assertThat(desk.confirm(1, id).calledBack()).isEqualTo(OrderStatus.CALLED_BACK);
    }

    @Test
    void a_code_serves_its_own_order_once_and_not_for_ever() {
        OrderId id = desk.emergency();
        OrderId other = desk.emergency();
        String code = desk.code(id);
        desk.code(other);
        refused(CallBackFault.WRONG_CODE, () -> desk.say(1, other, code));
        desk.say(1, id, code);
        refused(CallBackFault.NO_CODE, () -> desk.say(2, id, code));
        String late = desk.code(id);
        fixture.pass(CallBackDecisions.CODE_LASTS);
        refused(CallBackFault.NO_CODE, () -> desk.say(2, id, late));
    }

    @Test
    void a_number_that_came_with_the_order_is_never_called() {
        OrderId id = desk.emergency();
        String code = desk.code(id);
        CallBackSheet.Call issuer = desk.issuer(id);
        assertThat(issuer.number())
                .isEqualTo(fixture.world.parties().list().authorities().get(0).callbackNumber());
        CallBackSheet.Call elsewhere =
                new CallBackSheet.Call(issuer.subject(), issuer.authority(), "+31 6 0000 0000", issuer.confirmedBy());
        CallBackSheet.Call somebody =
                new CallBackSheet.Call(issuer.subject(), "politie-elders", issuer.number(), issuer.confirmedBy());
        refused(CallBackFault.OTHER_NUMBER, () -> desk.send(1, id, confirmed(1, id, elsewhere, code)));
        refused(CallBackFault.OTHER_AUTHORITY, () -> desk.send(1, id, confirmed(1, id, somebody, code)));
    }

    @Test
    void an_officer_gets_no_code_and_nobody_else_signs_a_call() {
        OrderId id = desk.emergency();
        assertThatThrownBy(() -> fixture.orders.callBackCode(fixture.officer(1), id, CallBackSubject.ISSUER))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
        String code = desk.code(id);
        refused(CallBackFault.OTHER_OFFICER, () -> desk.send(2, id, confirmed(1, id, desk.issuer(id), code)));
        SignedDocument forged = fixture.desk.calledBack(
                desk.actor(1).withDocument(fixture.world.cast().prosecutor().document()),
                desk.sheet(id).orderDigest(),
                desk.issuer(id),
                CallBackOutcome.CONFIRMED,
                Optional.of(code));
        refused(CallBackFault.NOT_AN_OFFICER, () -> desk.send(1, id, forged));
    }

    @Test
    void whoever_writes_a_call_into_the_database_has_called_nobody() throws Exception {
        OrderId id = desk.emergency();
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        for (int officer = 1; officer <= 2; officer++) {
            insert(id, officer, confirmed(officer, id, desk.issuer(id), "0000-0000-0000-0000"));
        }

        fixture.orders.step();

        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
        assertThat(fixture.orders.status(id).calledBack()).isEqualTo(OrderStatus.NOT_CALLED_BACK);
    }

    @Test
    void an_order_that_was_approved_is_not_executed_when_its_call_is_taken_away() throws Exception {
        OrderId id = desk.emergency();
        desk.confirm(1, id);
        desk.confirm(2, id);
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
        try (Connection superuser = fixture.database.connect(fixture.database.superuser());
                PreparedStatement delete =
                        superuser.prepareStatement("DELETE FROM orders_call_back WHERE order_id = ?")) {
            delete.setString(1, id.code());
            assertThat(delete.executeUpdate()).isEqualTo(2);
        }

        assertThat(fixture.orders.claim(id)).isEmpty();
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void a_forged_freezing_is_not_made_longer_by_a_forged_extension() {
        OrderDocument freeze = new Altered(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
        OrderStatus frozen = byProsecutor(freeze);

        assertThat(byProsecutor(extension(freeze)).reason()).contains("EXTENDED_BEFORE_CALL");
        OrderId id = OrdersFixture.id(frozen);
        assertThat(fixture.orders.status(id).holdUntil())
                .contains(frozen.receivedAt().plus(Duration.ofHours(48)));

        desk.confirm(1, id);
        assertThat(byProsecutor(extension(freeze)).state()).isEqualTo("applied");
        assertThat(fixture.orders.status(id).state()).isEqualTo("extended");
    }

    private OrderDocument extension(OrderDocument freeze) {
        return new Altered(fixture.desk.content(freeze.target().value(), OrdersFixture.SEEN))
                .kind(OrderKind.EXTENSION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .scope(freeze.scope())
                .parent(freeze.id())
                .document();
    }

    private OrderStatus byProsecutor(OrderDocument order) {
        return fixture.submit(
                fixture.desk.unvalidated(order, fixture.world.cast().prosecutor()));
    }

    @Test
    void an_identity_order_needs_no_call() {
        OrderStatus answered = fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN));
        assertThat(answered.state()).isEqualTo("closed");
        assertThat(desk.sheet(OrdersFixture.id(answered)).due()).isFalse();
    }

    private SignedDocument confirmed(int officer, OrderId id, CallBackSheet.Call call, String code) {
        return desk.record(officer, id, call, CallBackOutcome.CONFIRMED, Optional.of(code));
    }

    /** After one call and two releases. */
    private String called(OrderId id) {
        return called(id, 1);
    }

    private String called(OrderId id, int caller) {
        desk.confirm(caller, id);
        fixture.desks.approve(1, id, Decision.RELEASE);
        return fixture.desks.approve(2, id, Decision.RELEASE).state();
    }

    private void insert(OrderId id, int number, SignedDocument record) throws Exception {
        try (Connection superuser = fixture.database.connect(fixture.database.superuser());
                PreparedStatement insert = superuser.prepareStatement("""
                    INSERT INTO orders_call_back (order_id, number, subject, outcome, officer, record,
                        issuer_authority, issuer_person, recorded_at)
                    VALUES (?, ?, 'ISSUER', 'CONFIRMED', ?, ?, ?, ?, ?)
                    """)) {
            insert.setString(1, id.code());
            insert.setInt(2, number);
            insert.setString(3, "officer-" + number);
            insert.setString(4, record.compact());
            Issuer issuer = Locating.order(new OrderTable(fixture.jdbc).find(id).orElseThrow())
                    .issuer();
            insert.setString(5, issuer.authority());
            insert.setString(6, issuer.person());
            insert.setTimestamp(7, Timestamp.from(fixture.now()));
            insert.executeUpdate();
        }
    }

    private static void refused(CallBackFault fault, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.CALL_BACK_REFUSED);
            assertThat(e.detail()).startsWith(fault.code());
        });
    }
}
