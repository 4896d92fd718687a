// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;

/** Telephone calls: the authority asks for a code and says it, an officer hears it and signs. */
final class CallBackDesk {

    private final OrdersFixture fixture;

    CallBackDesk(OrdersFixture fixture) {
        this.fixture = fixture;
    }

    /** A content order under the shortest clock, in review. */
    OrderId emergency() {
        var order = OrderDesk.emergency(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN));
        return OrdersFixture.id(fixture.submit(fixture.desk.validated(order)));
    }

    /** Under the same clock, approved by nobody: something is to be taken off the net. */
    OrderId emergencyTakeDown() {
        OrderDocument takeDown = new Altered(
                        OrderDesk.emergency(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN)))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document();
        return OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown)));
    }

    String code(OrderId id) {
        return fixture.orders
                .callBackCode(fixture.investigator(), id, CallBackSubject.ISSUER)
                .code();
    }

    CallBackSheet sheet(OrderId id) {
        return fixture.orders.callBackSheet(fixture.officer(1), id);
    }

    CallBackSheet.Call issuer(OrderId id) {
        return sheet(id).calls().get(0);
    }

    OrderStatus confirm(int officer, OrderId id) {
        return say(officer, id, code(id));
    }

    OrderStatus say(int officer, OrderId id, String code) {
        return send(officer, id, record(officer, id, issuer(id), CallBackOutcome.CONFIRMED, Optional.of(code)));
    }

    OrderStatus deny(int officer, OrderId id) {
        return send(officer, id, record(officer, id, issuer(id), CallBackOutcome.DENIED, Optional.empty()));
    }

    SignedDocument record(
            int officer, OrderId id, CallBackSheet.Call call, CallBackOutcome outcome, Optional<String> code) {
        return fixture.desk.calledBack(actor(officer), sheet(id).orderDigest(), call, outcome, code);
    }

    OrderStatus send(int officer, OrderId id, SignedDocument record) {
        fixture.orders.calledBack(fixture.officer(officer), id, record.compact(), OrdersFixture.key());
        return fixture.orders.status(id);
    }

    Actor actor(int officer) {
        return fixture.world.cast().officers().get(officer - 1);
    }
}
