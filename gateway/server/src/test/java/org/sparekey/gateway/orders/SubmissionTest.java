// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.OrderDesk.Letter;

class SubmissionTest {

    private final OrdersFixture fixture = OrdersFixture.shared();

    @Test
    void who_had_an_address_is_answered_at_once_and_signed() throws Exception {
        OrderStatus status = fixture.submit(fixture.desk.whoHad(fixture.machine(), SEEN));

        assertThat(status.state()).isEqualTo("closed");
        assertThat(status.grade()).contains(Grade.CERTAIN);
        assertThat(status.holdUntil()).isEmpty();
        assertThat(status.calledBack()).isEqualTo(OrderStatus.NOT_CALLED_BACK);
        SignedDocument answer = SignedDocument.parse(fixture.orders
                .file(OrdersFixture.id(status))
                .orElseThrow()
                .answerJws()
                .orElseThrow());
        assertThat(answer.verifiedBy(fixture.keys.statement().publicKey())).isTrue();
        IdentityAnswer said = answer.read(IdentityAnswer.TYPE, IdentityAnswer.class);
        assertThat(said.orderDigest()).isEqualTo(status.orderDigest());
        assertThat(said.partyOfRecord().orElseThrow().legalName()).isEqualTo("Palmstrand Ltd");
        assertThat(fixture.entries(OrdersFixture.id(status)))
                .containsExactly(
                        "order.submitted",
                        "order.verified",
                        "order.held",
                        "order.located",
                        "order.answered",
                        "order.closed",
                        "hold.released");
    }

    @Test
    void what_nobody_knows_is_answered_with_the_grade_unknown() {
        OrderStatus status = fixture.submit(fixture.desk.whoHad(OrdersFixture.address(), SEEN));

        assertThat(status.state()).isEqualTo("closed");
        assertThat(status.grade()).contains(Grade.UNKNOWN);
    }

    @Test
    void a_disk_with_the_judge_is_held_located_and_waits_for_the_officers() {
        OrderStatus status = fixture.submit(fixture.desk.disk(fixture.machine(), SEEN));

        assertThat(status.state()).isEqualTo("review");
        assertThat(status.matrixRow()).contains("NL-126ng2");
        assertThat(status.holdUntil()).contains(status.deadline());
        assertThat(fixture.entries(OrdersFixture.id(status)))
                .containsExactly(
                        "order.submitted",
                        "order.validation",
                        "order.verified",
                        "order.held",
                        "order.located",
                        "order.review",
                        "order.basis");
    }

    @ParameterizedTest
    @EnumSource(
            value = StopReason.class,
            names = {"TENANCY_CHANGED", "AMBIGUOUS", "UNKNOWN", "NOT_MATCHED"})
    void an_innocent_successor_is_not_touched_and_nothing_stays_held(StopReason reason) {
        String address = OrdersFixture.address();
        fixture.places.put(address, OrdersFixture.nowhere(reason));

        OrderStatus status = fixture.submit(fixture.desk.disk(address, SEEN));

        assertThat(status.state()).isEqualTo("stopped");
        assertThat(status.reason()).contains(reason.code());
        assertThat(status.explanation()).containsExactly(reason.english(), reason.dutch());
        assertThat(status.holdUntil()).isEmpty();
        assertThat(fixture.orders.claim(OrdersFixture.id(status))).isEmpty();
    }

    @Test
    void a_probable_machine_is_not_copied() {
        String address = OrdersFixture.address();
        fixture.places.put(address, OrdersFixture.found(UUID.randomUUID(), "t", Grade.PROBABLE));

        assertThat(fixture.submit(fixture.desk.disk(address, SEEN)).reason()).contains("NOT_MATCHED");
    }

    @Test
    void a_voluntary_request_is_recorded_and_can_do_nothing() {
        OrderStatus status = fixture.submit(fixture.desk.voluntary(fixture.machine(), SEEN));

        assertThat(status.state()).isEqualTo("received");
        assertThat(status.holdUntil()).isEmpty();
        assertThat(status.grade()).isEmpty();
        OrderId id = OrdersFixture.id(status);
        fixture.orders.step();
        assertThat(fixture.orders.claim(id)).isEmpty();
        assertThat(fixture.orders.closed(id)).isInstanceOf(Transition.Illegal.class);
        assertThat(fixture.orders.file(id).orElseThrow().answerJws()).isEmpty();
        assertThat(fixture.entries(id)).containsExactly("order.submitted", "order.received", "order.illegal");
    }

    @Test
    void a_preservation_holds_one_disk_and_discloses_nothing() {
        String address = fixture.machine();
        OrderDocument content = fixture.desk.content(address, SEEN);
        OrderDocument freeze = new Altered(content)
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .scope(new Scope(List.of(Category.CONTENT), SEEN, OrdersFixture.START, List.of(), false))
                .document();

        OrderStatus status = fixture.submit(
                fixture.desk.unvalidated(freeze, fixture.world.cast().prosecutor()));

        assertThat(status.state()).isEqualTo("preserved");
        assertThat(status.holdUntil()).contains(status.receivedAt().plus(Duration.ofDays(90)));
        assertThat(fixture.orders.holds(fixture.asset(address)))
                .extracting(Hold::category)
                .containsExactly(Category.CONTENT);
        assertThat(fixture.orders.claim(OrdersFixture.id(status))).isEmpty();
        assertThatThrownBy(() -> fixture.orders.approvalBasis(fixture.officer(1), OrdersFixture.id(status)))
                .isInstanceOf(ProblemException.class);
    }

    // Repeats

