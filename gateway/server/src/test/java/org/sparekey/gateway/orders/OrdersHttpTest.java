// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** The room over real HTTPS: every answer is signed and held against openapi.yaml by the client. */
class OrdersHttpTest {

    private static final String TYPE = Multipart.contentType("boundary");
    private static final String JSON = "application/json";
    private static final Instant SEEN = Instant.parse("2026-11-01T14:03:11Z");

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final OrderDesk desk = new OrderDesk(gateway.world(), InstantSource.system(), new SecureRandom());
    private final SignedClient investigator = gateway.client(cast.investigator());

    @Test
    void an_identity_order_is_answered_in_one_request_and_read_by_its_authority_only() throws Exception {
        Letter letter = desk.whoHad("203.0.113.9", SEEN);
        Reply submitted = submit(letter);
        OrderStatus status = submitted.json(OrderStatus.class);

        assertThat(submitted.status()).isIn(201, 202);
        assertThat(submitted.header("location")).isEqualTo("/v1/orders/" + status.orderId());
        assertThat(status.state()).isEqualTo("closed");
        assertThat(status.grade()).contains(Grade.UNKNOWN);
        SignedDocument answer = SignedDocument.parse(
                investigator.get("/v1/orders/" + status.orderId() + "/answer").text());
        assertThat(answer.verifiedBy(gateway.world().gatewayStatement().publicKey()))
                .isTrue();
        assertThat(answer.read(IdentityAnswer.TYPE, IdentityAnswer.class).orderDigest())
                .isEqualTo(letter.order().digest());
        assertThat(investigator.get("/v1/orders/" + status.orderId() + "/order").text())
                .isEqualTo(letter.order().compact());
        for (String path : new String[] {"", "/answer", "/order"}) {
            Reply other = gateway.client(cast.stranger()).get("/v1/orders/" + status.orderId() + path);
            assertThat(other.problem()).isEqualTo(Problem.NOT_FOUND);
        }
    }

    @Test
    void an_order_on_a_signed_pdf_is_answered_too_and_given_back_as_the_file_that_was_signed() {
        SignedDocument pdf = desk.pdf(Wire.write(desk.identity("203.0.113.9", SEEN)), cast.investigator());
        Reply submitted = submit(new Letter(pdf, Optional.empty()));
        OrderStatus status = submitted.json(OrderStatus.class);

        assertThat(submitted.status()).as(submitted.text()).isIn(201, 202);
        assertThat(status.state()).isEqualTo("closed");
        assertThat(status.orderDigest()).isEqualTo(Digest.sha256(pdf.pdf().orElseThrow()));
        Reply order = investigator.get("/v1/orders/" + status.orderId() + "/order");
        assertThat(order.header("content-type")).isEqualTo("application/pdf");
        assertThat(order.body()).isEqualTo(pdf.pdf().orElseThrow());

        SignedClient officer = gateway.client(cast.officer1());
        Reply executed = officer.send(
                officer.sign(officer.request("GET", "/v1/orders/" + status.orderId() + "/order")
                        .with("accept", "application/json")),
                new byte[0]);
        assertThat(executed.header("content-type")).isEqualTo("application/json");
        assertThat(executed.body())
                .as("what is executed, whatever the pages show")
                .isEqualTo(pdf.payload());
    }

    @Test
    void who_is_given_the_answer_is_an_entry_that_stands_in_the_log_before_it_leaves() {
        OrderStatus status = submit(desk.whoHad("203.0.113.9", SEEN)).json(OrderStatus.class);
        AuditLog log = gateway.bean(AuditLog.class);
        assertThat(reads(log, status)).isEmpty();

        Reply answer = investigator.get("/v1/orders/" + status.orderId() + "/answer");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(reads(log, status)).singleElement().satisfies(entry -> {
            assertThat(entry.clear()).containsEntry("what", "answer");
            assertThat(entry.actor().keyId())
                    .contains(cast.investigator().message().keyId());
        });
        investigator.get("/v1/orders/" + status.orderId());
        gateway.client(cast.stranger()).get("/v1/orders/" + status.orderId() + "/answer");
        gateway.client(cast.officer1()).get("/v1/orders/" + status.orderId() + "/order");
        investigator.get("/v1/orders/" + status.orderId() + "/bundle");
        assertThat(reads(log, status))
                .extracting(entry -> entry.clear().get("what"))
                .containsExactly("answer", "order");
    }

    private static List<LogEntry> reads(AuditLog log, OrderStatus status) {
        return log.ofCase(status.orderId()).stream()
                .map(EntryText::parsed)
                .filter(entry -> entry.type().equals("order.read"))
                .toList();
    }

