// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the law's matrix says about an order, without a gateway; authenticity is not judged here. */
@NullUnmarked
@Command(
        name = "check",
        description = "Says offline what the legal-basis matrix makes of an order.",
        mixinStandardHelpOptions = true)
final class OrderCheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ORDER", description = "the signed order (compact JWS)")
    private Path order;

    @Option(names = "--validator", paramLabel = "FILE", description = "the signed authorisation")
    private Path validator;

    @Override
    public Integer call() throws IOException, MalformedException {
        SignedDocument signed = read(order);
        OrderDocument document = signed.read(OrderDocument.TYPE, OrderDocument.class);
        Validation validation = validator == null ? new Validation.Absent() : new Validation.Unproven();
        Judgement judgement = OrderCheck.judge(
                document,
                Matrix.packaged(),
                new OrderCheck.Facts(Optional.empty(), validation, signed.claimedAt(), Connection.CLOCK.instant()));
        PrintWriter out = spec.commandLine().getOut();
        judgement.verdicts().forEach((category, verdict) -> out.println(category + ": " + verdict));
        out.flush();
        return judgement.overall() instanceof Verdict.Deny ? ExitCode.FAILED : ExitCode.OK;
    }

    static SignedDocument read(Path file) throws IOException, MalformedException {
        return SignedDocument.parse(
                Files.readString(file, StandardCharsets.US_ASCII).strip());
    }
}
