// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Its issuer, or the judge who authorised it, takes an order back; possible until the evidence is available. */
@NullUnmarked
@Command(
        name = "withdraw",
        description = "Takes an order back: makes, signs and submits the withdrawal.",
        mixinStandardHelpOptions = true)
final class OrderWithdrawCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderFollowup followup;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return printing.status(followup.send(connection, channel, OrderKind.WITHDRAWAL, List.of()));
        }
    }
}
