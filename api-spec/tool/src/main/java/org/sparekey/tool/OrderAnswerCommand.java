// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an officer asked, and the issuer's answer: an order of kind CLARIFICATION with the answer as its document. */
@NullUnmarked
@Command(
        name = "answer",
        description =
                "Prints what officers asked; with --document answers it: makes, signs and submits the clarification.",
        mixinStandardHelpOptions = true)
final class OrderAnswerCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderFollowup followup;

    @Option(names = "--document", paramLabel = "FILE", description = "the answer, as text or PDF")
    private List<Path> documents = List.of();

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            if (documents.isEmpty()) {
                String asked = OrderCommand.ORDERS + "/" + followup.orderId() + "/clarifications";
                printing.json(Wire.tree(
                        Connection.granted(channel, Call.get(asked)).content().array()));
                return ExitCode.OK;
            }
            return printing.status(followup.send(connection, channel, OrderKind.CLARIFICATION, documents));
        }
    }
}
