// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.DelegationStatus;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;

/** A gateway that dies at every place where a delegation is given, used and taken back: told again, nothing is doubled or lost. */
class DelegationCrashTest {

    private static final OrdersSettings SETTINGS = new OrdersSettings(OrdersSettings.CallBack.OFF);

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final DelegationDesk desk = new DelegationDesk(fixture);
    private final Actor officer = fixture.world.cast().officer2();

    @Test
    void a_death_at_any_place_leaves_the_delegation_and_its_entry_or_neither() {
        Death.Walk whole = Death.Walk.through();
        new Told().tell(whole);
        assertThat(whole.passed())
                .contains(
                        "orders.delegating",
                        "orders.delegated",
                        "orders.order.delegation",
                        "orders.delegation-revoking");

        for (int place = 0; place < whole.passed().size(); place++) {
            Told told = new Told();
            Death.Walk deadly = Death.Walk.to(place);
            assertThat(catchThrowable(() -> told.tell(deadly))).isInstanceOf(Death.class);
            told.tell(Death.Walk.through());

            String name = whole.passed().get(place);
            assertThat(desk.logged(told.word))
                    .as(name)
                    .filteredOn(type -> type.startsWith("delegation."))
                    .containsExactly("delegation.given", "delegation.revoked");
            assertThat(fixture.entries(told.order))
                    .as(name)
                    .containsOnlyOnce("order.delegation")
                    .containsSubsequence("order.delegation", "order.approval");
        }
    }

    /** Each person keeps what he sends, and its key. */
    private final class Told {

        private final Actor counsel = CoApproverTest.joined(fixture, "raadsman-voorbeeld");
        private final String document = desk.signed(officer, desk.word(officer, counsel));
        private final OrderId order = fixture.inReview();
        private final long version = fixture.orders.status(order).version();
        private final List<String> keys = new ArrayList<>(List.of(OrdersFixture.key(), OrdersFixture.key()));
        private Digest word = Digest.sha256(Intake.ascii(document));
        private Optional<Approval> approval = Optional.empty();

        void tell(Death.Walk walk) {
            Delegations delegations = fixture.delegations(walk::reached);
            DelegationStatus given = delegations.give(desk.caller(officer), document, keys.get(0));
            word = given.delegation();
            fixture.recorded();
            if (approval.isEmpty()) {
                approval = Optional.of(fixture.desks.sign(
                        counsel,
                        fixture.orders.approvalBasis(fixture.officer(1), order),
                        Decision.RELEASE,
                        fixture.now().plus(Duration.ofHours(1)),
                        Optional.of(word)));
            }
            fixture.open(SETTINGS, walk::reached)
                    .approve(desk.caller(counsel), order, Wire.write(approval.get()), version, keys.get(1));
            delegations.revoke(desk.caller(officer), word);
        }
    }
}
