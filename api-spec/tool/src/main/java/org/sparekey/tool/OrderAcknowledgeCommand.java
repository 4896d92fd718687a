// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.Manifest;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The authority's signed receipt of what it fetched: the folder is checked against the hoster's certificate first, and its
 * manifest must be of this order, so that nobody signs for what he has not got.
 */
@NullUnmarked
@Command(
        name = "acknowledge",
        description = "Checks a fetched folder, signs for its manifest and sends the receipt.",
        mixinStandardHelpOptions = true)
final class OrderAcknowledgeCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(index = "0", paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Parameters(index = "1", paramLabel = "DIR", description = "the fetched folder")
    private Path folder;

    @Option(names = "--ca", required = true, paramLabel = "FILE", description = "the hoster's certificates, PEM")
    private Path ca;

    @Option(names = "--save", paramLabel = "FILE", description = "keep the signed receipt in this file")
    private Path save;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        if (!new FolderCheck(folder).check(PemFile.certificates(ca)).digests().containsKey(EvidenceFolder.MANIFEST)) {
            throw new EvidenceException(
                    EvidenceException.Kind.INCOMPLETE,
                    EvidenceFolder.MANIFEST + " is not among what the hoster signed");
        }
        SignedDocument manifest = SignedDocument.parse(
                Files.readString(folder.resolve(EvidenceFolder.MANIFEST), StandardCharsets.US_ASCII)
                        .strip());
        try (Channel channel = connection.open()) {
            OrderOnFile order = OrderOnFile.fetched(channel, orderId);
            if (!manifest.read(Manifest.TYPE, Manifest.class)
                    .orderDigest()
                    .equals(order.signed().digest())) {
                throw new EvidenceException(
                        EvidenceException.Kind.ALTERED, "this folder is of another order; nothing was signed");
            }
            byte[] receipt = receipt(order, manifest);
            String where = OrderCommand.ORDERS + "/" + orderId + "/acknowledgement";
            return printing.status(Connection.read(
                    Connection.granted(channel, Call.post(where, Content.of("application/jose", receipt))),
                    OrderStatus.class));
        }
    }

    private byte[] receipt(OrderOnFile order, SignedDocument manifest) throws IOException, MalformedException {
        Instant now = Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] salt = new byte[Acknowledgement.SALT_BYTES];
        Connection.RANDOM.nextBytes(salt);
        Acknowledgement receipt = new Acknowledgement(
                Acknowledgement.VERSION,
                Acknowledgement.TYPE,
                order.order().id(),
                manifest.digest(),
                now,
                Bytes.of(salt));
        byte[] signed = SignedDocument.sign(Acknowledgement.TYPE, Wire.write(receipt), connection.documentKey(), now)
                .compact()
                .getBytes(StandardCharsets.US_ASCII);
        if (save != null) {
            Files.write(save, signed);
        }
        return signed;
    }
}
