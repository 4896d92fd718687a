// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Command;

/** A freezing is extended, once (126ni(2) Sv). */
@Command(
        name = "extend",
        description =
                "Extends a freezing once, by the days of its legal basis: makes, signs and submits the extension.",
        mixinStandardHelpOptions = true)
final class OrderExtendCommand extends OrderChange {

    OrderExtendCommand() {
        super(OrderKind.EXTENSION);
    }
}
