// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.LegalBasis;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderCheck;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.Validation;
import org.sparekey.protocol.order.ValidatorReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an unsigned order for its issuer to read and sign; what the matrix would refuse is not written. */
@NullUnmarked
@Command(
        name = "new",
        description =
                "Writes an unsigned order. What the law's matrix would refuse is refused here, with what is missing.",
        footer = {"", "What is always the same can stand in a file: sparekey order new @me.txt --basis ..."},
        mixinStandardHelpOptions = true)
final class OrderNewCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Mixin
    private OrderOptions.Parties parties;

    @Mixin
    private OrderOptions.About about;

    @Mixin
    private OrderOptions.Authorised authorised;

    @Mixin
    private OrderOptions.Silence silence;

    @Option(names = "--basis", required = true, paramLabel = "ROW", description = "such as NL-126na; see: law show")
    private String basis;

    @Option(names = "--kind", description = "default: the usual one on the basis")
    private OrderKind kind;

    @Option(names = "--case-ref", required = true, paramLabel = "TEXT", description = "yours; means nothing to others")
    private String caseRef;

    @Option(names = "--deliver-to", required = true, paramLabel = "TEAM", description = "an enrolled case team")
    private String deliverTo;

    @Option(names = "--urgency", defaultValue = "NORMAL", description = "${COMPLETION-CANDIDATES}")
    private Urgency urgency;

    @Option(names = "--deadline", paramLabel = "INSTANT", description = "default: by kind and urgency")
    private Instant deadline;

    @Option(names = "--document", paramLabel = "FILE", description = "an attachment; sent along at submission")
    private List<Path> documents = List.of();

    @Option(names = "--matrix", paramLabel = "FILE", description = "default: the newest published one")
    private Path matrixFile;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the order's JSON goes")
    private Path out;

    @Override
    public Integer call() throws IOException, MalformedException {
        if (Files.exists(out)) {
            throw new IOException(out + " is there already; nothing was written");
        }
        Instant now = Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        Matrix matrix = OrderCheckCommand.matrix(matrixFile);
        OrderDocument order = order(matrix, now);
        Judgement judgement =
                OrderCheck.judge(order, matrix, new OrderCheck.Facts(Optional.empty(), validation(order), now, now));
        Optional<Refusal> refusal = OrderJudged.refusal(judgement.overall());
        if (refusal.isPresent()) {
            OrderJudged judged = OrderJudged.of(order, judgement, Optional.empty());
            return printing.result(
                    ExitCode.FAILED,
                    judged,
                    judged.words() + OrderMissing.words(refusal.get()) + "\nnothing was written");
        }
        Files.writeString(out, Wire.tree(order).toPrettyString() + "\n", StandardOpenOption.CREATE_NEW);
        OrderJudged judged = OrderJudged.of(order, judgement, Optional.of(out.toString()));
        return printing.result(
                ExitCode.OK,
                judged,
                "written: " + out + ", an order of kind " + order.kind() + " until " + Wire.text(order.deadline())
                        + "\n" + judged.words() + "\nread it, then: sparekey order sign " + out);
    }

    private OrderDocument order(Matrix matrix, Instant now) throws IOException, MalformedException {
        Optional<MatrixRow> row = matrix.row(basis);
        if (row.isEmpty()) {
            throw new MalformedException(
                    "",
                    "--basis " + basis + " is not in the matrix " + matrix.version() + ": "
                            + matrix.rows().stream().map(MatrixRow::id).collect(Collectors.joining(", ")));
        }
        OrderKind ordered = kind == null ? OrderDraft.usualKind(row.get()).orElseThrow(OrderMissing::kind) : kind;
        if (ordered.follows()) {
            throw new MalformedException("", ordered + " is about an earlier order: order withdraw, extend or answer");
        }
        Addressee addressee = new Addressee(parties.addressee, origin(), parties.capacity);
        Issuer issuer = parties.issuer(row);
        Optional<ValidatorReference> validator = authorised.named(row, now);
        Target target = about.target();
        Scope scope = about.scope(OrderDraft.within(row.get(), ordered), now);
        List<DocumentReference> references = OrderOptions.documents(documents);
        Secrecy secrecy = silence.secrecy();
        Instant until = deadline == null ? now.plus(OrderDraft.usualTerm(row.get(), ordered, urgency)) : deadline;
        return new OrderDraft(now, Connection.RANDOM)
                .of((id, salt) -> new OrderDocument(
                        OrderDocument.VERSION,
                        OrderDocument.TYPE,
                        id,
                        ordered,
                        addressee,
                        new LegalBasis(basis, matrix.version()),
                        issuer,
                        validator,
                        caseRef,
                        target,
                        scope,
                        urgency,
                        until,
                        secrecy,
                        deliverTo,
                        Optional.empty(),
                        references,
                        salt));
    }

    private String origin() throws IOException, MalformedException {
        return parties.gateway == null ? connection.gateway() : parties.gateway;
    }

    /** Whose it is, is judged by the gateway; here it counts as named or not. */
    private static Validation validation(OrderDocument order) {
        return order.validator().isPresent() ? new Validation.Unproven() : new Validation.Absent();
    }
}
