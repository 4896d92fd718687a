// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.Acknowledgement;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.signature.Message;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;

/** What the prosecutor and the officers send over HTTPS; every answer is held against openapi.yaml. */
final class CaseDesk {

    private static final String ORDERS = "/v1/orders";
    private static final String JOSE = "application/jose";
    private static final String BOUNDARY = "boundary";
    private static final Duration APPROVAL_LASTS = Duration.ofHours(8);

    private final Actor prosecutor;
    private final SignedClient authority;
    private final GatewayFixture gateway;
    private final InstantSource clock;
    private final SecureRandom random;

    CaseDesk(GatewayFixture gateway, InstantSource clock, SecureRandom random) {
        this.prosecutor = gateway.world().cast().prosecutor();
        this.authority = gateway.client(prosecutor);
        this.gateway = gateway;
        this.clock = clock;
        this.random = random;
    }

    /** The order with the judge's document. */
    OrderStatus submit(OrderDesk.Letter letter) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(new Multipart.Part("order", JOSE, ascii(letter.order())));
        parts.add(new Multipart.Part("validator", JOSE, ascii(letter.validator().orElseThrow())));
        Reply reply = authority.post(ORDERS, Multipart.contentType(BOUNDARY), Multipart.write(parts, BOUNDARY));
        assertThat(reply.status()).as(reply.text()).isIn(201, 202);
        return reply.json(OrderStatus.class);
    }

    OrderStatus status(String orderId) {
        return authority.get(ORDERS + "/" + orderId).json(OrderStatus.class);
    }

    /** The officer fetches what there is to sign for, signs it and sends it. */
    OrderStatus release(Actor officer, OrderStatus order) {
        return release(officer, order, Optional.empty());
    }

    /** @param delegation by which he fills an officer's seat */
    OrderStatus release(Actor officer, OrderStatus order, Optional<Digest> delegation) {
        SignedClient client = gateway.client(officer);
        String path = ORDERS + "/" + order.orderId();
        ApprovalBasis basis = client.get(path + "/approval-basis").json(ApprovalBasis.class);
        byte[] body = Wire.write(Approval.sign(statement(officer, basis, delegation), officer.document()));
        Message.Request request = client.request("POST", path + "/approvals")
                .with("content-type", "application/json")
                .with("idempotency-key", UUID.randomUUID().toString())
                .with("if-match", "\"" + order.version() + "\"")
                .withContent(body);
        Reply reply = client.send(client.sign(request), body);
        assertThat(reply.status()).as(reply.text()).isLessThan(300);
        return reply.json(OrderStatus.class);
    }

    /** The authority's signed receipt of what it opened. */
    OrderStatus acknowledge(OrderStatus order, Digest manifest) {
        Instant now = now();
        Acknowledgement receipt = new Acknowledgement(
                Acknowledgement.VERSION,
                Acknowledgement.TYPE,
                order.id(),
                manifest,
                now,
                bytes(Acknowledgement.SALT_BYTES));
        SignedDocument signed =
                SignedDocument.sign(Acknowledgement.TYPE, Wire.write(receipt), prosecutor.document(), now);
        Reply reply = authority.post(ORDERS + "/" + order.orderId() + "/acknowledgement", JOSE, ascii(signed));
        assertThat(reply.status()).as(reply.text()).isIn(201, 202);
        return reply.json(OrderStatus.class);
    }

    byte[] bundle(OrderStatus order) {
        Reply reply = authority.get(ORDERS + "/" + order.orderId() + "/bundle");
        assertThat(reply.status()).as("of the bundle").isEqualTo(200);
        return reply.body();
    }

    private ApprovalStatement statement(Actor officer, ApprovalBasis basis, Optional<Digest> delegation) {
        Instant now = now();
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
                Decision.RELEASE,
                Optional.empty(),
                officer.person(),
                delegation,
                bytes(ApprovalStatement.NONCE_BYTES),
                now,
                now.plus(APPROVAL_LASTS),
                bytes(ApprovalStatement.SALT_BYTES));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private static byte[] ascii(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }
}
