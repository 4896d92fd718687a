// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Measure;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OfficerRecord.What;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;

/** The means of a take-down, one after the other, as far as the order says and no further. */
class TakeDownTest {

    private final OrdersFixture fixture = OrdersFixture.shared();

    @Test
    void each_means_is_tried_in_its_order_and_isolation_only_because_the_order_says_so() {
        OrderId id = approved(new Secrecy("OPEN", Optional.empty(), true));

        refused(id, What.TAKE_DOWN_DONE, Means.ISOLATE_GUEST, "lesser means");
        refused(id, What.TAKE_DOWN_FAILED, Means.BLOCK_ADDRESS, "least means");
        record(id, What.TAKE_DOWN_NOTICE, Means.NOTICE_TO_RESELLER);
        refused(id, What.TAKE_DOWN_DONE, Means.ISOLATE_GUEST, "lesser means");
        record(id, What.TAKE_DOWN_FAILED, Means.BLOCK_ADDRESS);
        record(id, What.TAKE_DOWN_DONE, Means.ISOLATE_GUEST);
        assertThat(fixture.orders.status(id).state()).isEqualTo("isolated");
    }

    @Test
    void what_comes_back_is_a_new_notice_and_never_a_stronger_means() {
        OrderId id = approved(new Secrecy("OPEN", Optional.empty(), true));
        record(id, What.TAKE_DOWN_NOTICE, Means.NOTICE_TO_RESELLER);
        record(id, What.TAKE_DOWN_DONE, Means.NOTICE_TO_RESELLER);

        record(id, What.TAKE_DOWN_NOTICE, Means.NOTICE_TO_RESELLER);
        refused(id, What.TAKE_DOWN_DONE, Means.BLOCK_ADDRESS, "only an approved");
        refused(id, What.TAKE_DOWN_NOTICE, Means.ISOLATE_GUEST, "only an approved");
        assertThat(fixture.orders.status(id).reason()).contains("NOTICE_TO_RESELLER");
    }

    private OrderId approved(Secrecy secrecy) {
        OrderDocument content = fixture.desk.content(fixture.machine(), OrdersFixture.SEEN);
        Scope scope = content.scope();
        OrderDocument takeDown = new Altered(content)
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .secrecy(secrecy)
                .scope(new Scope(
                        scope.categories(),
                        scope.from(),
                        scope.to(),
                        scope.exclusions(),
                        false,
                        Optional.of(Measure.ISOLATE_GUEST)))
                .document();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        return id;
    }

    private void refused(OrderId id, What what, Means means, String why) {
        assertThatThrownBy(() -> record(id, what, means)).hasMessageContaining(why);
    }

    private void record(OrderId id, What what, Means means) {
        OfficerRecord record = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                what,
                Optional.of(means),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Done by hand.");
        fixture.orders.record(fixture.officer(1), id, Wire.write(record), OrdersFixture.key());
    }
}
