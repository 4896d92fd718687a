// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.bundle.CaseEntry;

/** A verifier reads an order's state from its entries alone: what it takes them for must be what this room means. */
class CaseEntryTest {

    @Test
    void every_change_of_state_is_one_that_a_verifier_reads_alike() {
        for (OrderState from : OrderDecisionsTest.STATES) {
            for (OrderEvent event : OrderDecisionsTest.EVENTS) {
                if (OrderDecisions.decide(from, event) instanceof Decision.Move(OrderState to, OrderStatement says)) {
                    assertThat(CaseEntry.state(says.type())).as(says.type()).isEqualTo(Optional.of(to.word()));
                }
            }
        }
    }

    @Test
    void entries_that_change_nothing_are_read_as_changing_nothing() {
        for (OrderStatement says : new OrderStatement[] {
            OrderStatement.SUBMITTED,
            OrderStatement.VALIDATION,
            OrderStatement.VERIFIED,
            OrderStatement.BASIS,
            OrderStatement.APPROVAL,
            OrderStatement.APPROVAL_REFUSED,
            OrderStatement.HOLD_RELEASED,
            OrderStatement.ILLEGAL,
            OrderStatement.DUPLICATE
        }) {
            assertThat(CaseEntry.state(says.type())).as(says.type()).isEmpty();
        }
    }

    @Test
    void the_states_at_the_door_are_read_alike() {
        assertThat(CaseEntry.state(OrderStatement.RECEIVED.type())).contains(new OrderState.Received().word());
        assertThat(CaseEntry.state(OrderStatement.REFUSED.type())).contains(new OrderState.Refused("X").word());
        assertThat(CaseEntry.state(OrderStatement.HELD.type())).contains(new OrderState.Held().word());
    }
}
