// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.ThawOutcome;

/** Somebody wrote over an order's document in the database: it proves nothing, and it is in nobody's way. */
class UnreadableRowTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_frozen_row_that_somebody_wrote_over_is_shown_and_hides_no_other() {
        OrderId garbled = frozen();
        OrderId other = frozen();
        garble(garbled);

        assertThat(shown(other).outcome()).contains(ThawOutcome.AS_LOGGED);
        assertThat(shown(garbled).why()).isEqualTo("BEHIND_LOG");
    }

    @Test
    void an_approved_row_that_cannot_be_read_is_frozen_and_ends_and_holds_up_nobody() throws Exception {
        OrderId garbled = fixture.approved();
        OrderId other = fixture.approved();
        garble(garbled);

        assertThat(orders.claim(garbled)).isEmpty();
        fixture.recorded();

        assertThat(shown(garbled).why()).isEqualTo("NOT_PROVEN_AGAIN");
        orders.thaw(
                fixture.officer(1),
                garbled.code(),
                ThawTest.word(
                        fixture,
                        shown(garbled),
                        ThawOutcome.ABANDON,
                        fixture.world.cast().officer1(),
                        fixture.world.cast().officer2()));
        assertThat(fixture.entries(garbled)).contains("order.abandoned");
        assertThat(orders.claim(other)).isPresent();
    }

    private OrderId frozen() {
        OrderId id = fixture.approved();
        Backup backup = Backup.of(fixture.database, id);
        orders.looked(fixture.investigator(), id, "documents");
        fixture.recorded();
        backup.restore();
        orders.level();
        fixture.recorded();
        return id;
    }

    private void garble(OrderId id) {
        fixture.jdbc
                .sql("UPDATE orders_order SET order_jws = 'no document' WHERE order_id = :id")
                .param("id", id.code())
                .update();
    }

    private FrozenOrders.Frozen shown(OrderId id) {
        return orders.frozen(fixture.officer(1)).orders().stream()
                .filter(each -> each.order().equals(id.code()))
                .findFirst()
                .orElseThrow();
    }
}
