// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.signature.Message;

/** Bad input gets a coded problem, never a 5xx, and the gateway is alive after it. */
class GarbageTest {

    private static final String JSON = "application/json";
    private static final String STRICT = "/v1/echo/json";

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final SignedClient client = gateway.client(gateway.world().cast().investigator());

    @AfterEach
    void alive() {
        assertThat(client.get("/v1/echo").status()).isEqualTo(200);
        assertThat(gateway.bean(AuditLog.class).stopped()).isEmpty();
    }

    @Test
    void well_formed_json_is_taken() {
        assertThat(json("{\"count\":1,\"name\":\"a\"}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{}",
                "{\"count\":1}",
                "{\"count\":1,\"name\":null}",
                "{\"count\":1,\"name\":\"a\",\"name\":\"b\"}",
                "{\"count\":\"1\",\"name\":\"a\"}",
                "{\"count\":1.5,\"name\":\"a\"}",
                "{\"count\":1e99,\"name\":\"a\"}",
                "{\"count\":99999999999999999999,\"name\":\"a\"}",
                "{\"count\":1,\"name\":7}",
                "{\"count\":1,\"name\":{}}",
                "{\"count\":1,\"name\":\"a\",\"more\":true}",
                "{\"count\":1,\"name\":\"a\"} trailing",
                "{\"count\":1,\"name\":\"\u0000\"}",
                "\u0000\u0000\u0000",
                "{'count':1,'name':'a'}",
                "{\"count\":NaN,\"name\":\"a\"}"
            })
    void what_is_not_the_strict_form_is_malformed(String body) {
        assertThat(json(body).problem()).isEqualTo(Problem.MALFORMED_REQUEST);
    }

    @Test
    void json_nested_beyond_any_document_is_malformed() {
        assertThat(json("[".repeat(100_000)).problem()).isEqualTo(Problem.MALFORMED_REQUEST);
        assertThat(json("{\"a\":".repeat(50_000)).problem()).isEqualTo(Problem.MALFORMED_REQUEST);
    }

    @Test
    void bytes_that_are_no_text_are_malformed() {
        byte[] noise = new byte[4096];
        new SplittableRandom(7).nextBytes(noise);
        assertThat(client.post(STRICT, JSON, noise).problem()).isEqualTo(Problem.MALFORMED_REQUEST);
    }

    @Test
    void ten_megabytes_of_garbage_are_too_large() {
        assertThat(client.post(STRICT, JSON, new byte[10 << 20]).problem()).isEqualTo(Problem.BODY_TOO_LARGE);
    }

    @Test
    void encoded_content_is_refused_before_it_is_read() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        Message.Request request = client.request("POST", STRICT)
                .with("content-type", JSON)
                .with("content-encoding", "gzip")
                .with("idempotency-key", "aaaaaaaaaaaaaaaaaaaa")
                .withContent(body);
        assertThat(client.send(client.sign(request), body).problem()).isEqualTo(Problem.CONTENT_ENCODING_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/echo/nothing", "/v1/", "/v1/%2e%2e/actuator", "/v1//echo"})
    void an_unknown_path_is_a_coded_problem(String path) {
        Reply reply = client.get(path);
        assertThat(reply.problem()).isIn(Problem.NOT_FOUND, Problem.MALFORMED_REQUEST);
    }

    @Test
    void an_unknown_method_is_not_allowed_and_says_which_are() {
        Reply reply = client.send(client.sign(client.request("DELETE", "/v1/echo")), new byte[0]);
        assertThat(reply.problem()).isEqualTo(Problem.METHOD_NOT_ALLOWED);
        assertThat(reply.header("allow")).contains("GET");
        assertThat(reply.bound()).isTrue();
    }

    @Test
    void an_unknown_media_type_is_refused() {
        assertThat(client.post(STRICT, "text/plain", new byte[] {1}).problem())
                .isEqualTo(Problem.UNSUPPORTED_MEDIA_TYPE);
        assertThat(client.post(STRICT, "nonsense", new byte[] {1}).problem())
                .isIn(Problem.UNSUPPORTED_MEDIA_TYPE, Problem.MALFORMED_REQUEST);
    }

    @Test
    void an_unacceptable_accept_is_refused_in_problem_json_all_the_same() {
        Message.Request request = client.request("GET", "/v1/echo").with("accept", "image/png");
        Reply reply = client.send(client.sign(request), new byte[0]);
        assertThat(reply.status()).isIn(200, 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?n=", "?n=x", "?n=99999999999"})
    void a_parameter_that_cannot_be_read_is_malformed(String query) {
        Reply reply = client.get("/v1/echo/number" + query);
        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.text()).doesNotContain("99999999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a=b",
                "a=(\"@method\")",
                "sparekey=();tag=\"fapi-2-request\"",
                "sparekey=(\"@method\");created=x"
            })
    void a_signature_input_of_any_nonsense_is_refused(String input) {
        Message.Request signed = client.sign(client.request("GET", "/v1/echo"));
        assertThat(client.send(signed.with("signature-input", input), new byte[0])
                        .problem())
                .isEqualTo(Problem.SIGNATURE_INVALID);
    }

    private Reply json(String body) {
        return client.post(STRICT, JSON, body.getBytes(StandardCharsets.UTF_8));
    }
}
