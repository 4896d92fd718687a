// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.testkit.world.Cast;

/** A switch that is pulled while a case is frozen is told to it behind its thaw, before anything of it goes on. */
class SuspendedWhileFrozenTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Cast cast = fixture.world.cast();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_case_that_was_frozen_when_its_authority_was_resumed_says_so_and_only_then_goes_on() throws Exception {
        OrderId id = fixture.inReview();
        Instant since = suspended();
        frozen(id);
        resume(since);
        assertThat(fixture.entries(id)).endsWith("order.frozen");

        goesOn(id);
        assertThat(fixture.entries(id))
                .containsSubsequence(
                        "order.authority-suspended",
                        "order.frozen",
                        "order.thawed",
                        "order.authority-resumed",
                        "order.approved");
    }

    @Test
    void a_case_that_was_frozen_all_the_while_is_told_both_once_and_in_order() throws Exception {
        OrderId id = fixture.inReview();
        frozen(id);
        resume(suspended());
        assertThat(fixture.entries(id)).endsWith("order.frozen");

        goesOn(id);
        assertThat(fixture.entries(id).stream().filter(type -> type.startsWith("order.authority-")))
                .containsExactly("order.authority-suspended", "order.authority-resumed");
        assertThat(fixture.entries(id))
                .containsSubsequence("order.thawed", "order.authority-resumed", "order.approved");
    }

    private Instant suspended() {
        return fixture.orders
                .suspendAuthority(fixture.officer(1), Cast.AUTHORITY)
                .suspendedAt()
                .orElseThrow();
    }

    private void resume(Instant since) throws Exception {
        byte[] joint = SuspensionTest.resumption(fixture, since, cast.officer1(), cast.officer2(), cast.supervisor());
        fixture.orders.resumeAuthority(fixture.officer(1), Cast.AUTHORITY, joint);
    }

    /** A backup of before somebody looked comes back, and the gateway starts again. */
    private void frozen(OrderId id) {
        Backup backup = Backup.of(fixture.database, id);
        fixture.orders.looked(fixture.officer(1), id, "documents");
        fixture.entries(id);
        backup.restore();
        fixture.orders.level();
        assertThat(fixture.entries(id)).endsWith("order.frozen");
    }

    /** Two officers thaw it, and approve it as soon as anything goes on. */
    private void goesOn(OrderId id) throws Exception {
        FrozenOrders.Frozen shown = fixture.orders
                .frozen(OrdersFixture.caller(cast.supervisor(), Role.SUPERVISOR))
                .orders()
                .get(0);
        byte[] word = ThawTest.word(fixture, shown, ThawOutcome.AS_LOGGED, cast.officer1(), cast.officer2());
        fixture.orders.thaw(fixture.officer(1), id.code(), word);
        fixture.orders.step();
        for (int officer : List.of(1, 2)) {
            fixture.desks.approve(officer, id, Decision.RELEASE);
        }
        assertThat(fixture.orders.claim(id)).isPresent();
    }
}
