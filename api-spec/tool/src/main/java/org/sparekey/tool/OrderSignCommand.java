// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs an order's JSON with one's own document key: as its issuer, or as the officer who entered it from paper. */
@NullUnmarked
@Command(name = "sign", description = "Signs an order's JSON with your document key.", mixinStandardHelpOptions = true)
final class OrderSignCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER.json", description = "the order as JSON; any layout, it is signed canonically")
    private Path order;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the compact JWS goes")
    private Path out;

    /** @param digest of the compact JWS, which approvals and the call-back are bound to */
    record Signed(UUID order, Digest digest, String written) {}

    @Override
    public Integer call() throws IOException, MalformedException {
        OrderDocument document = Wire.read(Files.readAllBytes(order), OrderDocument.class);
        SignedDocument signed = SignedDocument.sign(
                OrderDocument.TYPE, Wire.write(document), connection.documentKey(), Connection.CLOCK.instant());
        Files.writeString(out, signed.compact(), StandardCharsets.US_ASCII);
        return printing.result(
                ExitCode.OK, new Signed(document.id(), signed.digest(), out.toString()), "signed: " + signed.digest());
    }
}
