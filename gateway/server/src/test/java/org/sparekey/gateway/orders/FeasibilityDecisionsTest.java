// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.order.Feasibility;
import org.sparekey.protocol.order.Feasibility.Alternative;
import org.sparekey.protocol.order.Feasibility.Chance;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.StopReason;

class FeasibilityDecisionsTest {

    private static final Optional<Whereabouts> FOUND =
            Optional.of(OrdersFixture.found(new UUID(1, 2), "tenant-1", Grade.CERTAIN));

    @Test
    void whoever_is_not_verified_or_only_spoke_learns_nothing() {
        assertThat(FeasibilityDecisions.of(OrderKind.SNAPSHOT_COPY, new OrderState.Refused("X"), false, FOUND))
                .isEmpty();
        assertThat(FeasibilityDecisions.of(OrderKind.PRESERVATION, new OrderState.Oral(), true, FOUND))
                .isEmpty();
    }

    @Test
    void a_machine_that_was_found_can_be_copied_and_its_volumes_are_not_looked_at() {
        Feasibility said = of(OrderKind.SNAPSHOT_COPY, new OrderState.Review(), FOUND);

        assertThat(said.liveCopy()).isEqualTo(Chance.YES);
        assertThat(said.pause()).isEqualTo(Chance.UNKNOWN);
        assertThat(said.encryptedVolume()).isEqualTo(Chance.UNKNOWN);
        assertThat(said.alternatives())
                .containsExactly(
                        Alternative.PARTY_OF_RECORD,
                        Alternative.PRESERVE,
                        Alternative.BLOCK_ADDRESS,
                        Alternative.ON_SITE);
    }

    @Test
    void what_was_not_located_yet_is_unknown() {
        Feasibility said = of(OrderKind.PRODUCTION_IDENTITY, new OrderState.Held(), Optional.empty());

        assertThat(said.liveCopy()).isEqualTo(Chance.UNKNOWN);
        assertThat(said.pause()).isEqualTo(Chance.UNKNOWN);
        assertThat(said.alternatives()).containsExactly(Alternative.PARTY_OF_RECORD, Alternative.PRESERVE);
        Optional<Whereabouts> nowhere = Optional.of(OrdersFixture.nowhere(StopReason.UNKNOWN));
        assertThat(of(OrderKind.PRODUCTION_IDENTITY, new OrderState.Closed(), nowhere)
                        .liveCopy())
                .isEqualTo(Chance.UNKNOWN);
    }

    @Test
    void what_stopped_or_failed_cannot_be_copied_and_what_remains_is_said() {
        for (OrderState state : List.of(new OrderState.Stopped("UNKNOWN"), new OrderState.Failed("NO_LIVE_COPY"))) {
            Feasibility said = of(OrderKind.SNAPSHOT_COPY, state, FOUND);

            assertThat(said.liveCopy()).isEqualTo(Chance.NO);
            assertThat(said.pause()).isEqualTo(Chance.NO);
            assertThat(said.alternatives()).containsExactly(Alternative.PARTY_OF_RECORD, Alternative.ON_SITE);
        }
    }

    private static Feasibility of(OrderKind kind, OrderState state, Optional<Whereabouts> found) {
        return FeasibilityDecisions.of(kind, state, true, found).orElseThrow();
    }
}
