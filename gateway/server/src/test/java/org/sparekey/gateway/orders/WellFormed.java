// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.World;

/** What each operation on an order takes where the state and the person allow it: signed, complete and true. */
final class WellFormed {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final World world;
    private final OrderStatus order;
    private final ApprovalBasis basis;
    private final CallBackSheet sheet;
    private final Digest manifest;

    WellFormed(World world, OrderStatus order, ApprovalBasis basis, CallBackSheet sheet, Digest manifest) {
        this.world = world;
        this.order = order;
        this.basis = basis;
        this.sheet = sheet;
        this.manifest = manifest;
    }

    record Body(String mediaType, Bytes content) {
        static Body json(Object value) {
            return new Body("application/json", Bytes.of(Wire.write(value)));
        }

        static Body jose(SignedDocument document) {
            return new Body("application/jose", Bytes.of(document.compact().getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** @param operation the last part of its path */
    Body of(String operation, Actor by) {
        return switch (operation) {
            case "approvals" -> Body.json(approval(by, Decision.RELEASE));
            case "refusals" ->
                Body.json(new OrdersController.RefusalSent(approval(by, Decision.REFUSE), OfficerDesks.REASON));
            case "clarifications" ->
                Body.json(new ClarificationQuestion(
                        ClarificationQuestion.VERSION,
                        ClarificationQuestion.TYPE,
                        ClarificationQuestion.Subject.TARGET,
                        "Which of the two?"));
            case "officer-records" -> Body.json(effort());
            case "call-back-codes" ->
                new Body("application/json", Bytes.of("{\"subject\":\"ISSUER\"}".getBytes(StandardCharsets.US_ASCII)));
            case "call-backs" -> Body.jose(denial(by));
            case "acknowledgement" -> Body.jose(acknowledgement(by));
            default -> throw new AssertionError("nobody has said what " + operation + " takes");
        };
    }

    private Approval approval(Actor by, Decision decision) {
        Instant now = now();
        ApprovalStatement statement = new ApprovalStatement(
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
                decision,
                decision == Decision.REFUSE ? Optional.of(OfficerDesks.REASON.digest()) : Optional.empty(),
                by.person(),
                bytes(ApprovalStatement.NONCE_BYTES),
                now,
                now.plus(Duration.ofHours(8)),
                bytes(ApprovalStatement.SALT_BYTES));
        return Approval.sign(statement, by.document());
    }

    private static OfficerRecord effort() {
        return new OfficerRecord(
                OfficerRecord.VERSION,
                OfficerRecord.TYPE,
                OfficerRecord.What.EFFORT,
                Optional.empty(),
                Optional.of(5),
                Optional.empty(),
                Optional.empty(),
                "read it");
    }

    private SignedDocument denial(Actor by) {
        CallBackSheet.Call call = List.copyOf(sheet.calls()).getFirst();
        return new OrderDesk(world, CLOCK, RANDOM)
                .calledBack(by, order.orderDigest(), call, CallBackOutcome.DENIED, Optional.empty());
    }

    private SignedDocument acknowledgement(Actor by) {
        Acknowledgement said = new Acknowledgement(
                Acknowledgement.VERSION,
                Acknowledgement.TYPE,
                order.id(),
                manifest,
                now(),
                bytes(Acknowledgement.SALT_BYTES));
        return SignedDocument.sign(Acknowledgement.TYPE, Wire.write(said), by.document(), now());
    }

    private static Instant now() {
        return CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
