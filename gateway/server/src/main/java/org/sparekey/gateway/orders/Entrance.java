// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;

/** What becomes of an order at the door. */
sealed interface Entrance {

    /** Recorded, powerless. */
    record Received() implements Entrance {}

    /** @param detail a second code, such as why the validator's document is not his */
    record Refused(String code, Optional<String> detail) implements Entrance {}

    /** @param needs what must still arrive before it goes on */
    record VerifiedAndHeld(Asked.Compelled order, Optional<String> needs) implements Entrance {}

    /** It changes an earlier order and asks for nothing itself. */
    record Applies(OrderId earlier, OrderEvent event) implements Entrance {}

    /** A withdrawal on paper: its order rests until somebody was called, and is taken back only then. */
    record TakesBack(OrderId earlier) implements Entrance {}

    /** A signed withdrawal of an order that is frozen: it stands, and is applied when that order is thawed. */
    record Stands(OrderId earlier) implements Entrance {}
}
