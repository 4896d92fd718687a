// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.ValidatorDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the law's matrix says about an order, without a gateway; authenticity is not judged here. */
@NullUnmarked
@Command(
        name = "check",
        description = "Says offline what the legal-basis matrix makes of an order.",
        mixinStandardHelpOptions = true)
final class OrderCheckCommand implements Callable<Integer> {

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER", description = "the signed order (compact JWS)")
    private Path order;

    @Option(names = "--validator", paramLabel = "FILE", description = "the signed authorisation")
    private Path validator;

    @Option(
            names = "--matrix",
            paramLabel = "FILE",
            description = "a matrix file (default: the newest published one, which gateways judge by)")
    private Path matrix;

    @Option(names = "--at", paramLabel = "INSTANT", description = "as of when (default: now)")
    private Instant at;

    @Override
    public Integer call() throws IOException, MalformedException {
        SignedDocument signed = read(order);
        OrderDocument document = signed.read(OrderDocument.TYPE, OrderDocument.class);
        Instant now = at();
        Optional<Refusal> other = authorisation(document, signed, now);
        Validation validation = validator == null ? new Validation.Absent() : new Validation.Unproven();
        Judgement judgement = OrderCheck.judge(
                document, matrix(matrix), new OrderCheck.Facts(Optional.empty(), validation, signed.claimedAt(), now));
        OrderJudged judged = OrderJudged.of(document, judgement, Optional.empty());
        judged = other.isPresent() ? judged.denied(other.get()) : judged;
        int exit = judged.denied().isPresent() ? ExitCode.FAILED : ExitCode.OK;
        return printing.result(exit, judged, judged.words());
    }

    /** Whether the judge's document is for this order and says what the order says, as the gateway asks first. */
    private Optional<Refusal> authorisation(OrderDocument document, SignedDocument signed, Instant now)
            throws IOException, MalformedException {
        if (validator == null) {
            return Optional.empty();
        }
        ValidatorDocument said = read(validator).read(ValidatorDocument.TYPE, ValidatorDocument.class);
        return OrderCheck.validates(said, document, signed.digest(), now);
    }

    private Instant at() {
        return at == null ? Connection.CLOCK.instant() : at;
    }

    /** @param file null for the newest published one */
    static Matrix matrix(Path file) throws IOException, MalformedException {
        return file == null ? Matrix.packaged() : Matrix.parse(Files.readAllBytes(file));
    }

    static SignedDocument read(Path file) throws IOException, MalformedException {
        byte[] content = Files.readAllBytes(file);
        return AuthorityDocument.isPdf(content)
                ? AuthorityDocument.ofPdf(content)
                : SignedDocument.parse(new String(content, StandardCharsets.US_ASCII).strip());
    }
}
