// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.approval.RefusalGround;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

class ApprovalTest {

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final OfficerDesks desks = fixture.desks;
    private final List<OrdersFixture> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(OrdersFixture::close);
    }

    private OrdersFixture opened(OrdersFixture own) {
        opened.add(own);
        return own;
    }

    @Test
    void what_the_officers_sign_for_names_order_target_disks_and_recipients() {
        OrderId id = fixture.inReview();
        ApprovalBasis basis = fixture.orders.approvalBasis(fixture.officer(1), id);

        assertThat(basis.orderDigest()).isEqualTo(fixture.orders.status(id).orderDigest());
        assertThat(basis.asset().tenancyRef()).isEqualTo("tenant-1");
        assertThat(basis.diskIds()).hasSize(1);
        assertThat(basis.recipients())
                .containsExactlyInAnyOrder(
                        KeyId.of(fixture.world.cast().caseTeam().publicKey()),
                        KeyId.of(fixture.world.cast().recovery().publicKey()));
        assertThat(fixture.log.payload(basis.verifiedLeaf())).isPresent();
    }

    @Test
    void two_officers_approve_and_one_does_not() {
        OrderId id = fixture.inReview();

        assertThat(desks.approve(1, id, Decision.RELEASE).state()).isEqualTo("review");
        assertThat(fixture.orders.claim(id)).isEmpty();
        OrderStatus status = desks.approve(2, id, Decision.RELEASE);

        assertThat(status.state()).isEqualTo("approved");
        assertThat(status.approvals()).isEqualTo(2);
        assertThat(fixture.entries(id)).endsWith("order.approval", "order.approval", "order.approved");
    }

    @Test
    void the_same_officer_twice_counts_once_and_is_told() {
        OrderId id = fixture.inReview();
        desks.approve(1, id, Decision.RELEASE);

        refused(ApprovalFault.REPEATED, 1, id, desks.approval(1, id, Decision.RELEASE));
        assertThat(desks.approve(1, id, Decision.SECURE).state()).isEqualTo("review");
        assertThat(fixture.entries(id)).contains("order.approval-refused");
    }

    @Test
    void one_officer_refuses_and_it_is_over() {
        OrderId id = fixture.inReview();
        desks.approve(1, id, Decision.RELEASE);

        OrderStatus status = desks.approve(2, id, Decision.REFUSE);

        assertThat(status.state()).isEqualTo("refused");
        assertThat(status.reason()).contains("OFFICER_REFUSED");
        assertThat(status.holdUntil()).isEmpty();
    }

    @Test
    void an_officer_stops_what_was_approved() {
        OrderId id = fixture.approved();

        assertThat(desks.approve(2, id, Decision.REFUSE).state()).isEqualTo("refused");
        assertThat(fixture.orders.claim(id)).isEmpty();
    }

    @Test
    void an_officer_does_not_send_what_another_signed() {
        OrderId id = fixture.inReview();

        refused(ApprovalFault.OTHER_OFFICER, 2, id, desks.approval(1, id, Decision.RELEASE));
    }

    @Test
    void neither_supervisor_nor_prosecutor_approves() {
        OrderId id = fixture.inReview();
        ApprovalBasis basis = fixture.orders.approvalBasis(fixture.officer(1), id);

        refused(ApprovalFault.NOT_AN_OFFICER, 1, id, sign(fixture.world.cast().supervisor(), basis));
        refused(ApprovalFault.NOT_AN_OFFICER, 1, id, sign(fixture.world.cast().judge(), basis));
        refused(ApprovalFault.OWN_ORDER, 1, id, sign(fixture.world.cast().prosecutor(), basis));
        assertThatThrownBy(() -> fixture.orders.approve(
                        fixture.investigator(), id, new byte[] {'{', '}'}, 1, OrdersFixture.key()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
    }

    @Test
    void an_approval_of_another_order_target_or_recipient_does_not_count() {
        OrderId id = fixture.inReview();
        ApprovalBasis basis = fixture.orders.approvalBasis(fixture.officer(1), id);
        ApprovalBasis elsewhere = fixture.orders.approvalBasis(fixture.officer(1), fixture.inReview());
        LocatedAsset neighbour = OrdersFixture.found(UUID.randomUUID(), "t", org.sparekey.protocol.order.Grade.CERTAIN)
                .asset()
                .orElseThrow();
        Actor officer = fixture.world.cast().officer1();

        refused(ApprovalFault.OTHER_ORDER, 1, id, sign(officer, elsewhere));
        refused(ApprovalFault.OTHER_TARGET, 1, id, sign(officer, with(basis, neighbour, basis.recipients())));
        refused(
                ApprovalFault.OTHER_RECIPIENTS,
                1,
                id,
                sign(officer, with(basis, basis.asset(), List.of(Digest.sha256(new byte[] {9})))));
        assertThat(fixture.orders.status(id).approvals()).isZero();
    }

    @Test
    void an_expired_approval_does_not_count_and_neither_does_one_that_expires_meanwhile() {
        OrdersFixture own = opened(OrdersFixture.fresh());
        OrderId id = own.inReview();
        ApprovalBasis basis = own.orders.approvalBasis(own.officer(1), id);
        Actor first = own.world.cast().officer1();
        own.desks.send(
                1, id, own.desks.sign(first, basis, Decision.RELEASE, own.now().plusSeconds(60)));
        own.pass(Duration.ofMinutes(2));

        assertThat(own.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("review");
        Approval late = own.desks.sign(first, basis, Decision.SECURE, own.now().plusSeconds(1));
        own.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> own.desks.send(1, id, late)).hasMessageContaining("EXPIRED");
    }

    @Test
    void an_approval_for_an_older_version_of_the_order_is_not_taken() {
        OrderId id = fixture.inReview();
        byte[] approval = Wire.write(desks.approval(1, id, Decision.RELEASE));
        long version = fixture.orders.status(id).version();
        desks.approve(2, id, Decision.RELEASE);

        assertThatThrownBy(() -> fixture.orders.approve(fixture.officer(1), id, approval, version, OrdersFixture.key()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PRECONDITION_FAILED));
    }

    @Test
    void a_retry_with_the_same_key_counts_once() {
        OrderId id = fixture.inReview();
        byte[] approval = Wire.write(desks.approval(1, id, Decision.RELEASE));
        long version = fixture.orders.status(id).version();
        String key = OrdersFixture.key();
        fixture.orders.approve(fixture.officer(1), id, approval, version, key);
        fixture.orders.approve(fixture.officer(1), id, approval, version, key);

        assertThat(fixture.orders.status(id).approvals()).isEqualTo(1);
    }

    @Test
    void a_refused_approval_sent_again_is_refused_again_with_the_same_problem_and_is_no_second_entry() {
        OrderId id = fixture.inReview();
        byte[] foreign = Wire.write(desks.approval(1, id, Decision.RELEASE));
        long version = fixture.orders.status(id).version();
        String key = OrdersFixture.key();

        ProblemException first = refusal(2, id, foreign, version, key);
        ProblemException again = refusal(2, id, foreign, version, key);

        assertThat(again.problem()).isEqualTo(first.problem()).isEqualTo(Problem.APPROVAL_REFUSED);
        assertThat(again.detail()).isEqualTo(first.detail()).startsWith(ApprovalFault.OTHER_OFFICER.code());
        assertThat(fixture.entries(id)).containsOnlyOnce("order.approval-refused");
        assertThat(fixture.orders.status(id).approvals()).isZero();
        assertThat(desks.approve(2, id, Decision.RELEASE).approvals()).isEqualTo(1);
    }

    @Test
    void an_approval_that_came_too_late_or_too_early_is_judged_anew_under_the_same_key() {
        OrderId id = fixture.inReview();
        byte[] approval = Wire.write(desks.approval(1, id, Decision.RELEASE));
        long version = fixture.orders.status(id).version();
        String key = OrdersFixture.key();

        for (int i = 0; i < 2; i++) {
            assertThat(refusal(1, id, approval, version + 1, key).problem()).isEqualTo(Problem.PRECONDITION_FAILED);
        }
        fixture.orders.approve(fixture.officer(1), id, approval, version, key);

        assertThat(fixture.orders.status(id).approvals()).isEqualTo(1);
        fixture.orders.approve(fixture.officer(1), id, approval, version + 7, key);
        assertThat(fixture.orders.status(id).approvals()).isEqualTo(1);
    }

    @Test
    void a_key_used_for_one_order_does_not_pretend_to_approve_another() {
        OrderId one = fixture.inReview();
        OrderId other = fixture.inReview();
        byte[] approval = Wire.write(desks.approval(1, one, Decision.RELEASE));
        String key = OrdersFixture.key();
        fixture.orders.approve(
                fixture.officer(1), one, approval, fixture.orders.status(one).version(), key);

        ProblemException refusal =
                refusal(1, other, approval, fixture.orders.status(other).version(), key);

        assertThat(refusal.problem()).isEqualTo(Problem.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void a_colleague_who_sends_my_approval_under_my_key_is_not_told_that_it_was_taken() {
        OrderId id = fixture.inReview();
        byte[] approval = Wire.write(desks.approval(1, id, Decision.RELEASE));
        long version = fixture.orders.status(id).version();
        String key = OrdersFixture.key();
        fixture.orders.approve(fixture.officer(1), id, approval, version, key);

        assertThat(refusal(2, id, approval, version, key).problem()).isEqualTo(Problem.IDEMPOTENCY_KEY_REUSED);
        assertThat(fixture.orders.status(id).approvals()).isEqualTo(1);
    }

    @Test
    void an_officer_whose_approval_expired_gives_it_again_and_counts_once() {
        OrdersFixture own = opened(OrdersFixture.fresh());
        OrderId id = own.inReview();
        ApprovalBasis basis = own.orders.approvalBasis(own.officer(1), id);
        Actor first = own.world.cast().officer1();
        own.desks.send(
                1, id, own.desks.sign(first, basis, Decision.RELEASE, own.now().plusSeconds(60)));
        own.pass(Duration.ofMinutes(2));

        assertThat(own.desks.approve(1, id, Decision.RELEASE).state()).isEqualTo("review");
        assertThat(own.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
    }

    @Test
    void a_guest_that_cannot_be_read_leaves_nothing_to_sign_for_until_it_can() {
        String address = OrdersFixture.address();
        UUID uuid = UUID.randomUUID();
        fixture.places.put(address, OrdersFixture.found(uuid, "t", org.sparekey.protocol.order.Grade.CERTAIN));
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, OrdersFixture.SEEN)));

        assertThatThrownBy(() -> fixture.orders.approvalBasis(fixture.officer(1), id))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        fixture.guests.put(uuid.toString(), OrdersFixture.guest(uuid, "disk"));
        fixture.orders.step();
        assertThat(fixture.orders.approvalBasis(fixture.officer(1), id).diskIds())
                .containsExactly("disk");
    }

    @Test
    void a_refusal_without_its_ground_or_with_another_one_refuses_nothing() {
        OrderId id = fixture.inReview();
        Approval refusal = desks.approval(1, id, Decision.REFUSE);
        long version = fixture.orders.status(id).version();
        assertThat(refusal(1, id, Wire.write(refusal), version, OrdersFixture.key())
                        .detail())
                .startsWith(ApprovalFault.REASON_MISSING.code());
        RefusalReason other = new RefusalReason(
                RefusalReason.VERSION,
                RefusalReason.TYPE,
                RefusalGround.OTHER,
                "something else",
                OfficerDesks.REASON.salt());
        long now = fixture.orders.status(id).version();
        assertThatThrownBy(() -> fixture.orders.refuse(
                        fixture.officer(1), id, Wire.write(refusal), other, now, OrdersFixture.key()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.detail()).startsWith(ApprovalFault.REASON_MISSING.code()));
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void while_a_call_back_is_required_two_officers_do_not_suffice() {
        OrdersFixture own = opened(OrdersFixture.callingBack());
        OrderId id = own.approved();

        assertThat(own.orders.status(id).state()).isEqualTo("review");
        assertThat(own.orders.status(id).holdUntil())
                .contains(own.orders.status(id).receivedAt().plus(Duration.ofHours(48)));
        assertThat(own.orders.claim(id)).isEmpty();
    }

    private ProblemException refusal(int officer, OrderId id, byte[] approval, long version, String key) {
        return catchThrowableOfType(
                ProblemException.class,
                () -> fixture.orders.approve(fixture.officer(officer), id, approval, version, key));
    }

    private Approval sign(Actor actor, ApprovalBasis basis) {
        return desks.sign(actor, basis, Decision.RELEASE, fixture.now().plus(Duration.ofHours(1)));
    }

    private static ApprovalBasis with(ApprovalBasis basis, LocatedAsset asset, List<Digest> recipients) {
        return new ApprovalBasis(
                basis.orderDigest(),
                basis.verifiedLeaf(),
                basis.matrixRow(),
                basis.matrixVersion(),
                asset,
                basis.diskIds(),
                basis.configurationHash(),
                recipients,
                basis.captureMemory());
    }

    private void refused(ApprovalFault fault, int officer, OrderId id, Approval approval) {
        assertThatThrownBy(() -> desks.send(officer, id, approval))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.APPROVAL_REFUSED);
                    assertThat(e.detail()).startsWith(fault.code());
                });
        assertThat(Optional.of(fixture.orders.status(id).state())).contains("review");
    }
}
