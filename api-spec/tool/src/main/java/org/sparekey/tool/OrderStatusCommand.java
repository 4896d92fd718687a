// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where an order stands. */
@NullUnmarked
@Command(name = "status", description = "Shows where an order stands, or follows it.", mixinStandardHelpOptions = true)
final class OrderStatusCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Option(names = "--watch", description = "follow it until it ends, one line for each change")
    private boolean watch;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return watch
                    ? new OrderWatch(channel, orderId, printing).untilItEnds()
                    : printing.status(status(channel, orderId));
        }
    }

    static OrderStatus status(Channel channel, String orderId)
            throws IOException, MalformedException, RefusedException {
        return Connection.read(
                Connection.granted(channel, Call.get(OrderCommand.ORDERS + "/" + orderId)), OrderStatus.class);
    }
}
