// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.joint.AuthorityResumption;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.AuthorityReport;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** The kill-switch: one pulls it, three put it back, and the report says what was ever given. */
class SuspensionTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_suspended_authority_submits_nothing_sees_nothing_and_gets_nothing_and_others_go_on() {
        OrderId approved = fixture.approved();
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);

        refused(
                Problem.AUTHORITY_SUSPENDED,
                () -> fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN)));
        refused(Problem.AUTHORITY_SUSPENDED, () -> fixture.orders.visible(fixture.investigator(), approved.code()));
        refused(Problem.AUTHORITY_SUSPENDED, () -> fixture.orders.list(fixture.investigator()));
        assertThat(fixture.orders.claim(approved)).isEmpty();
        assertThat(fixture.orders.claim()).isEmpty();
        assertThat(fixture.orders.status(approved).holdUntil()).isPresent();
        assertThat(fixture.orders.list(fixture.stranger())).isEmpty();
        assertThat(fixture.orders.list(fixture.officer(2))).hasSize(1);
    }

    @Test
    void an_attempt_that_was_under_way_is_reconciled() {
        OrderId id = fixture.approved();
        ApprovedOrder order = fixture.orders.claim(id).orElseThrow();
        fixture.orders.started(order, new byte[] {1});
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);
        fixture.pass(Executions.LEASE.plusSeconds(1));

        assertThat(fixture.orders.claim())
                .hasValueSatisfying(running -> assertThat(running.phase()).isEqualTo(ApprovedOrder.Phase.RECONCILE));
    }

    /** The steps of the evidence room are tried where they are taken: {@code LettingGoTest}. */
    @Test
    void a_lease_from_before_the_suspension_begins_nothing_and_lets_nothing_go() throws Exception {
        OrderId approved = fixture.approved();
        ApprovedOrder begun = fixture.orders.claim(approved).orElseThrow();
        OrderId running = fixture.approved();
        ApprovedOrder sealed = fixture.orders.claim(running).orElseThrow();
        fixture.orders.started(sealed, new byte[] {1});
        Instant since = suspended();

        assertThat(fixture.orders.started(begun, new byte[] {1})).isInstanceOf(Transition.LeaseLost.class);
        assertThat(fixture.orders.renew(sealed)).isEmpty();
        assertThat(fixture.orders.secured(sealed, Digest.sha256(new byte[0]), new byte[] {1}))
                .isInstanceOf(Transition.Done.class);
        assertThat(fixture.orders.released(sealed)).isInstanceOf(Transition.LeaseLost.class);
        resume(since);
        assertThat(fixture.orders.released(sealed)).isInstanceOf(Transition.Done.class);
        fixture.pass(Duration.ofSeconds(1));
        Instant again = suspended();
        assertThat(fixture.orders.available(sealed)).isInstanceOf(Transition.LeaseLost.class);
        resume(again);
        assertThat(fixture.orders.available(sealed)).isInstanceOf(Transition.Done.class);
    }

    @Test
    void more_open_cases_than_one_round_takes_are_all_told_once_and_in_order() throws Exception {
        List<OrderId> all = new ArrayList<>();
        for (int i = 0; i < Orders.STEPS_AT_ONCE + 2; i++) {
            all.add(fixture.inReview());
        }
        Instant since = suspended();
        assertThat(all.stream().filter(id -> !said(id).isEmpty())).hasSize(Orders.STEPS_AT_ONCE);
        resume(since);
        for (int i = 0; i < 3; i++) {
            fixture.orders.step();
        }
        assertThat(all)
                .allSatisfy(id ->
                        assertThat(said(id)).containsExactly("order.authority-suspended", "order.authority-resumed"));
    }

    @Test
    void what_ends_before_it_was_told_has_its_last_entry_already() {
        List<OrderId> all = new ArrayList<>();
        for (int i = 0; i < Orders.STEPS_AT_ONCE + 1; i++) {
            all.add(fixture.inReview());
        }
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);
        OrderId untold =
                all.stream().filter(id -> said(id).isEmpty()).findFirst().orElseThrow();
        fixture.desks.approve(1, untold, Decision.REFUSE);
        fixture.orders.step();
        assertThat(fixture.entries(untold)).endsWith("order.refused", "hold.released");
        assertThat(said(untold)).isEmpty();
    }

    /** Or its log would say that it went on while it was suspended. */
    @Test
    void nothing_goes_on_for_a_resumed_authority_before_the_case_was_told() {
        OrderId id = fixture.approved();
        fixture.jdbc
                .sql("INSERT INTO orders_suspension_note (order_id, says, role) VALUES (:id, 'RESUMED', 'OFFICER')")
                .param("id", id.code())
                .update();
        assertThat(fixture.orders.claim(id)).isEmpty();
        assertThat(fixture.orders.claim()).isEmpty();
        fixture.jdbc.sql("DELETE FROM orders_suspension_note").update();
        assertThat(fixture.orders.claim(id)).isPresent();
    }

    private List<String> said(OrderId id) {
        return fixture.entries(id).stream()
                .filter(type -> type.startsWith("order.authority-"))
                .toList();
    }

    @Test
    void an_officer_enters_no_paper_order_of_a_suspended_authority() {
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);
        refused(Problem.AUTHORITY_SUSPENDED, this::paper);
        assertThat(fixture.orders.list(fixture.officer(1))).isEmpty();
    }

    @Test
    void what_is_held_for_a_suspended_authority_is_not_looked_up_and_not_answered_until_it_is_resumed()
            throws Exception {
        OrderStatus entered = paper();
        OrderId id = OrdersFixture.id(entered);
        Instant since = suspended();

        CallBackDesk calls = new CallBackDesk(fixture);
        String code = fixture.orders
                .callBackCode(fixture.officer(1), id, CallBackSubject.ISSUER)
                .code();
        assertThat(calls.say(2, id, code).state()).isEqualTo("held");
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("held");
        assertThat(fixture.orders.file(id).orElseThrow().answerJws()).isEmpty();

        fixture.pass(CallBackDecisions.COOLING_OFF);
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("held");
        resume(since);
        fixture.orders.step();
        assertThat(fixture.orders.status(id).state()).isEqualTo("closed");
    }

    @Test
    void officers_approve_no_take_down_and_no_copy_of_a_suspended_authority_and_may_refuse_it() throws Exception {
        OrderDocument takeDown = new Altered(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document();
        OrderId first = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown)));
        OrderId second = fixture.inReview();
        fixture.desks.approve(1, first, Decision.RELEASE);
        Instant since = suspended();

        refused(Problem.AUTHORITY_SUSPENDED, () -> fixture.desks.approve(2, first, Decision.RELEASE));
        refused(Problem.AUTHORITY_SUSPENDED, () -> fixture.desks.approve(1, second, Decision.SECURE));
        assertThat(fixture.orders.status(first).state()).isEqualTo("review");
        assertThat(fixture.desks.approve(1, second, Decision.REFUSE).state()).isEqualTo("refused");

        resume(since);
        assertThat(fixture.desks.approve(2, first, Decision.RELEASE).state()).isEqualTo("approved");
    }

    private OrderStatus paper() {
        byte[] scan = "%PDF-1.7 a scan".getBytes(StandardCharsets.US_ASCII);
        OrderDocument order = new Altered(fixture.desk.identity(fixture.machine(), OrdersFixture.SEEN))
                .documents(List.of(new DocumentReference(Digest.sha256(scan), "application/pdf")))
                .document();
        return fixture.submit(
                fixture.officer(1),
                fixture.desk.unvalidated(order, fixture.world.cast().officer1()),
                new Multipart.Part("document", "application/pdf", scan));
    }

    private Instant suspended() {
        return fixture.orders
                .suspendAuthority(fixture.officer(1), Cast.AUTHORITY)
                .suspendedAt()
                .orElseThrow();
    }

    private void resume(Instant since) throws Exception {
        Cast cast = fixture.world.cast();
        byte[] joint = resumption(since, cast.officer1(), cast.officer2(), cast.supervisor());
        fixture.orders.resumeAuthority(fixture.officer(1), Cast.AUTHORITY, joint);
    }

    @Test
    void two_officers_and_the_supervisor_resume_it_and_nobody_less() throws Exception {
        Instant since = fixture.orders
                .suspendAuthority(fixture.officer(1), Cast.AUTHORITY)
                .suspendedAt()
                .orElseThrow();
        Cast cast = fixture.world.cast();
        for (byte[] joint : List.of(
                resumption(since, cast.officer1(), cast.officer2()),
                resumption(since, cast.officer1(), cast.supervisor()))) {
            refused(
                    Problem.DOCUMENT_REFUSED,
                    () -> fixture.orders.resumeAuthority(fixture.officer(1), Cast.AUTHORITY, joint));
        }
        byte[] another = resumption(since.minusSeconds(1), cast.officer1(), cast.officer2(), cast.supervisor());
        refused(Problem.CONFLICT, () -> fixture.orders.resumeAuthority(fixture.officer(1), Cast.AUTHORITY, another));

        byte[] joint = resumption(since, cast.officer1(), cast.officer2(), cast.supervisor());
        assertThat(fixture.orders
                        .resumeAuthority(fixture.officer(1), Cast.AUTHORITY, joint)
                        .suspendedAt())
                .isEmpty();

        assertThat(fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN))
                        .state())
                .isEqualTo("closed");
    }

    @Test
    void the_report_names_every_order_and_what_was_given_and_is_nobody_elses() {
        OrderStatus answered = fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN));
        OrderId id = OrdersFixture.id(answered);
        fixture.orders.looked(fixture.investigator(), id, "answer");
        while (fixture.log.stepper().step()) {
            // until everything is recorded
        }

        AuthorityReport report = fixture.orders.authorityReport(fixture.officer(1), Cast.AUTHORITY, Optional.empty());

        assertThat(report.orders()).singleElement().satisfies(one -> {
            assertThat(one.order().orderId()).isEqualTo(id.code());
            assertThat(one.acts())
                    .extracting(AuthorityReport.Act::type)
                    .containsExactly("order.submitted", "order.read");
        });
        assertThat(fixture.orders
                        .authorityReport(fixture.officer(1), Cast.OTHER_AUTHORITY, Optional.empty())
                        .orders())
                .isEmpty();
        for (Caller caller : List.of(fixture.investigator(), fixture.stranger())) {
            refused(Problem.FORBIDDEN, () -> fixture.orders.authorityReport(caller, Cast.AUTHORITY, Optional.empty()));
            refused(Problem.FORBIDDEN, () -> fixture.orders.suspendAuthority(caller, Cast.OTHER_AUTHORITY));
        }
        refused(Problem.NOT_FOUND, () -> fixture.orders.suspendAuthority(fixture.officer(1), "niemand"));
        Caller supervisor = OrdersFixture.caller(fixture.world.cast().supervisor(), Role.SUPERVISOR);
        assertThat(fixture.orders
                        .suspendAuthority(supervisor, Cast.OTHER_AUTHORITY)
                        .suspendedAt())
                .isPresent();
    }

    @Test
    void a_report_longer_than_a_page_is_read_to_its_end_and_names_each_order_once() {
        fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN));
        int more = 2 * Suspensions.PAGE;
        fixture.jdbc.sql("""
                        INSERT INTO orders_order
                        SELECT (jsonb_populate_record(o, jsonb_build_object(
                            'order_id', 'ORD-7777-' || (2000 + n), 'authentic', false))).*
                        FROM orders_order o, generate_series(1, :more) n
                        """).param("more", more).update();

        List<String> seen = new ArrayList<>();
        Optional<OrderId> behind = Optional.empty();
        do {
            AuthorityReport page = fixture.orders.authorityReport(fixture.officer(1), Cast.AUTHORITY, behind);
            page.orders().forEach(one -> seen.add(one.order().orderId()));
            behind = page.next().flatMap(OrderId::parse);
        } while (behind.isPresent());
        assertThat(seen).hasSize(more + 1).doesNotHaveDuplicates();
    }

    private byte[] resumption(Instant since, Actor... by) {
        return resumption(fixture, since, by);
    }

    static byte[] resumption(OrdersFixture fixture, Instant since, Actor... by) {
        AuthorityResumption said = new AuthorityResumption(
                AuthorityResumption.VERSION,
                AuthorityResumption.TYPE,
                Cast.AUTHORITY,
                since,
                "their mailbox is theirs again",
                List.of("officer-1", "officer-2"),
                fixture.now(),
                Bytes.of(new byte[AuthorityResumption.SALT_BYTES]));
        JointStatement joint = JointStatement.of(said);
        for (Actor actor : by) {
            joint = joint.signedBy(actor.document(), said);
        }
        return joint.bytes();
    }

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
