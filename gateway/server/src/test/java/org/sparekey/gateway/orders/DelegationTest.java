// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.approval.DelegationStatus;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

/** Who fills an absent officer's seat at the gateway's door, and everything that he is not. */
class DelegationTest {

    private static final String CHAMBERS = "raadsman-voorbeeld";

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final DelegationDesk desk = new DelegationDesk(fixture);
    private final Actor first = fixture.world.cast().officer1();
    private final Actor second = fixture.world.cast().officer2();

    @Test
    void an_officer_and_who_fills_the_others_seat_are_two_and_the_case_says_by_which_word() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Digest word = desk.given(second, counsel);
        OrderId id = fixture.inReview();
        assertThat(fixture.orders.visible(desk.caller(counsel), id.code())).isEqualTo(id);
        desk.say(counsel, id, Decision.RELEASE, word);
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");

        fixture.desks.approve(1, id, Decision.RELEASE);

        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");
        assertThat(fixture.orders.claim(id)).isPresent();
        assertThat(fixture.entries(id))
                .containsSubsequence("order.delegation", "order.approval", "order.approval", "order.approved");
    }

    @Test
    void an_officer_and_his_own_delegate_are_one() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Digest word = desk.given(first, counsel);
        OrderId id = fixture.inReview();
        fixture.desks.approve(1, id, Decision.RELEASE);
        refused(ApprovalFault.SEAT_TAKEN, counsel, id, Decision.RELEASE, word);

        OrderId other = fixture.inReview();
        desk.say(counsel, other, Decision.RELEASE, word);
        fixture.desks.approve(1, other, Decision.RELEASE);
        assertThat(fixture.orders.status(other).state()).isEqualTo("review");
        fixture.desks.approve(2, other, Decision.RELEASE);
        assertThat(fixture.orders.status(other).state()).isEqualTo("approved");
    }

    @Test
    void two_delegates_of_one_officer_are_one() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Actor peer = CoApproverTest.joined(fixture, "gildehost-voorbeeld");
        Digest word = desk.given(first, counsel);
        Digest again = desk.given(first, peer);
        OrderId id = fixture.inReview();
        desk.say(counsel, id, Decision.RELEASE, word);

        refused(ApprovalFault.SEAT_TAKEN, peer, id, Decision.RELEASE, again);
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void a_delegate_who_is_an_officer_himself_counts_once() {
        Digest word = desk.given(first, second);
        OrderId id = fixture.inReview();
        fixture.desks.approve(2, id, Decision.RELEASE);

        refused(ApprovalFault.REPEATED, second, id, Decision.RELEASE, word);
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void one_in_a_filled_seat_leads_an_outside_co_approver() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Actor peer = CoApproverTest.joined(fixture, "gildehost-voorbeeld");
        Digest word = desk.given(first, counsel);
        OrderId id = fixture.inReview();
        desk.say(counsel, id, Decision.RELEASE, word);

        desk.say(peer, id, Decision.RELEASE, Optional.empty());

        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");
    }

    @Test
    void a_revoked_one_counts_for_nothing_on_the_next_request_also_where_it_was_used() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Digest word = desk.given(second, counsel);
        OrderId id = fixture.inReview();
        desk.say(counsel, id, Decision.RELEASE, word);

        DelegationStatus status = fixture.delegations().revoke(desk.caller(first), word);

        assertThat(status.revokedAt()).isPresent();
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
        OrderId next = fixture.inReview();
        refused(ApprovalFault.DELEGATION_REVOKED, counsel, next, Decision.RELEASE, word);
        assertThatThrownBy(() -> fixture.orders.visible(desk.caller(counsel), next.code()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void what_was_approved_by_a_word_that_is_taken_back_is_not_carried_out() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Digest word = desk.given(second, counsel);
        OrderId id = fixture.inReview();
        desk.say(counsel, id, Decision.RELEASE, word);
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");

        fixture.delegations().revoke(OrdersFixture.caller(fixture.world.cast().supervisor(), Role.SUPERVISOR), word);

        assertThat(fixture.orders.claim(id)).isEmpty();
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void who_was_never_given_it_or_gave_it_himself_is_refused_and_nothing_is_kept() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Actor peer = CoApproverTest.joined(fixture, "gildehost-voorbeeld");
        Digest word = desk.given(second, counsel);
        OrderId id = fixture.inReview();

        refused(ApprovalFault.DELEGATION_OTHER_DELEGATE, peer, id, Decision.RELEASE, word);
        refused(ApprovalFault.DELEGATION_UNKNOWN, counsel, id, Decision.RELEASE, Digest.sha256(new byte[] {1}));
        assertThat(fixture.orders.status(id).approvals()).isZero();
        assertThat(fixture.entries(id)).doesNotContain("order.delegation");
    }

    @Test
    void whoever_is_of_the_issuing_authority_fills_no_seat() {
        Actor police = CoApproverTest.joined(fixture, org.sparekey.testkit.world.Cast.AUTHORITY);
        Digest word = desk.given(second, police);
        OrderId id = fixture.inReview();

        assertThatThrownBy(() -> fixture.orders.visible(desk.caller(police), id.code()))
                .isInstanceOf(ProblemException.class);
        refused(ApprovalFault.INTERESTED, police, id, Decision.RELEASE, word);
    }

    @Test
    void a_forged_delegation_is_refused_and_entered_as_refused() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Actor stranger = fixture.world.cast().stranger();

        notGiven(ApprovalFault.DELEGATION_NOT_HIS, first, desk.signed(stranger, desk.word(first, counsel)));
        notGiven(ApprovalFault.DELEGATION_NOT_HIS, first, desk.signed(second, desk.word(second, counsel)));
        notGiven(ApprovalFault.DELEGATION_NOT_HIS, first, desk.signed(counsel, desk.word(counsel, counsel)));
        String good = desk.signed(first, desk.word(first, counsel));
        int at = good.length() - 20;
        String flipped = good.substring(0, at) + (good.charAt(at) == 'A' ? 'B' : 'A') + good.substring(at + 1);
        notGiven(ApprovalFault.DELEGATION_INVALID, first, flipped);
    }

    @Test
    void one_that_is_over_or_for_another_gateway_or_for_nobody_is_not_taken() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Instant now = fixture.now();

        notGiven(
                ApprovalFault.DELEGATION_EXPIRED,
                first,
                desk.signed(first, desk.word(first, counsel, now.minusSeconds(60), now)));
        Delegation right = desk.word(first, counsel);
        notGiven(
                ApprovalFault.DELEGATION_ELSEWHERE,
                first,
                desk.signed(
                        first,
                        new Delegation(
                                right.v(),
                                right.type(),
                                "https://api.other.example:8443",
                                right.delegator(),
                                right.party(),
                                right.delegate(),
                                right.from(),
                                right.until(),
                                right.decisions(),
                                right.salt())));
        Actor unknown = new Actor(CHAMBERS, "c-none", counsel.tls(), counsel.message(), counsel.document());
        notGiven(ApprovalFault.DELEGATE_NOT_ENROLLED, first, desk.signed(first, desk.word(first, unknown)));
        Actor investigator = fixture.world.cast().investigator();
        notGiven(ApprovalFault.DELEGATE_NOT_ENROLLED, first, desk.signed(first, desk.word(first, investigator)));
    }

    @Test
    void one_that_has_not_begun_or_is_over_by_now_fills_no_seat() {
        try (OrdersFixture own = OrdersFixture.fresh()) {
            DelegationDesk there = new DelegationDesk(own);
            Actor counsel = CoApproverTest.joined(own, CHAMBERS);
            Instant begins = own.now().plus(Duration.ofHours(1));
            Digest word = there.given(second, counsel, begins, begins.plus(Duration.ofHours(1)));
            OrderId id = own.inReview();
            assertThatThrownBy(() -> own.orders.visible(there.caller(counsel), id.code()))
                    .isInstanceOf(ProblemException.class);
            there.refused(ApprovalFault.DELEGATION_NOT_YET, counsel, id, Decision.RELEASE, word);
            own.pass(Duration.ofHours(1));
            there.say(counsel, id, Decision.RELEASE, word);
            own.desks.approve(1, id, Decision.RELEASE);
            assertThat(own.orders.status(id).state()).isEqualTo("approved");
            own.pass(Duration.ofHours(1));

            assertThat(own.orders.claim(id)).as("his time in that seat is over").isEmpty();
            OrderId next = own.inReview();
            there.refused(ApprovalFault.DELEGATION_EXPIRED, counsel, next, Decision.RELEASE, word);
        }
    }

    @Test
    void only_officers_delegate_and_only_officers_and_the_supervisor_revoke() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        Digest word = desk.given(first, counsel);
        Caller investigator = OrdersFixture.caller(fixture.world.cast().investigator(), Role.INVESTIGATOR);

        for (Caller nobody : List.of(desk.caller(counsel), investigator)) {
            forbidden(() -> fixture.delegations().give(nobody, "x", OrdersFixture.key()));
            forbidden(() -> fixture.delegations().revoke(nobody, word));
        }
        forbidden(() -> fixture.delegations().list(investigator));
        assertThat(fixture.delegations().list(desk.caller(counsel)))
                .singleElement()
                .satisfies(one -> assertThat(one.delegation()).isEqualTo(word));
        assertThat(fixture.delegations().list(desk.caller(first)))
                .extracting(DelegationStatus::delegation)
                .contains(word);
    }

    @Test
    void the_same_delegation_again_is_one_and_one_revoked_stays_so() {
        Actor counsel = CoApproverTest.joined(fixture, CHAMBERS);
        String document = desk.signed(first, desk.word(first, counsel));
        String key = OrdersFixture.key();
        Digest word =
                fixture.delegations().give(desk.caller(first), document, key).delegation();
        fixture.delegations().give(desk.caller(first), document, key);
        fixture.delegations().give(desk.caller(first), document, OrdersFixture.key());
        assertThat(desk.logged(word)).containsExactly("delegation.given");

        Instant revoked = fixture.delegations()
                .revoke(desk.caller(first), word)
                .revokedAt()
                .orElseThrow();
        fixture.delegations().revoke(desk.caller(second), word);
        DelegationStatus replayed = fixture.delegations().give(desk.caller(first), document, OrdersFixture.key());

        assertThat(replayed.revokedAt()).contains(revoked);
        assertThat(desk.logged(word)).containsExactly("delegation.given", "delegation.revoked");
    }

    private void forbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
    }

    private void notGiven(ApprovalFault fault, Actor officer, String document) {
        int before = fixture.delegations().list(desk.caller(officer)).size();
        assertThatThrownBy(() -> fixture.delegations().give(desk.caller(officer), document, OrdersFixture.key()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
                    assertThat(e.detail()).startsWith(fault.code());
                });
        assertThat(fixture.delegations().list(desk.caller(officer))).hasSize(before);
    }

    private void refused(ApprovalFault fault, Actor delegate, OrderId id, Decision decision, Digest word) {
        desk.refused(fault, delegate, id, decision, word);
    }
}