    @Test
    void the_receipt_names_the_entry_and_its_place_in_the_log() {
        OrderStatus status = submit(desk.voluntary("203.0.113.9", SEEN)).json(OrderStatus.class);
        Reply later = investigator.get("/v1/orders/" + status.orderId());

        assertThat(status.state()).isEqualTo("received");
        assertThat(later.header("etag")).isEqualTo("\"" + status.version() + "\"");
        assertThat(later.json(OrderStatus.class).entry().leafHash())
                .isEqualTo(status.entry().leafHash());
    }

    @Test
    void whoever_waits_is_answered_when_it_differs_from_what_he_knows_or_the_time_is_over() {
        OrderStatus status = submit(desk.voluntary("203.0.113.9", SEEN)).json(OrderStatus.class);
        String path = "/v1/orders/" + status.orderId();

        Reply differs = investigator.get(path + "?wait=30&version=0");
        Reply same = investigator.get(path + "?wait=1&version=" + status.version());

        assertThat(differs.json(OrderStatus.class).version()).isEqualTo(status.version());
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.header("etag")).isEqualTo("\"" + status.version() + "\"");
        for (String wrong :
                List.of("?wait=31&version=1", "?wait=1", "?version=1", "?wait=&version=", "?wait=x&version=1")) {
            assertThat(investigator.get(path + wrong).problem()).as(wrong).isEqualTo(Problem.MALFORMED_REQUEST);
        }
        assertThat(gateway.client(cast.stranger())
                        .get(path + "?wait=30&version=" + status.version())
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_retry_is_answered_with_the_same_order() {
        byte[] body = OrdersFixture.body(desk.whoHad("203.0.113.9", SEEN));
        String key = UUID.randomUUID().toString();

        OrderStatus first = investigator.post("/v1/orders", TYPE, body, key).json(OrderStatus.class);
        OrderStatus second = investigator.post("/v1/orders", TYPE, body, key).json(OrderStatus.class);

        assertThat(second.orderId()).isEqualTo(first.orderId());
    }

    @Test
    void the_officer_sees_the_queue_and_the_reseller_sees_nothing() {
        OrderStatus status = submit(desk.whoHad("203.0.113.9", SEEN)).json(OrderStatus.class);

        assertThat(gateway.client(cast.officer1()).get("/v1/orders").text()).contains(status.orderId());
        assertThat(gateway.client(cast.stranger()).get("/v1/orders").text()).doesNotContain(status.orderId());
        Reply reseller = gateway.client(cast.reseller()).get("/v1/orders/" + status.orderId());
        assertThat(reseller.status()).isIn(403, 404);
        assertThat(gateway.client(cast.reseller()).get("/v1/orders").text()).doesNotContain(status.orderId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "--boundary\r\n",
                "--boundary--\r\n",
                "--boundary\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: a/b\r\n\r\n\u0000\r\n--boundary--\r\n",
                "--boundary\r\nContent-Disposition: form-data; name=\"order\"\r\nContent-Type: a/b\r\n\r\na.b.c\r\n--boundary--\r\n",
                "--boundary\r\nContent-Disposition: form-data; name=\"other\"\r\nContent-Type: a/b\r\n\r\nx\r\n--boundary--\r\n"
            })
    void a_body_that_is_no_order_is_a_coded_problem(String body) {
        Reply reply = investigator.post("/v1/orders", TYPE, body.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.problem()).isIn(Problem.ORDER_MALFORMED, Problem.MALFORMED_REQUEST);
    }

    @Test
    void an_order_as_json_is_not_taken() {
        assertThat(investigator.post("/v1/orders", JSON, new byte[] {'{', '}'}).problem())
                .isEqualTo(Problem.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void an_approval_needs_the_etag_of_what_was_judged_and_an_officer() {
        OrderStatus status = submit(desk.whoHad("203.0.113.9", SEEN)).json(OrderStatus.class);
        String path = "/v1/orders/" + status.orderId() + "/approvals";

        assertThat(gateway.client(cast.officer1())
                        .post(path, JSON, new byte[] {'{', '}'})
                        .problem())
                .isEqualTo(Problem.PRECONDITION_REQUIRED);
        assertThat(gateway.client(cast.officer1())
                        .get("/v1/orders/" + status.orderId() + "/approval-basis")
                        .problem())
                .isEqualTo(Problem.CONFLICT);
        assertThat(investigator
                        .get("/v1/orders/" + status.orderId() + "/approval-basis")
                        .problem())
                .isEqualTo(Problem.FORBIDDEN);
    }

    private Reply submit(Letter letter) {
        return investigator.post("/v1/orders", TYPE, OrdersFixture.body(letter));
    }
}
