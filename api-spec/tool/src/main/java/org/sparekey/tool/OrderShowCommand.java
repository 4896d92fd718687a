// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is executed, before anybody signs for it. */
@NullUnmarked
@Command(
        name = "show",
        description = "Shows what an order orders: its signed content, also of a PDF.",
        mixinStandardHelpOptions = true)
final class OrderShowCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            OrderOnFile shown = OrderOnFile.fetched(channel, orderId);
            return printing.result(ExitCode.OK, shown.order(), shown.words());
        }
    }
}