    @Test
    void the_same_order_again_is_a_duplicate_and_an_entry_of_the_first() {
        Letter letter = fixture.desk.whoHad(fixture.machine(), SEEN);
        OrderStatus first = fixture.submit(letter);

        problem(
                Problem.ORDER_DUPLICATE,
                fixture.investigator(),
                part("order", letter.order().compact()));
        assertThat(fixture.entries(OrdersFixture.id(first))).endsWith("order.duplicate");
    }

    @Test
    void a_retry_with_the_same_key_gets_the_same_order() {
        byte[] body = OrdersFixture.body(fixture.desk.whoHad(fixture.machine(), SEEN));
        String key = OrdersFixture.key();
        String type = Multipart.contentType("boundary");

        Acceptance first = fixture.orders.submit(fixture.investigator(), body, type, key);
        Acceptance second = fixture.orders.submit(fixture.investigator(), body, type, key);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_duplicate_sent_again_is_refused_again_with_the_same_problem_and_is_no_second_entry() {
        byte[] body = OrdersFixture.body(fixture.desk.whoHad(fixture.machine(), SEEN));
        String key = OrdersFixture.key();
        String type = Multipart.contentType("boundary");
        Acceptance first = fixture.orders.submit(fixture.investigator(), body, type, OrdersFixture.key());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> fixture.orders.submit(fixture.investigator(), body, type, key))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ORDER_DUPLICATE));
        }
        assertThat(fixture.entries(first.id())).containsOnlyOnce("order.duplicate");
    }

    @Test
    void a_refused_order_sent_again_is_the_same_refused_order() {
        byte[] body = OrdersFixture.body(fixture.desk.diskWithoutJudge(fixture.machine(), SEEN));
        String key = OrdersFixture.key();
        String type = Multipart.contentType("boundary");

        Acceptance first = fixture.orders.submit(fixture.investigator(), body, type, key);
        Acceptance again = fixture.orders.submit(fixture.investigator(), body, type, key);

        assertThat(again).isEqualTo(first);
        assertThat(fixture.orders.status(again.id()).reason()).contains("VALIDATOR_NOT_NAMED");
        assertThat(fixture.entries(first.id())).containsExactly("order.submitted", "order.refused");
    }

    @Test
    void an_idempotency_key_is_not_used_for_two_orders() {
        String key = OrdersFixture.key();
        String type = Multipart.contentType("boundary");
        byte[] one = OrdersFixture.body(fixture.desk.whoHad(fixture.machine(), SEEN));
        byte[] other = OrdersFixture.body(fixture.desk.whoHad(fixture.machine(), SEEN));
        fixture.orders.submit(fixture.investigator(), one, type, key);

        assertThatThrownBy(() -> fixture.orders.submit(fixture.investigator(), other, type, key))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.IDEMPOTENCY_KEY_REUSED));
    }

    // Documents and callers

    @Test
    void exactly_the_documents_that_the_order_names_are_attached() {
        byte[] scan = {1, 2, 3};
        OrderDocument order = new Altered(fixture.desk.identity(fixture.machine(), SEEN))
                .documents(List.of(new DocumentReference(Digest.sha256(scan), "application/pdf")))
                .document();
        Letter letter = byInvestigator(order);
        Multipart.Part named = new Multipart.Part("document", "application/pdf", scan);
        Multipart.Part unnamed = new Multipart.Part("document", "application/pdf", new byte[] {4});

        assertThatThrownBy(() -> fixture.submit(letter)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.submit(letter, named, unnamed)).isInstanceOf(ProblemException.class);
        OrderStatus status = fixture.submit(letter, named);
        assertThat(fixture.orders.file(OrdersFixture.id(status)).orElseThrow().documents())
                .containsExactly(scan);
    }

    @Test
    void a_reseller_submits_no_order_and_an_officer_none_that_others_signed() {
        Letter letter = fixture.desk.whoHad(fixture.machine(), SEEN);
        Caller reseller = OrdersFixture.caller(fixture.world.cast().reseller(), Role.RESELLER);

        assertThat(fixture.submit(fixture.officer(1), letter).reason()).contains("SUBMITTED_BY_ANOTHER");
        problem(Problem.FORBIDDEN, reseller, part("order", letter.order().compact()));
    }

    @Test
    void for_another_authority_an_order_does_not_exist() {
        OrderStatus status = fixture.submit(fixture.desk.whoHad(fixture.machine(), SEEN));
        Caller reseller = OrdersFixture.caller(fixture.world.cast().reseller(), Role.RESELLER);

        assertThat(fixture.orders
                        .visible(fixture.investigator(), status.orderId())
                        .code())
                .isEqualTo(status.orderId());
        assertThat(fixture.orders
                        .visible(fixture.investigator(), status.id().toString())
                        .code())
                .isEqualTo(status.orderId());
        assertThat(fixture.orders.visible(fixture.officer(1), status.orderId()).code())
                .isEqualTo(status.orderId());
        for (Caller other : List.of(fixture.stranger(), reseller)) {
            assertThatThrownBy(() -> fixture.orders.visible(other, status.orderId()))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
        }
        assertThat(fixture.orders.list(fixture.stranger()))
                .noneMatch(listed -> listed.orderId().equals(status.orderId()));
        assertThat(fixture.orders.list(fixture.officer(1)))
                .anyMatch(listed -> listed.orderId().equals(status.orderId()));
    }

    private Letter byInvestigator(OrderDocument order) {
        return fixture.desk.unvalidated(order, fixture.world.cast().investigator());
    }

    private static Multipart.Part part(String name, String content) {
        return new Multipart.Part(name, "application/jose", Intake.ascii(content));
    }

    private void problem(Problem problem, Caller caller, Multipart.Part... parts) {
        byte[] body = Multipart.write(List.of(parts), "boundary");
        assertThatThrownBy(() ->
                        fixture.orders.submit(caller, body, Multipart.contentType("boundary"), OrdersFixture.key()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
