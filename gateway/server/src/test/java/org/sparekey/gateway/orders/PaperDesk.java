// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;

/** Officers who type in what came on paper, and telephone about it. */
final class PaperDesk {

    private static final byte[] SCAN = "%PDF-1.7 a scan".getBytes(StandardCharsets.US_ASCII);

    private final OrdersFixture fixture;
    private final CallBackDesk calls;

    PaperDesk(OrdersFixture fixture) {
        this.fixture = fixture;
        this.calls = new CallBackDesk(fixture);
    }

    static OrderDocument scanned(OrderDocument order) {
        return new Altered(order)
                .documents(List.of(new DocumentReference(Digest.sha256(SCAN), "application/pdf")))
                .document();
    }

    /** With its scan. */
    OrderStatus enter(int officer, OrderDocument order) {
        return fixture.submit(
                fixture.officer(officer),
                fixture.desk.unvalidated(
                        scanned(order), fixture.world.cast().officers().get(officer - 1)),
                new Multipart.Part("document", "application/pdf", SCAN));
    }

    /** Officer 1, who typed it in, has the code sent; this one calls. */
    OrderStatus confirm(int officer, OrderId id, CallBackSubject subject) {
        String code =
                fixture.orders.callBackCode(fixture.officer(1), id, subject).code();
        return call(officer, id, subject, CallBackOutcome.CONFIRMED, Optional.of(code));
    }

    OrderStatus deny(int officer, OrderId id) {
        return call(officer, id, CallBackSubject.ISSUER, CallBackOutcome.DENIED, Optional.empty());
    }

    private OrderStatus call(
            int officer, OrderId id, CallBackSubject subject, CallBackOutcome outcome, Optional<String> code) {
        CallBackSheet.Call call = calls.sheet(id).calls().stream()
                .filter(one -> one.subject() == subject)
                .findFirst()
                .orElseThrow();
        return calls.send(officer, id, calls.record(officer, id, call, outcome, code));
    }
}
