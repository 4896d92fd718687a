// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Mixin;

/** Commands that send an order about an earlier one: they differ by its kind. */
@NullUnmarked
abstract class OrderChange implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderFollowup followup;

    private final OrderKind kind;

    OrderChange(OrderKind kind) {
        this.kind = kind;
    }

    @Override
    public final Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return printing.status(followup.send(connection, channel, kind, List.of()));
        }
    }
}
