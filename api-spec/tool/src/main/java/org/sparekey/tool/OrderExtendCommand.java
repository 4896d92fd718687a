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

/** A freezing is extended, once (126ni(2) Sv). */
@NullUnmarked
@Command(
        name = "extend",
        description =
                "Extends a freezing once, by the days of its legal basis: makes, signs and submits the extension.",
        mixinStandardHelpOptions = true)
final class OrderExtendCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderFollowup followup;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return printing.status(followup.send(connection, channel, OrderKind.EXTENSION, List.of()));
        }
    }
}
