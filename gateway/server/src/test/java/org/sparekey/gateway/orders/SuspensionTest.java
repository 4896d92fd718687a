// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.joint.AuthorityResumption;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.order.AuthorityReport;
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
    void an_attempt_that_was_under_way_is_reconciled_and_nothing_is_let_go() {
        OrderId id = fixture.approved();
        ApprovedOrder order = fixture.orders.claim(id).orElseThrow();
        fixture.orders.started(order, new byte[] {1});
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);
        fixture.pass(Executions.LEASE.plusSeconds(1));

        assertThat(fixture.orders.claim())
                .hasValueSatisfying(running -> assertThat(running.phase()).isEqualTo(ApprovedOrder.Phase.RECONCILE));
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
        while (fixture.log.step()) {
            // until everything is recorded
        }

        AuthorityReport report = fixture.orders.authorityReport(fixture.officer(1), Cast.AUTHORITY);

        assertThat(report.orders()).singleElement().satisfies(one -> {
            assertThat(one.order().orderId()).isEqualTo(id.code());
            assertThat(one.acts())
                    .extracting(AuthorityReport.Act::type)
                    .containsExactly("order.submitted", "order.read");
        });
        assertThat(fixture.orders
                        .authorityReport(fixture.officer(1), Cast.OTHER_AUTHORITY)
                        .orders())
                .isEmpty();
        for (Caller caller : List.of(fixture.investigator(), fixture.stranger())) {
            refused(Problem.FORBIDDEN, () -> fixture.orders.authorityReport(caller, Cast.AUTHORITY));
            refused(Problem.FORBIDDEN, () -> fixture.orders.suspendAuthority(caller, Cast.OTHER_AUTHORITY));
        }
        refused(Problem.NOT_FOUND, () -> fixture.orders.suspendAuthority(fixture.officer(1), "niemand"));
        Caller supervisor = OrdersFixture.caller(fixture.world.cast().supervisor(), Role.SUPERVISOR);
        assertThat(fixture.orders
                        .suspendAuthority(supervisor, Cast.OTHER_AUTHORITY)
                        .suspendedAt())
                .isPresent();
    }

    private byte[] resumption(Instant since, Actor... by) {
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
