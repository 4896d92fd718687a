// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackSheet;
import org.sparekey.protocol.callback.GivenCode;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.channel.Multipart;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;

/** What investigators and officers send: orders and approvals. */
final class Submissions {

    static final String ORDERS = "/v1/orders";
    private static final Duration APPROVAL_LASTS = Duration.ofHours(8);

    private final People people;
    private final InstantSource clock;
    private final SecureRandom random;

    Submissions(People people, InstantSource clock, SecureRandom random) {
        this.people = people;
        this.clock = clock;
        this.random = random;
    }

    OrderStatus submit(Actor sender, OrderDesk.Letter letter) {
        return read(people.granted(sender, call(letter)), OrderStatus.class);
    }

    Call call(OrderDesk.Letter letter) {
        Multipart parts = new Multipart(random)
                .part("order", "application/jose", ascii(letter.order().compact()));
        letter.validator()
                .ifPresent(validator -> parts.part("validator", "application/jose", ascii(validator.compact())));
        return Call.post(ORDERS, parts.content());
    }

    OrderStatus status(Actor reader, String orderId) {
        return read(people.granted(reader, Call.get(ORDERS + "/" + orderId)), OrderStatus.class);
    }

    CallBackSheet sheet(Actor officer, String orderId) {
        return read(
                people.granted(officer, Call.get(ORDERS + "/" + orderId + "/call-back-sheet")), CallBackSheet.class);
    }

    /** What the authority says when it is called. */
    String code(Actor authority, String orderId) {
        Content issuer = Content.of("application/json", ascii("{\"subject\":\"ISSUER\"}"));
        return read(
                        people.granted(authority, Call.post(ORDERS + "/" + orderId + "/call-back-codes", issuer)),
                        GivenCode.class)
                .code();
    }

    OrderStatus calledBack(Actor officer, String orderId, SignedDocument record) {
        Content signed = Content.of("application/jose", ascii(record.compact()));
        return read(
                people.granted(officer, Call.post(ORDERS + "/" + orderId + "/call-backs", signed)), OrderStatus.class);
    }

    /** Fetches what is to be signed, and signs it. */
    Approval approval(Actor officer, String orderId, Decision decision) {
        ApprovalBasis basis = read(
                people.granted(officer, Call.get(ORDERS + "/" + orderId + "/approval-basis")), ApprovalBasis.class);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Approval.sign(
                new ApprovalStatement(
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
                        Optional.empty(),
                        officer.person(),
                        bytes(ApprovalStatement.NONCE_BYTES),
                        now,
                        now.plus(APPROVAL_LASTS),
                        bytes(ApprovalStatement.SALT_BYTES)),
                officer.document());
    }

    Call approve(OrderStatus order, Approval approval) {
        return Call.post(
                        ORDERS + "/" + order.orderId() + "/approvals",
                        Content.of("application/json", Wire.write(approval)))
                .with("if-match", "\"" + order.version() + "\"");
    }

    static <T> T read(Answer.Granted answer, Class<T> type) {
        try {
            return Wire.read(answer.content().array(), type);
        } catch (MalformedException e) {
            throw new IllegalStateException("an answer that is not a " + type.getSimpleName(), e);
        }
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
