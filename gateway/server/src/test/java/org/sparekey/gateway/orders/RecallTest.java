// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.KnownDelegations;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Digest;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/** A backup came back that is older than a revocation or a suspension: what was taken away stays away. */
class RecallTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Cast cast = fixture.world.cast();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_delegation_that_was_revoked_behind_the_backup_counts_for_nothing_after_the_restore() {
        DelegationDesk desk = new DelegationDesk(fixture);
        Actor counsel = CoApproverTest.joined(fixture, "raadsman-voorbeeld");
        Digest word = desk.given(cast.officer2(), counsel);
        Digest kept = desk.given(cast.officer2(), CoApproverTest.joined(fixture, "gildehost-voorbeeld"));
        OrderId id = fixture.inReview();
        Backup backup = Backup.of(fixture.database, id);
        Instant revoked = fixture.delegations()
                .revoke(desk.caller(cast.officer1()), word)
                .revokedAt()
                .orElseThrow();

        restore(backup);

        assertThat(held(word).revokedAt()).contains(revoked);
        assertThat(held(kept).revokedAt()).isEmpty();
        desk.refused(ApprovalFault.DELEGATION_REVOKED, counsel, id, Decision.RELEASE, word);
        assertThat(desk.logged(word)).as("said once").containsExactly("delegation.given", "delegation.revoked");
    }

    @Test
    void an_authority_that_was_suspended_behind_the_backup_is_suspended_after_the_restore_and_the_thaw()
            throws Exception {
        OrderId id = fixture.approved();
        Backup backup = Backup.of(fixture.database, id);
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);

        restore(backup);

        Instant since = suspended().orElseThrow();
        thaw(id);
        assertThat(fixture.orders.claim(id)).isEmpty();
        assertThat(fixture.orders.claim()).isEmpty();
        resume(since);
        assertThat(suspended()).isEmpty();
        assertThat(fixture.orders.claim(id)).isPresent();
    }

    /** Not recorded when the gateway started: the thaw looks once more. */
    @Test
    void a_thaw_lets_nothing_go_on_for_an_authority_that_the_start_did_not_know_was_suspended() throws Exception {
        OrderId id = fixture.approved();
        Backup backup = Backup.of(fixture.database, id);
        fixture.orders.suspendAuthority(fixture.officer(1), Cast.AUTHORITY);
        restore(backup);
        fixture.jdbc.sql("DELETE FROM orders_suspension").update();
        assertThat(suspended()).isEmpty();

        thaw(id);

        assertThat(suspended()).isPresent();
        assertThat(fixture.orders.claim(id)).isEmpty();
    }

    @Test
    void an_authority_that_was_suspended_and_resumed_behind_the_backup_is_served_after_the_restore() throws Exception {
        OrderId id = fixture.approved();
        Backup backup = Backup.of(fixture.database, id);
        Instant since = fixture.orders
                .suspendAuthority(fixture.officer(1), Cast.AUTHORITY)
                .suspendedAt()
                .orElseThrow();
        resume(since);

        restore(backup);

        assertThat(suspended()).isEmpty();
        thaw(id);
        assertThat(fixture.orders.claim(id)).isPresent();
    }

    /** What ended in between was never told that its authority is served again: the table knows. */
    @Test
    void a_start_without_a_restore_suspends_nobody_who_was_resumed() throws Exception {
        OrderId ended = fixture.inReview();
        Instant since = fixture.orders
                .suspendAuthority(fixture.officer(1), Cast.AUTHORITY)
                .suspendedAt()
                .orElseThrow();
        fixture.desks.approve(1, ended, Decision.REFUSE);
        resume(since);
        assertThat(fixture.entries(ended)).doesNotContain("order.authority-resumed");

        fixture.orders.level();

        assertThat(suspended()).isEmpty();
    }

    private KnownDelegations.Held held(Digest word) {
        return fixture.delegations().known().known().apply(word).orElseThrow();
    }

    private Optional<Instant> suspended() {
        return fixture.orders
                .authorityReport(fixture.officer(1), Cast.AUTHORITY, Optional.empty())
                .suspendedAt();
    }

    private void resume(Instant since) throws Exception {
        fixture.orders.resumeAuthority(
                fixture.officer(1),
                Cast.AUTHORITY,
                SuspensionTest.resumption(fixture, since, cast.officer1(), cast.officer2(), cast.supervisor()));
        fixture.recorded();
    }

    /** And the gateway starts again. */
    private void restore(Backup backup) {
        fixture.recorded();
        backup.restore();
        fixture.orders.level();
        fixture.recorded();
    }

    private void thaw(OrderId id) throws Exception {
        List<FrozenOrders.Frozen> frozen =
                fixture.orders.frozen(fixture.officer(1)).orders();
        assertThat(frozen)
                .singleElement()
                .satisfies(each -> assertThat(each.order()).isEqualTo(id.code()));
        fixture.orders.thaw(
                fixture.officer(1),
                id.code(),
                ThawTest.word(fixture, frozen.getFirst(), ThawOutcome.AS_LOGGED, cast.officer1(), cast.officer2()));
        fixture.recorded();
    }
}
