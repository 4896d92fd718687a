// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** Who looked at what of a case, on a log that moves only when the test moves it. */
class LookupsTest {

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final OrdersController door = new OrdersController(fixture.orders, new Waiters(_ -> Map.of()), fixture.log);

    @Test
    void no_answer_leaves_before_its_entry_can_be_proven_and_a_retry_is_no_second_entry() {
        OrderStatus status = fixture.submit(fixture.desk.whoHad(fixture.machine(), OrdersFixture.SEEN));
        OrderId id = OrdersFixture.id(status);
        fixture.entries(id);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> door.answer(fixture.investigator(), id.code()))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.LOG_UNAVAILABLE));
        }
        assertThat(fixture.entries(id)).endsWith("order.closed", "hold.released", "order.read");
        assertThat(door.answer(fixture.investigator(), id.code())
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(fixture.entries(id)).containsOnlyOnce("order.read");
    }

    @Test
    void two_people_and_two_contents_are_looks_of_their_own() {
        OrderId id = fixture.inReview();
        Digest first = fixture.orders.looked(fixture.officer(1), id, "order");

        assertThat(fixture.orders.looked(fixture.officer(1), id, "order")).isEqualTo(first);
        assertThat(fixture.orders.looked(fixture.officer(2), id, "order")).isNotEqualTo(first);
        assertThat(fixture.orders.looked(fixture.officer(1), id, "bundle")).isNotEqualTo(first);
        fixture.orders.given(first);
        assertThat(fixture.orders.looked(fixture.officer(1), id, "order")).isNotEqualTo(first);
    }

    @Test
    void a_look_moves_neither_state_nor_etag() {
        OrderId id = fixture.inReview();
        OrderStatus before = fixture.orders.status(id);

        fixture.orders.looked(fixture.officer(1), id, "approval-basis");

        assertThat(fixture.orders.status(id).version()).isEqualTo(before.version());
        assertThat(fixture.orders.status(id).state()).isEqualTo(before.state());
        assertThat(fixture.entries(id)).endsWith("order.basis", "order.read");
    }
}
