// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Command;

/** Its issuer, or the judge who authorised it, takes an order back; possible until the evidence is available. */
@Command(
        name = "withdraw",
        description = "Takes an order back: makes, signs and submits the withdrawal.",
        footer = {
            "",
            "A judge, who reads no orders at the gateway, names the one that he authorised by its file:",
            "sparekey order withdraw --order order.jws --authority COURT --person NUMBER --role judge"
        },
        mixinStandardHelpOptions = true)
final class OrderWithdrawCommand extends OrderChange {

    OrderWithdrawCommand() {
        super(OrderKind.WITHDRAWAL);
    }
}
