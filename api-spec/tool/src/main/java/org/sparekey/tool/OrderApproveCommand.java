// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.RefusalGround;
import org.sparekey.protocol.approval.RefusalReason;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An officer signs for this order, this located target and these recipients, and sends his approval. */
@NullUnmarked
@Command(name = "approve", description = "Signs an order as an officer.", mixinStandardHelpOptions = true)
final class OrderApproveCommand implements Callable<Integer> {

    private static final Duration LASTS = Duration.ofHours(8);

    @Mixin
    private Connection connection;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "ORDER-ID", description = "the order's code, such as ORD-7Q4F-2KX9")
    private String orderId;

    @Option(names = "--officer", required = true, paramLabel = "NUMBER", description = "your number")
    private String officer;

    @Option(
            names = "--decision",
            defaultValue = "RELEASE",
            description = "secure, release or refuse (default: ${DEFAULT-VALUE})")
    private Decision decision;

    @Option(names = "--ground", description = "of a refusal: ${COMPLETION-CANDIDATES}")
    private RefusalGround ground;

    @Option(names = "--text", paramLabel = "WORDS", description = "of a refusal, for the authority to read")
    private String text;

    @Option(
            names = "--delegation",
            paramLabel = "DIGEST",
            description = "by which you fill an absent officer's seat; see delegation list")
    private String delegation;

    @Option(names = "--save", paramLabel = "FILE", description = "keep the signed approval in this file")
    private Path save;

    @Override
    public Integer call() throws IOException, MalformedException, RefusedException {
        Optional<RefusalReason> reason = reason();
        try (Channel channel = connection.open()) {
            OrderStatus before = OrderStatusCommand.status(channel, orderId);
            ApprovalBasis basis = Connection.read(
                    Connection.granted(channel, Call.get(OrderCommand.ORDERS + "/" + orderId + "/approval-basis")),
                    ApprovalBasis.class);
            printing.aside(OrderOnFile.fetched(channel, orderId)
                    .is(basis.orderDigest())
                    .words());
            Approval approval = Approval.sign(statement(basis, reason), connection.documentKey());
            if (save != null) {
                Files.write(save, Wire.write(approval));
            }
            byte[] body = reason.map(words -> Wire.write(new Refusal(approval, words)))
                    .orElseGet(() -> Wire.write(approval));
            Call call = Call.post(
                            OrderCommand.ORDERS + "/" + orderId + (reason.isPresent() ? "/refusals" : "/approvals"),
                            Content.of("application/json", body))
                    .with("if-match", "\"" + before.version() + "\"");
            return printing.status(Connection.read(Connection.granted(channel, call), OrderStatus.class));
        }
    }

    /** What is sent when he refuses. */
    record Refusal(Approval approval, RefusalReason reason) {}

    private Optional<RefusalReason> reason() throws MalformedException {
        if (decision != Decision.REFUSE) {
            return Optional.empty();
        }
        if (ground == null || text == null || text.isBlank()) {
            throw new MalformedException("", "a refusal needs --ground and --text");
        }
        return Optional.of(new RefusalReason(
                RefusalReason.VERSION, RefusalReason.TYPE, ground, text, Connection.random(RefusalReason.SALT_BYTES)));
    }

    private Optional<Digest> delegation() throws MalformedException {
        try {
            return Optional.ofNullable(delegation).map(Digest::parse);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "--delegation is the digest that delegation give and list print", e);
        }
    }

    private ApprovalStatement statement(ApprovalBasis basis, Optional<RefusalReason> reason) throws MalformedException {
        Instant now = Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
        return new ApprovalStatement(
                ApprovalStatement.VERSION,
                ApprovalStatement.TYPE,
                basis.orderDigest(),
                basis.verifiedLeaf(),
                basis.matrixRow(),
                basis.matrixVersion(),
                basis.asset(),
                basis.diskIds(),
                basis.configurationHash(),
                basis.recipients(),
                basis.captureMemory(),
                basis.copy(),
                decision,
                reason.map(RefusalReason::digest),
                officer,
                delegation(),
                bytes(ApprovalStatement.NONCE_BYTES),
                now,
                now.plus(LASTS),
                bytes(ApprovalStatement.SALT_BYTES));
    }

    private static Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        Connection.RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
