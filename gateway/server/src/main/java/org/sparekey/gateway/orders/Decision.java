// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

/** What the law of states says to an event. */
sealed interface Decision {

    /** @param says the entry that goes with it */
    record Move(OrderState to, OrderStatement says) implements Decision {}

    record Illegal() implements Decision {}
}
