// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import org.sparekey.protocol.order.Target;

/** Where a target is: the registry's answer in this room's words. */
@FunctionalInterface
interface Locator {

    /** @param orderReceivedAt nothing recorded later lifts an answer */
    Whereabouts locate(Target target, Instant orderReceivedAt);
}
