// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Multipart;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a signed order, with the validator's document and the attached ones. */
@NullUnmarked
@Command(name = "submit", description = "Submits a signed order.", mixinStandardHelpOptions = true)
final class OrderSubmitCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER", description = "the signed order (compact JWS, or a signed PDF)")
    private Path order;

    @Option(names = "--validator", paramLabel = "FILE", description = "the signed authorisation")
    private Path validator;

    @Option(names = "--document", paramLabel = "FILE", description = "an attached document, as the order names it")
    private List<Path> documents = List.of();

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        Multipart parts = put(new Multipart(Connection.RANDOM), "order", order);
        if (validator != null) {
            put(parts, "validator", validator);
        }
        for (Path document : documents) {
            parts.part("document", "application/octet-stream", Files.readAllBytes(document));
        }
        try (Channel channel = connection.open()) {
            OrderStatus status = Connection.read(
                    Connection.granted(channel, Call.post(OrderCommand.ORDERS, parts.content())), OrderStatus.class);
            return printing.status(status);
        }
    }

    /** Parsed here, so that a typing error does not cost a request. */
    private static Multipart put(Multipart parts, String name, Path file) throws IOException, MalformedException {
        SignedDocument signed = OrderCheckCommand.read(file);
        return signed.pdf().isPresent()
                ? parts.part(name, "application/pdf", signed.pdf().get())
                : parts.part(name, "application/jose", signed.compact().getBytes(StandardCharsets.US_ASCII));
    }
}
