// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import org.sparekey.protocol.order.OrderKind;

/**
 * What was asked, apart by its force. Only a {@link Compelled} can be held, become a {@link VerifiedOrder} and go on from
 * there: a voluntary request does not reach hold, disclosure or capture, because it does not compile.
 */
sealed interface Asked {

    static Asked of(OrderKind kind) {
        return kind == OrderKind.VOLUNTARY_REQUEST ? new Requested() : new Compelled(kind);
    }

    /** Without force. */
    record Requested() implements Asked {}

    /** By law; any kind but the voluntary one. */
    record Compelled(OrderKind kind) implements Asked {
        public Compelled {
            if (kind == OrderKind.VOLUNTARY_REQUEST) {
                throw new IllegalArgumentException("a voluntary request compels nobody");
            }
        }
    }
}
