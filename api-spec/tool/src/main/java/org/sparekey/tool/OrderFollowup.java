// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Multipart;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.ValidatorReference;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An order about an earlier one: made from what the gateway has on file, signed here, submitted. */
@NullUnmarked
final class OrderFollowup {

    @Parameters(
            paramLabel = "ORDER-ID",
            arity = "0..1",
            description = "the earlier order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Option(
            names = "--order",
            paramLabel = "FILE",
            description = "the earlier order itself, where you may not read it at the gateway")
    private Path order;

    @Option(names = "--authority", paramLabel = "ID", description = "yours, where it is not the earlier issuer's")
    private String authority;

    @Option(names = "--person", paramLabel = "NUMBER", description = "your number, where you did not issue it yourself")
    private String person;

    @Option(names = "--role", paramLabel = "ROLE", description = "your role, where it is not the earlier issuer's")
    private String role;

    @Option(names = "--save", paramLabel = "FILE", description = "keep the signed order in this file")
    private Path save;

    String orderId() {
        return orderId;
    }

    /** Where the new order stands: applied when it changed the earlier one. */
    OrderStatus send(Connection connection, Channel channel, OrderKind kind, List<Path> documents)
            throws IOException, MalformedException, RefusedException {
        SignedDocument signed = signed(connection, channel, kind, Optional.empty(), documents);
        Multipart parts = new Multipart(Connection.RANDOM)
                .part("order", "application/jose", signed.compact().getBytes(StandardCharsets.US_ASCII));
        for (Path document : documents) {
            parts.part("document", "application/octet-stream", Files.readAllBytes(document));
        }
        return Connection.read(
                Connection.granted(channel, Call.post(OrderCommand.ORDERS, parts.content())), OrderStatus.class);
    }

    /** Made and signed, kept where it is to be kept, and not sent: a judge authorises by its digest first. */
    SignedDocument authorisedLater(
            Connection connection, Channel channel, OrderKind kind, OrderOptions.Authorised authorised)
            throws IOException, MalformedException, RefusedException {
        if (save == null) {
            throw new MalformedException("", "say --save: the judge signs his authorisation of that very file");
        }
        return signed(connection, channel, kind, authorised.named(Optional.empty(), now()), List.of());
    }

    private SignedDocument signed(
            Connection connection,
            Channel channel,
            OrderKind kind,
            Optional<ValidatorReference> validator,
            List<Path> documents)
            throws IOException, MalformedException, RefusedException {
        OrderDocument earlier = earlier(channel);
        Instant now = now();
        OrderDocument later = new OrderDraft(now, Connection.RANDOM)
                .after(
                        earlier,
                        kind,
                        Matrix.newest(),
                        by(earlier.issuer()),
                        validator,
                        OrderOptions.documents(documents));
        SignedDocument signed =
                SignedDocument.sign(OrderDocument.TYPE, Wire.write(later), connection.documentKey(), now);
        if (save != null) {
            Files.writeString(save, signed.compact(), StandardCharsets.US_ASCII);
        }
        return signed;
    }

    private static Instant now() {
        return Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private OrderDocument earlier(Channel channel) throws IOException, MalformedException, RefusedException {
        if (order != null) {
            return OrderCheckCommand.read(order).read(OrderDocument.TYPE, OrderDocument.class);
        }
        if (orderId == null) {
            throw new MalformedException("", "which order: its ORDER-ID, or --order with its file");
        }
        return OrderOnFile.fetched(channel, orderId).order();
    }

    private Issuer by(Issuer earlier) {
        return new Issuer(
                authority == null ? earlier.authority() : authority,
                person == null ? earlier.person() : person,
                role == null ? earlier.role() : role.toUpperCase(Locale.ROOT),
                earlier.country());
    }
}
