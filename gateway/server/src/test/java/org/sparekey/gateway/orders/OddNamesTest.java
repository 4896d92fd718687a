// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.ValidatorReference;

/** Names that somebody's document has and no register. */
class OddNamesTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_name_that_is_no_id_is_nobody_and_breaks_no_sheet() {
        OrderDocument freeze = new Altered(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(
                        Optional.of(new ValidatorReference("Rechtbank Amsterdam", "JUDGE", "RC 26-1", fixture.now())))
                .document();
        OrderStatus frozen = fixture.submit(
                fixture.desk.unvalidated(freeze, fixture.world.cast().prosecutor()));
        assertThat(new CallBackDesk(fixture).sheet(OrdersFixture.id(frozen)).calls())
                .isNotEmpty();
    }
}
