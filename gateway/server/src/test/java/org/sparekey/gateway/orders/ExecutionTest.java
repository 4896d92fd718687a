// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.orders.ApprovedOrder.Phase;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.ProblemException;

class ExecutionTest {

    private static final byte[] SOMETHING = "something".getBytes(StandardCharsets.UTF_8);
    private static final Digest MANIFEST = Digest.sha256(SOMETHING);

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_approved_order_goes_from_intent_to_acknowledgement_and_its_hold_ends() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim().orElseThrow();
        assertThat(order.phase()).isEqualTo(Phase.CAPTURE);
        assertThat(order.attempt()).isEqualTo(1);
        assertThat(order.approvals()).hasSize(2);
        assertThat(order.recipients()).hasSize(2);
        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Same());

        done("executing", orders.started(order, SOMETHING));
        done("secured", orders.secured(order, MANIFEST, SOMETHING));
        done("released", orders.released(order));
        done("available", orders.available(order));
        Digest fetched = orders.record(id, "evidence.fetched", Actor.GATEWAY, Map.of(), SOMETHING);
        done("acknowledged", orders.acknowledged(id, new Actor("INVESTIGATOR", Optional.empty()), SOMETHING));
        done("closed", orders.closed(id));

        assertThat(fixture.log.payload(fetched).orElseThrow().payload()).isEqualTo(SOMETHING);
        assertThat(orders.holds(order.basis().asset())).isEmpty();
        assertThat(orders.file(id).orElseThrow().manifestDigest()).contains(MANIFEST);
        assertThat(fixture.entries(id))
                .endsWith(
                        "order.approved",
                        "order.executing",
                        "order.secured",
                        "order.released",
                        "order.available",
                        "evidence.fetched",
                        "order.acknowledged",
                        "order.closed",
                        "hold.released");
    }

    @Test
    void until_it_is_closed_the_one_located_disk_is_held() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim(id).orElseThrow();

        assertThat(orders.holds(order.basis().asset())).hasSize(1);
        assertThat(orders.holds(OrdersFixture.found(UUID.randomUUID(), "t", Grade.CERTAIN)
                        .asset()
                        .orElseThrow()))
                .isEmpty();
    }

    @Test
    void an_order_under_lease_is_nobody_elses_and_a_lost_lease_changes_nothing() {
        OrderId id = fixture.approved();
        ApprovedOrder first = orders.claim().orElseThrow();
        assertThat(orders.claim()).isEmpty();
        assertThat(orders.claim(id)).isEmpty();

        fixture.pass(Executions.LEASE);
        ApprovedOrder second = orders.claim().orElseThrow();

        assertThat(orders.started(first, SOMETHING)).isEqualTo(new Transition.LeaseLost());
        assertThat(orders.renew(first)).isEmpty();
        assertThat(orders.renew(second)).isPresent();
        done("executing", orders.started(second, SOMETHING));
    }

    @Test
    void a_renewed_lease_is_not_taken_over() {
        fixture.approved();
        ApprovedOrder order = orders.claim().orElseThrow();
        fixture.pass(Executions.LEASE.minusSeconds(1));
        assertThat(orders.renew(order)).isPresent();
        fixture.pass(Duration.ofSeconds(2));

        assertThat(orders.claim()).isEmpty();
    }

    @Test
    void a_lost_attempt_is_reconciled_and_the_fourth_never_begins() {
        OrderId id = fixture.approved();
        for (int attempt = 1; attempt <= 3; attempt++) {
            ApprovedOrder order = orders.claim(id).orElseThrow();
            assertThat(order.attempt()).isEqualTo(attempt);
            done("executing", orders.started(order, SOMETHING));
            fixture.pass(Executions.LEASE);
            ApprovedOrder lost = orders.claim(id).orElseThrow();
            assertThat(lost.phase()).isEqualTo(Phase.RECONCILE);
            assertThat(lost.attempt()).isEqualTo(attempt);
            done(attempt < 3 ? "approved" : "failed", orders.attemptLost(lost, SOMETHING));
        }
        OrderStatus status = orders.status(id);
        assertThat(status.reason()).contains("ATTEMPTS_EXHAUSTED");
        assertThat(status.holdUntil()).isEmpty();
        assertThat(orders.claim(id)).isEmpty();
    }

    @Test
    void nothing_is_released_on_securing_approvals() {
        OrderId id = fixture.inReview();
        fixture.desks.approve(1, id, Decision.SECURE);
        fixture.desks.approve(2, id, Decision.SECURE);
        ApprovedOrder order = orders.claim(id).orElseThrow();
        orders.started(order, SOMETHING);
        orders.secured(order, MANIFEST, SOMETHING);

        assertThat(orders.released(order)).isInstanceOf(Transition.Illegal.class);
        fixture.pass(Executions.LEASE);
        assertThat(orders.claim(id)).isEmpty();

        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(orders.claim(id)).isEmpty();
        fixture.desks.approve(2, id, Decision.RELEASE);
        ApprovedOrder again = orders.claim(id).orElseThrow();
        assertThat(again.phase()).isEqualTo(Phase.RELEASE);
        done("released", orders.released(again));
        fixture.pass(Executions.LEASE);
        assertThat(orders.claim(id).orElseThrow().phase()).isEqualTo(Phase.PUBLISH);
    }

    @Test
    void steps_out_of_order_are_illegal_and_entries() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim(id).orElseThrow();

        assertThat(orders.secured(order, MANIFEST, SOMETHING)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.released(order)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.available(order)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.acknowledged(id, new Actor("INVESTIGATOR", Optional.empty()), SOMETHING))
                .isInstanceOf(Transition.Illegal.class);
        assertThat(orders.closed(id)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.status(id).state()).isEqualTo("approved");
        assertThat(fixture.entries(id)).filteredOn("order.illegal"::equals).hasSize(5);
    }

    @Test
    void what_differs_goes_back_to_review_and_the_old_approvals_count_no_more() {
        String address = fixture.machine();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, SEEN)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        ApprovedOrder order = orders.claim(id).orElseThrow();
        UUID uuid = UUID.fromString(order.basis().asset().uuid());
        fixture.guests.put(uuid.toString(), OrdersFixture.guest(uuid, "another-disk"));

        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Different("OTHER_CONFIGURATION"));
        done("review", orders.reviewAgain(order, "OTHER_CONFIGURATION"));
        orders.step();

        OrderStatus status = orders.status(id);
        assertThat(status.approvals()).isZero();
        assertThat(orders.approvalBasis(fixture.officer(1), id).diskIds()).containsExactly("another-disk");
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
    }

    @Test
    void a_tenant_who_changed_after_the_approval_is_noticed_before_the_capture() {
        String address = fixture.machine();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, SEEN)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        ApprovedOrder order = orders.claim(id).orElseThrow();

        UUID uuid = UUID.fromString(order.basis().asset().uuid());
        fixture.places.put(address, OrdersFixture.found(uuid, "tenant-2", Grade.CERTAIN));

        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Different("OTHER_TARGET"));
    }

    @Test
    void what_several_people_share_by_now_or_may_only_go_to_a_filter_is_not_copied_to_the_team() {
        String address = fixture.machine();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, SEEN)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        ApprovedOrder order = orders.claim(id).orElseThrow();
        UUID uuid = UUID.fromString(order.basis().asset().uuid());

        fixture.places.put(address, OrdersFixture.forFilterOnly(uuid));
        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Different("FILTER_DESTINATION"));
        fixture.places.put(address, OrdersFixture.found(uuid, "tenant-1", Grade.AMBIGUOUS));
        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Different("NOT_MATCHED"));
        fixture.places.put(address, OrdersFixture.found(uuid, "tenant-1", Grade.CERTAIN));
        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Same());
    }

    @Test
    void approvals_that_lapsed_in_the_drawer_send_the_order_back_to_review() {
        OrderId id = fixture.approved();
        fixture.pass(Duration.ofHours(9));

        assertThat(orders.claim(id)).isEmpty();
        assertThat(orders.status(id).state()).isEqualTo("review");
        assertThat(orders.status(id).approvals()).isZero();
    }

    @Test
    void a_row_altered_in_the_database_is_frozen_and_never_executed() {
        OrderId id = fixture.approved();
        OrderId other = fixture.inReview();
        String foreign = orders.file(other).orElseThrow().orderJws();
        fixture.jdbc
                .sql("UPDATE orders_order SET order_jws = :jws WHERE order_id = :id")
                .param("jws", foreign)
                .param("id", id.code())
                .update();

        assertThat(orders.claim(id)).isEmpty();
        assertThatThrownBy(() -> fixture.desks.approve(1, id, Decision.REFUSE)).isInstanceOf(ProblemException.class);
        assertThat(fixture.entries(id)).endsWith("order.illegal", "order.frozen");
    }

    @Test
    void an_approval_slipped_into_the_database_does_not_count() {
        OrderId id = fixture.approved();
        OrderId other = fixture.approved();
        fixture.jdbc
                .sql("""
                        UPDATE orders_approval a SET approval = b.approval FROM orders_approval b
                        WHERE a.order_id = :id AND a.number = 2 AND b.order_id = :other AND b.number = 2
                        """)
                .param("id", id.code())
                .param("other", other.code())
                .update();

        assertThat(orders.claim(id)).isEmpty();
        assertThat(orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void a_release_written_into_the_row_by_hand_releases_nothing() {
        OrderId id = fixture.inReview();
        fixture.desks.approve(1, id, Decision.SECURE);
        fixture.desks.approve(2, id, Decision.SECURE);
        ApprovedOrder order = orders.claim(id).orElseThrow();
        orders.started(order, SOMETHING);
        orders.secured(order, MANIFEST, SOMETHING);
        fixture.jdbc
                .sql("UPDATE orders_order SET releasable = true WHERE order_id = :id")
                .param("id", id.code())
                .update();
        fixture.pass(Executions.LEASE);

        ApprovedOrder again = orders.claim(id).orElseThrow();

        assertThat(orders.released(again)).isInstanceOf(Transition.Illegal.class);
    }

    @Test
    void approvals_that_lapse_during_a_long_capture_still_release_it() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim(id).orElseThrow();
        orders.started(order, SOMETHING);
        fixture.pass(Duration.ofHours(9));
        done("secured", orders.secured(order, MANIFEST, SOMETHING));

        done("released", orders.released(orders.claim(id).orElseThrow()));
    }

    @Test
    void a_row_behind_its_log_is_frozen_at_start() {
        OrderId id = fixture.approved();
        OrderId level = fixture.approved();
        fixture.jdbc
                .sql("UPDATE orders_order SET case_seq = case_seq - 1 WHERE order_id = :id")
                .param("id", id.code())
                .update();

        orders.level();

        assertThat(orders.claim(id)).isEmpty();
        assertThat(orders.claim(level)).isPresent();
    }

    @Test
    void a_state_change_and_its_entry_are_undone_together() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim(id).orElseThrow();
        int entries = fixture.entries(id).size();

        fixture.transaction().executeWithoutResult(status -> {
            done("executing", orders.started(order, SOMETHING));
            status.setRollbackOnly();
        });

        assertThat(orders.status(id).state()).isEqualTo("approved");
        assertThat(fixture.entries(id)).hasSize(entries);
        done("executing", orders.started(order, SOMETHING));
    }

    private static void done(String state, Transition transition) {
        assertThat(transition)
                .isInstanceOfSatisfying(
                        Transition.Done.class,
                        done -> assertThat(done.state().word()).isEqualTo(state));
    }
}
