// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackFault;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Assurance;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** What arrives as PDF or on paper: an officer types it in, another one calls, and then the same machine runs. */
class PaperOrderTest {

    private static final byte[] SCAN = "%PDF-1.7 a scan".getBytes(StandardCharsets.US_ASCII);

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_paper_order_is_looked_up_for_only_after_another_officer_called_its_issuer() throws Exception {
        OrderStatus entered = enter(1, scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN)));
        OrderId id = OrdersFixture.id(entered);
        assertThat(entered.state()).isEqualTo("held");
        assertThat(entered.authenticity()).isEqualTo(OrderStatus.PAPER);
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("held");

        OrderStatus called = call(2, id, CallBackSubject.ISSUER, code(1, id, CallBackSubject.ISSUER));
        assertThat(called.state()).as("a person's first order rests").isEqualTo("held");
        fixture.pass(CallBackDecisions.COOLING_OFF.minusSeconds(1));
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("held");
        fixture.pass(Duration.ofSeconds(1));
        fixture.orders.step();

        OrderStatus answered = fixture.orders.status(id);
        assertThat(answered.state()).isEqualTo("closed");
        assertThat(answered.authenticity()).isEqualTo(OrderStatus.PAPER_CALLED_BACK);
        IdentityAnswer answer = SignedDocument.parse(
                        fixture.orders.file(id).orElseThrow().answerJws().orElseThrow())
                .read(IdentityAnswer.TYPE, IdentityAnswer.class);
        assertThat(answer.assurance()).contains(new Assurance(Assurance.PAPER_CALLED_BACK, Optional.empty()));
    }

    @Test
    void an_emergency_on_paper_rests_too_while_only_one_person_called() {
        OrderId id = OrdersFixture.id(
                enter(1, scanned(OrderDesk.emergency(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN)))));
        assertThat(call(2, id, CallBackSubject.ISSUER, code(1, id, CallBackSubject.ISSUER))
                        .state())
                .isEqualTo("held");
        String again = code(1, id, CallBackSubject.ISSUER);
        refused(CallBackFault.REPEATED.code(), () -> call(2, id, CallBackSubject.ISSUER, again));
        refused(CallBackFault.OWN_ENTRY.code(), () -> call(1, id, CallBackSubject.ISSUER, again));
        assertThat(fixture.orders.status(id).state()).isEqualTo("held");
    }

    @Test
    void what_rests_on_paper_is_answered_to_nobody_when_its_issuer_denies_it_meanwhile() {
        OrderId id = OrdersFixture.id(enter(1, scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN))));
        call(2, id, CallBackSubject.ISSUER, code(1, id, CallBackSubject.ISSUER));
        assertThat(new CallBackDesk(fixture).deny(2, id).state()).isEqualTo("refused");
        fixture.pass(CallBackDecisions.COOLING_OFF);
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("refused");
        assertThat(fixture.orders.file(id).orElseThrow().answerJws()).isEmpty();
    }

    @Test
    void what_rests_on_paper_is_not_answered_to_a_suspended_authority_when_the_rest_is_over() {
        OrderId id = OrdersFixture.id(enter(1, scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN))));
        call(2, id, CallBackSubject.ISSUER, code(1, id, CallBackSubject.ISSUER));
        fixture.orders.suspendAuthority(
                fixture.officer(1), fixture.investigator().party().value());
        fixture.pass(CallBackDecisions.COOLING_OFF);
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("held");
    }

    @Test
    void the_disk_on_paper_needs_the_judges_office_on_the_telephone_too_and_then_two_officers() {
        OrderDocument order = OrderDesk.emergency(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN));
        OrderId id = OrdersFixture.id(enter(1, scanned(order)));
        assertThat(call(2, id, CallBackSubject.ISSUER, code(1, id, CallBackSubject.ISSUER))
                        .state())
                .isEqualTo("held");
        assertThat(call(2, id, CallBackSubject.VALIDATOR, code(1, id, CallBackSubject.VALIDATOR))
                        .state())
                .isEqualTo("review");
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state())
                .as("a person's first order rests")
                .isEqualTo("review");

        fixture.pass(CallBackDecisions.COOLING_OFF);
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
        assertThat(fixture.orders.claim(id))
                .hasValueSatisfying(order1 -> assertThat(order1.calledBack()).isTrue())
                .hasValueSatisfying(order1 -> assertThat(order1.assurance())
                        .isEqualTo(new Assurance(
                                Assurance.PAPER_CALLED_BACK, Optional.of(Assurance.REFERENCE_CONFIRMED_BY_CALLBACK))));
    }

    @Test
    void whoever_typed_it_in_does_not_call() {
        OrderId id = OrdersFixture.id(enter(1, scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN))));
        String code = code(1, id, CallBackSubject.ISSUER);
        refused(CallBackFault.OWN_ENTRY.code(), () -> call(1, id, CallBackSubject.ISSUER, code));
        assertThatThrownBy(() -> code(2, id, CallBackSubject.ISSUER)).isInstanceOf(ProblemException.class);
    }

    @Test
    void an_officers_invention_without_scan_for_nobody_or_as_a_withdrawal_is_refused() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN);
        assertThat(enter(1, order).reason()).contains("SCAN_MISSING");
        OrderDocument nobody = new Altered(scanned(order))
                .issuer(new Issuer("verzonnen-eenheid", "p-1", "INVESTIGATOR", "NL"))
                .document();
        assertThat(enter(1, nobody).reason()).contains("ISSUER_NOT_IN_REGISTER");
        OrderStatus first = fixture.submit(fixture.desk.disk(fixture.machine(), OrdersFixture.SEEN));
        OrderDocument withdrawal = new Altered(scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN)))
                .kind(OrderKind.WITHDRAWAL)
                .parent(first.id())
                .document();
        assertThat(enter(1, withdrawal).reason()).contains("NOT_YOURS_TO_WITHDRAW");
        assertThat(fixture.orders.status(OrdersFixture.id(first)).state()).isEqualTo("review");
    }

    @Test
    void nobody_enters_what_another_officer_signed_or_an_issuer_did() {
        OrderDocument order = scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN));
        Letter others = fixture.desk.unvalidated(order, fixture.world.cast().officer2());
        assertThat(fixture.submit(fixture.officer(1), others, scan()).reason()).contains("SUBMITTED_BY_ANOTHER");
        OrderDocument again = scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN));
        Letter issuers = fixture.desk.unvalidated(again, fixture.world.cast().investigator());
        assertThat(fixture.submit(fixture.officer(1), issuers, scan()).reason()).contains("SUBMITTED_BY_ANOTHER");
    }

    @Test
    void an_investigators_channel_brings_nothing_that_an_officer_signed() {
        OrderDocument order = scanned(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN));
        Letter entered = fixture.desk.unvalidated(order, fixture.world.cast().officer1());
        assertThat(fixture.submit(fixture.investigator(), entered, scan()).state())
                .isEqualTo("refused");
    }

    private OrderStatus enter(int officer, OrderDocument order) {
        Caller caller = fixture.officer(officer);
        Letter letter =
                fixture.desk.unvalidated(order, fixture.world.cast().officers().get(officer - 1));
        Multipart.Part[] parts = order.documents().isEmpty() ? new Multipart.Part[0] : new Multipart.Part[] {scan()};
        return fixture.submit(caller, letter, parts);
    }

    private static Multipart.Part scan() {
        return new Multipart.Part("document", "application/pdf", SCAN);
    }

    private static OrderDocument scanned(OrderDocument order) {
        return new Altered(order)
                .documents(List.of(new DocumentReference(Digest.sha256(SCAN), "application/pdf")))
                .document();
    }

    private String code(int officer, OrderId id, CallBackSubject subject) {
        return fixture.orders
                .callBackCode(fixture.officer(officer), id, subject)
                .code();
    }

    private OrderStatus call(int officer, OrderId id, CallBackSubject subject, String code) {
        CallBackDesk desk = new CallBackDesk(fixture);
        CallBackSheet.Call call = desk.sheet(id).calls().stream()
                .filter(one -> one.subject() == subject)
                .findFirst()
                .orElseThrow();
        return desk.send(officer, id, desk.record(officer, id, call, CallBackOutcome.CONFIRMED, Optional.of(code)));
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.detail()).startsWith(code));
    }
}
