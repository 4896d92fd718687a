// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** A person of another organisation as the second beside a hoster's only officer, and everything that he is not. */
class CoApproverTest {

    private static final String CHAMBERS = "raadsman-voorbeeld";

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final OfficerDesks desks = fixture.desks;

    @Test
    void an_officer_and_then_an_outside_co_approver_are_two() {
        Actor counsel = joined(CHAMBERS);
        OrderId id = fixture.inReview();
        desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.orders.visible(caller(counsel), id.code())).isEqualTo(id);

        say(counsel, id, Decision.RELEASE);

        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");
        assertThat(fixture.orders.claim(id)).isPresent();
        assertThat(fixture.entries(id)).contains("order.approval", "order.approved");
    }

    @Test
    void until_an_officer_said_yes_the_order_does_not_exist_for_him() {
        Actor counsel = joined(CHAMBERS);
        OrderId id = fixture.inReview();
        hidden(counsel, id);
        refused(ApprovalFault.OUTSIDE_FIRST, counsel, id, Decision.RELEASE);
        refused(ApprovalFault.OUTSIDE_FIRST, counsel, id, Decision.SECURE);
        refused(ApprovalFault.OUTSIDE_FIRST, counsel, id, Decision.REFUSE);

        desks.approve(1, id, Decision.SECURE);

        assertThat(fixture.orders.visible(caller(counsel), id.code())).isEqualTo(id);
        refused(ApprovalFault.OUTSIDE_FIRST, counsel, id, Decision.RELEASE);
        say(counsel, id, Decision.SECURE);
        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");
    }

    @Test
    void he_sees_what_became_of_what_he_signed_and_of_nothing_else() {
        Actor counsel = joined(CHAMBERS);
        Actor colleague = joined(CHAMBERS);
        OrderId id = fixture.inReview();
        desks.approve(1, id, Decision.RELEASE);

        say(counsel, id, Decision.REFUSE);

        assertThat(fixture.orders.status(id).state()).isEqualTo("refused");
        assertThat(fixture.orders.visible(caller(counsel), id.code())).isEqualTo(id);
        hidden(colleague, id);
    }

    @Test
    void two_co_approvers_never_replace_the_officer_whose_word_lapsed() {
        OrdersFixture own = OrdersFixture.fresh();
        try (own) {
            Actor counsel = joined(own, CHAMBERS);
            Actor peer = joined(own, "gildehost-voorbeeld");
            OrderId id = own.inReview();
            ApprovalBasis basis = own.orders.approvalBasis(own.officer(1), id);
            own.desks.send(
                    1,
                    id,
                    own.desks.sign(
                            own.world.cast().officer1(),
                            basis,
                            Decision.RELEASE,
                            own.now().plusSeconds(60)));
            Approval first =
                    own.desks.sign(counsel, basis, Decision.SECURE, own.now().plus(Duration.ofHours(1)));
            send(
                    own,
                    peer,
                    id,
                    own.desks.sign(peer, basis, Decision.SECURE, own.now().plus(Duration.ofHours(1))));
            assertThat(own.orders.status(id).state()).isEqualTo("approved");
            own.pass(Duration.ofMinutes(2));

            assertThat(own.orders.claim(id)).as("the officer's word is over").isEmpty();
            assertThat(own.orders.status(id).state()).isEqualTo("review");
            hidden(own, counsel, id);
            assertThatThrownBy(() -> send(own, counsel, id, first)).isInstanceOf(ProblemException.class);
            assertThat(own.orders.status(id).state()).isEqualTo("review");
        }
    }

    @Test
    void whoever_signs_for_an_organisation_that_has_the_machine_in_its_hands_sees_and_decides_nothing() {
        Actor reseller = joined(Cast.RESELLER);
        OrderId id = inTheHandsOf(reseller);
        desks.approve(1, id, Decision.RELEASE);

        hidden(reseller, id);
        refused(ApprovalFault.INTERESTED, reseller, id, Decision.RELEASE);

        assertThat(fixture.orders.status(id).approvals()).isEqualTo(1);
    }

    @Test
    void whoever_is_of_the_issuing_authority_sees_and_decides_nothing() {
        Actor police = joined(Cast.AUTHORITY);
        OrderId id = fixture.inReview();
        desks.approve(1, id, Decision.RELEASE);

        hidden(police, id);
        refused(ApprovalFault.INTERESTED, police, id, Decision.RELEASE);
    }

    @Test
    void he_says_one_thing_once_and_never_in_an_officers_name() {
        Actor counsel = joined(CHAMBERS);
        OrderId id = fixture.inReview();
        desks.approve(1, id, Decision.SECURE);
        ApprovalBasis basis = fixture.orders.approvalBasis(caller(counsel), id);
        Actor borrowed = new Actor(counsel.party(), "officer-2", counsel.tls(), counsel.message(), counsel.document());
        Approval asOfficer =
                desks.sign(borrowed, basis, Decision.SECURE, fixture.now().plusSeconds(60));
        assertThatThrownBy(() -> send(fixture, counsel, id, asOfficer))
                .hasMessageContaining(ApprovalFault.OTHER_OFFICER.code());

        say(counsel, id, Decision.SECURE);

        refused(ApprovalFault.REPEATED, counsel, id, Decision.SECURE);
    }

    @Test
    void one_alone_never_secures_an_emergency() {
        assertThat(OrderActors.may(Role.CO_APPROVER.name(), new OrderEvent.Ask()))
                .isFalse();
        assertThat(OrderActors.may(Role.CO_APPROVER.name(), new OrderEvent.CallBackDenied()))
                .isFalse();
        assertThat(OrderActors.may(Role.CO_APPROVER.name(), new OrderEvent.Approve()))
                .isTrue();
    }

    private OrderId inTheHandsOf(Actor reseller) {
        var entry = fixture.bean(org.sparekey.gateway.parties.Parties.class)
                .reseller(new org.sparekey.gateway.parties.PartyId(reseller.party()))
                .orElseThrow();
        UUID uuid = UUID.randomUUID();
        String address = OrdersFixture.address();
        Whereabouts found = OrdersFixture.found(uuid, "tenant-1", org.sparekey.protocol.order.Grade.CERTAIN);
        PartyOfRecord hand = new PartyOfRecord(
                "another spelling",
                entry.registerNumber(),
                entry.seat(),
                entry.country(),
                entry.euRepresentative(),
                entry.contacts());
        fixture.places.put(
                address,
                new Whereabouts(
                        found.asset(),
                        found.grade(),
                        found.partyOfRecord(),
                        found.since(),
                        found.until(),
                        found.nextInChain(),
                        Optional.of(java.util.List.of(hand)),
                        found.stop(),
                        found.filterOnly()));
        fixture.guests.put(uuid.toString(), OrdersFixture.guest(uuid, "disk-" + uuid));
        return OrdersFixture.id(fixture.submit(fixture.desk.disk(address, OrdersFixture.SEEN)));
    }

    private void hidden(Actor outsider, OrderId id) {
        hidden(fixture, outsider, id);
    }

    private static void hidden(OrdersFixture in, Actor outsider, OrderId id) {
        assertThatThrownBy(() -> in.orders.visible(caller(outsider), id.code()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    private void refused(ApprovalFault fault, Actor outsider, OrderId id, Decision decision) {
        assertThatThrownBy(() -> say(outsider, id, decision)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.APPROVAL_REFUSED);
            assertThat(e.detail()).startsWith(fault.code());
        });
    }

    private void say(Actor outsider, OrderId id, Decision decision) {
        ApprovalBasis basis = fixture.orders.approvalBasis(fixture.officer(1), id);
        send(
                fixture,
                outsider,
                id,
                desks.sign(outsider, basis, decision, fixture.now().plus(Duration.ofHours(1))));
    }

    private static void send(OrdersFixture in, Actor outsider, OrderId id, Approval approval) {
        long version = in.orders.status(id).version();
        if (OfficerDesks.refuses(approval)) {
            in.orders.refuse(
                    caller(outsider), id, Wire.write(approval), OfficerDesks.REASON, version, OrdersFixture.key());
        } else {
            in.orders.approve(caller(outsider), id, Wire.write(approval), version, OrdersFixture.key());
        }
    }

    private static Caller caller(Actor outsider) {
        return OrdersFixture.caller(outsider, Role.CO_APPROVER);
    }

    private Actor joined(String party) {
        return joined(fixture, party);
    }

    static Actor joined(OrdersFixture in, String party) {
        Actor actor = Joined.newcomer(
                in.world.cast().elsewhereCa(),
                party,
                "c-" + UUID.randomUUID().toString().substring(0, 8));
        Joined.join(in.jdbc, in.log, in.transaction(), actor, Role.CO_APPROVER);
        return actor;
    }
}
