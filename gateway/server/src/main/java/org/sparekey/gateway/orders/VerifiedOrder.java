// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderDocument;

/**
 * An order whose document, authority and legal basis were verified. Only this room makes one, from a submission or
 * again from the stored document as of the time it was received.
 */
public final class VerifiedOrder {

    private final OrderId id;
    private final SignedDocument signed;
    private final OrderDocument order;
    private final Instant receivedAt;
    private final String matrixRow;
    private final String matrixVersion;

    /** @param asked by law: a voluntary request is none of these */
    VerifiedOrder(
            Asked.Compelled asked,
            OrderId id,
            SignedDocument signed,
            OrderDocument order,
            Instant receivedAt,
            String matrixRow,
            String matrixVersion) {
        if (asked.kind() != order.kind()) {
            throw new IllegalArgumentException("another kind of order than was judged");
        }
        this.id = id;
        this.signed = signed;
        this.order = order;
        this.receivedAt = receivedAt;
        this.matrixRow = matrixRow;
        this.matrixVersion = matrixVersion;
    }

    public OrderId id() {
        return id;
    }

    /** The compact JWS as it came. */
    public SignedDocument signed() {
        return signed;
    }

    public OrderDocument order() {
        return order;
    }

    public Digest digest() {
        return signed.digest();
    }

    /** Time of the entry that says it was received. */
    public Instant receivedAt() {
        return receivedAt;
    }

    public String matrixRow() {
        return matrixRow;
    }

    public String matrixVersion() {
        return matrixVersion;
    }

    @Override
    public String toString() {
        return "VerifiedOrder[" + id + "]";
    }
}
