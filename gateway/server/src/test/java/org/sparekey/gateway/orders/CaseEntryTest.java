// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.bundle.CaseEntry;

/** A verifier reads an order's state from its entries alone: what it takes them for must be what this room means. */
class CaseEntryTest {

    @Test
    void every_change_of_state_is_one_that_a_verifier_reads_alike() {
        for (OrderState from : EveryOrder.STATES) {
            for (OrderEvent event : EveryOrder.EVENTS) {
                if (OrderTransitions.decide(from, event) instanceof Decision.Move(OrderState to, OrderStatement says)
                        && says != OrderStatement.CLARIFIED) {
                    List<String> types = List.of(before(from), says.type());
                    assertThat(CaseEntry.state(types)).as(types.toString()).isEqualTo(Optional.of(to.word()));
                }
            }
        }
    }

    /** What brought an order where it is: for a question, what was before it. */
    private static String before(OrderState from) {
        return from instanceof OrderState.Executing ? "order.executing" : "order." + from.word();
    }

    @Test
    void an_answered_question_leaves_the_order_where_it_was() {
        assertThat(CaseEntry.state(List.of("order.held", "order.clarification", "order.clarified")))
                .contains("held");
        assertThat(CaseEntry.state(List.of("order.held", "order.review", "order.clarification", "order.clarified")))
                .contains("review");
        assertThat(CaseEntry.state(List.of("order.review", "order.clarification", "order.withdrawn")))
                .contains("withdrawn");
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
