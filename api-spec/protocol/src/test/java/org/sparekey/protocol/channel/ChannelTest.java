// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.Message;

class ChannelTest {

    private static final TestPki HOSTER = new TestPki();
    private static final TestPki RESELLER = new TestPki();
    private static final SigningKey TLS = RESELLER.issue("tls");
    private static final SigningKey MESSAGE = RESELLER.issue("message");
    private static final String ETAG = "\"v1\"";
    private static final byte[] VOLUME = volume();

    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final List<String> bodies = new ArrayList<>();
    private volatile TestGateway.Reply next = TestGateway.Reply.of(200, "application/json", utf8("{\"ok\":true}"));
    private final TestGateway gateway = new TestGateway(HOSTER, List.of(MESSAGE), RESELLER, clock, this::answer);
    private final Channel channel = open(TLS, MESSAGE);

    @AfterEach
    void close() {
        channel.close();
        gateway.close();
    }

    @Test
    void a_call_is_authorised_signed_and_answered() throws Exception {
        Answer answer = channel.send(Call.post("/v1/orders?x=%20y", Content.of("application/json", utf8("{\"a\":1}"))));

        assertThat(answer).isInstanceOfSatisfying(Answer.Granted.class, granted -> {
            assertThat(granted.status()).isEqualTo(200);
            assertThat(granted.content().array()).asString().isEqualTo("{\"ok\":true}");
        });
        assertThat(bodies).containsExactly("{\"a\":1}");
        assertThat(gateway.requests.get(0).headers().value("authorization")).contains("Bearer token-1");
        assertThat(gateway.requests.get(0).headers().has("idempotency-key")).isTrue();
    }

    @Test
    void the_whole_chain_is_sent() throws Exception {
        channel.send(Call.get("/v1/orders"));

        assertThat(gateway.chainLengths).containsExactly(2);
    }

    @Test
    void a_token_serves_until_shortly_before_it_expires() throws Exception {
        channel.send(Call.get("/v1/orders"));
        now = now.plusSeconds(269);
        channel.send(Call.get("/v1/orders"));
        assertThat(gateway.tokens).hasValue(1);

        now = now.plusSeconds(1);
        channel.send(Call.get("/v1/orders"));
        assertThat(gateway.tokens).hasValue(2);
    }

    @Test
    void a_token_that_the_gateway_no_longer_takes_is_renewed_once() throws Exception {
        next = TestGateway.Reply.problem(Problem.TOKEN_INVALID);

        Answer answer = channel.send(Call.get("/v1/orders"));

        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(gateway.tokens).hasValue(2);
        assertThat(gateway.requests).hasSize(2);
    }

    @Test
    void a_problem_is_a_typed_answer() throws Exception {
        next = TestGateway.Reply.problem(Problem.ORDER_DUPLICATE);

        assertThat(channel.send(Call.get("/v1/orders"))).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.problem().problem()).contains(Problem.ORDER_DUPLICATE);
            assertThat(refused.bound()).isTrue();
        });
    }

    @Test
    void an_unbound_problem_says_so() throws Exception {
        gateway.unbound = true;

        assertThat(channel.send(Call.get("/v1/orders"))).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.problem().problem()).contains(Problem.SIGNATURE_INVALID);
            assertThat(refused.bound()).isFalse();
        });
    }

    @Test
    void an_unsigned_answer_is_not_authentic() {
        gateway.tamper = response -> new Message.Response(
                response.status(),
                response.headers().without("signature").without("signature-input"),
                response.trailers(),
                response.request());

        assertFailure(Call.get("/v1/orders"), ChannelFailure.NOT_AUTHENTIC);
    }

    @Test
    void altered_content_is_not_authentic() {
        gateway.tamperContent = content -> "{\"ok\":null}".getBytes(StandardCharsets.UTF_8);

        assertFailure(Call.get("/v1/orders"), ChannelFailure.NOT_AUTHENTIC);
    }

    @Test
    void the_answer_to_another_request_is_not_authentic() throws Exception {
        List<Message.Response> answers = new CopyOnWriteArrayList<>();
        gateway.tamper = response -> {
            answers.add(response);
            return answers.get(0);
        };
        channel.send(Call.get("/v1/orders"));

        assertFailure(Call.get("/v1/orders"), ChannelFailure.NOT_AUTHENTIC);
    }

    @Test
    void a_gateway_with_another_message_key_is_not_believed() throws Exception {
        try (TestGateway impostor =
                        new TestGateway(HOSTER, List.of(MESSAGE), RESELLER, clock, (request, content) -> next);
                Channel misled =
                        Channel.open(configuration(impostor), keys(TLS, MESSAGE, gateway), clock, new SecureRandom())) {
            assertThat(catchThrowableOfType(ChannelException.class, () -> misled.send(Call.get("/v1/orders")))
                            .failure())
                    .isEqualTo(ChannelFailure.NOT_AUTHENTIC);
        }
    }

    @Test
    void a_gateway_of_another_authority_is_never_spoken_to() {
        try (TestGateway stranger =
                        new TestGateway(new TestPki(), List.of(MESSAGE), RESELLER, clock, (request, content) -> next);
                Channel misled =
                        Channel.open(configuration(stranger), keys(TLS, MESSAGE, gateway), clock, new SecureRandom())) {
            assertThat(catchThrowableOfType(ChannelException.class, () -> misled.send(Call.get("/v1/orders")))
                            .failure())
                    .isEqualTo(ChannelFailure.UNREACHABLE);
            assertThat(stranger.tokens).hasValue(0);
        }
    }

    @Test
    void a_refused_client_learns_that_he_is_not_authorised() {
        gateway.tokenStatus = 401;

        assertFailure(Call.get("/v1/orders"), ChannelFailure.NOT_AUTHORISED);
    }

    @Test
    void an_answer_beyond_the_limit_is_not_read() {
        next = TestGateway.Reply.of(200, "application/json", new byte[ChannelLimits.USUAL.answerBytes() + 1]);

        assertFailure(Call.get("/v1/orders"), ChannelFailure.MALFORMED);
    }

    @Test
    void a_silent_gateway_is_cut_off() {
        ChannelLimits impatient =
                new ChannelLimits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(300), 1 << 20, 1);
        gateway.tamper = response -> {
            gateway.silent = true;
            return response;
        };
        gateway.breakAnswersAfter(5);
        try (Channel hasty = Channel.open(
                configuration(gateway), keys(TLS, MESSAGE, gateway), impatient, clock, new SecureRandom())) {
            ChannelException failure =
                    catchThrowableOfType(ChannelException.class, () -> hasty.send(Call.get("/v1/orders")));
            assertThat(failure.failure()).isEqualTo(ChannelFailure.DEADLINE_PASSED);
        }
    }

    @Test
    void a_callers_own_deadline_counts_where_the_limits_would_wait_longer() {
        gateway.tamper = response -> {
            gateway.silent = true;
            return response;
        };
        gateway.breakAnswersAfter(5);
        ChannelException failure = catchThrowableOfType(
                ChannelException.class, () -> channel.send(Call.get("/v1/orders"), Duration.ofMillis(300)));

        assertThat(failure.failure()).isEqualTo(ChannelFailure.DEADLINE_PASSED);
    }

    @Test
    void a_token_endpoint_that_is_busy_is_no_refusal() {
        for (int status : new int[] {408, 425, 429, 500, 503}) {
            gateway.tokenStatus = status;
            assertFailure(Call.get("/v1/orders"), ChannelFailure.UNREACHABLE);
        }
    }

    @Test
    void a_broken_connection_is_tried_again_with_the_same_idempotency_key() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        gateway.tamper = response -> {
            gateway.breakAnswersAfter(calls.incrementAndGet() == 1 ? 3 : Integer.MAX_VALUE);
            return response;
        };

        assertThat(channel.send(Call.post("/v1/orders", Content.of("application/json", utf8("{}")))))
                .isInstanceOf(Answer.Granted.class);
        assertThat(gateway.requests).hasSize(2);
        assertThat(gateway.requests.get(0).headers().value("idempotency-key"))
                .isEqualTo(gateway.requests.get(1).headers().value("idempotency-key"));
        assertThat(gateway.requests.get(0).headers().value("signature-input"))
                .isNotEqualTo(gateway.requests.get(1).headers().value("signature-input"));
    }

    @Test
    void a_file_is_sent_as_it_lies(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("batch.ndjson"), VOLUME);

        channel.send(Call.post("/v1/registrations", Content.of("application/x-ndjson", file)));

        assertThat(bodies).containsExactly(new String(VOLUME, StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_multipart_content_has_its_parts_in_order() throws Exception {
        Content content = new Multipart(new SecureRandom())
                .part("order", "application/jose", utf8("a.b.c"))
                .file("document", "bevel.pdf", "application/pdf", utf8("%PDF"))
                .content();

        channel.send(Call.post("/v1/orders", content));

        assertThat(bodies.get(0))
                .containsSubsequence("name=\"order\"", "a.b.c", "filename=\"bevel.pdf\"", "%PDF", "--\r\n");
    }

    @Test
    void nothing_prints_a_secret() {
        ChannelKeys keys = keys(TLS, MESSAGE, gateway);

        assertThat(channel + "" + keys + new Token("secret-token", now) + configuration(gateway))
                .doesNotContain("secret-token", "PRIVATE");
    }

    @Test
    void a_volume_is_fetched_whole(@TempDir Path directory) throws Exception {
        List<Long> progress = new ArrayList<>();
        Path target = directory.resolve("disk00-000000.zst.age");

        DownloadResult result = channel.download("/v1/volume", target, (bytes, total) -> progress.add(bytes));

        assertThat(result).isInstanceOf(DownloadResult.Complete.class);
        assertThat(target).hasBinaryContent(VOLUME);
        assertThat(progress).last().isEqualTo((long) VOLUME.length);
        assertThat(directory).isDirectoryNotContaining("glob:**.part").isDirectoryNotContaining("glob:**.etag");
    }

    @Test
    void a_broken_download_goes_on_where_it_stopped(@TempDir Path directory) throws Exception {
        gateway.breakAnswersAfter(60_000);
        Path target = directory.resolve("volume");

        assertThat(channel.download("/v1/volume", target, DownloadProgress.NONE))
                .isInstanceOf(DownloadResult.Complete.class);

        assertThat(target).hasBinaryContent(VOLUME);
        assertThat(gateway.requests.stream().map(request -> request.headers().value("range")))
                .hasSizeGreaterThan(2)
                .startsWith(Optional.empty())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_later_run_goes_on_where_an_earlier_one_was_killed(@TempDir Path directory) throws Exception {
        Path target = directory.resolve("volume");
        Files.write(directory.resolve("volume.part"), java.util.Arrays.copyOf(VOLUME, 100));
        Files.writeString(directory.resolve("volume.etag"), "\"v1\"");

        channel.download("/v1/volume", target, DownloadProgress.NONE);

        assertThat(target).hasBinaryContent(VOLUME);
        assertThat(gateway.requests.get(0).headers().value("range")).contains("bytes=100-");
    }

    @Test
    void a_part_that_was_complete_but_never_named_is_fetched_again(@TempDir Path directory) throws Exception {
        Path target = directory.resolve("volume");
        Files.write(directory.resolve("volume.part"), VOLUME);
        Files.writeString(directory.resolve("volume.etag"), "\"v1\"");

        channel.download("/v1/volume", target, DownloadProgress.NONE);

        assertThat(target).hasBinaryContent(VOLUME);
    }

    @Test
    void a_volume_that_changed_meanwhile_is_fetched_from_its_start(@TempDir Path directory) throws Exception {
        Path target = directory.resolve("volume");
        Files.write(directory.resolve("volume.part"), new byte[100]);
        Files.writeString(directory.resolve("volume.etag"), "\"v0\"");

        channel.download("/v1/volume", target, DownloadProgress.NONE);

        assertThat(target).hasBinaryContent(VOLUME);
    }

    @Test
    void an_altered_volume_never_gets_its_name(@TempDir Path directory) {
        gateway.tamperContent = content -> {
            byte[] altered = content.clone();
            altered[altered.length / 2] ^= 1;
            return altered;
        };
        Path target = directory.resolve("volume");

        ChannelException failure = catchThrowableOfType(
                ChannelException.class, () -> channel.download("/v1/volume", target, DownloadProgress.NONE));

        assertThat(failure.failure()).isEqualTo(ChannelFailure.NOT_AUTHENTIC);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_poisoned_part_never_gets_its_name(@TempDir Path directory) throws Exception {
        Path target = directory.resolve("volume");
        Files.write(directory.resolve("volume.part"), new byte[100]);
        Files.writeString(directory.resolve("volume.etag"), "\"v1\"");

        ChannelException failure = catchThrowableOfType(
                ChannelException.class, () -> channel.download("/v1/volume", target, DownloadProgress.NONE));

        assertThat(failure.failure()).isEqualTo(ChannelFailure.NOT_AUTHENTIC);
        assertThat(target).doesNotExist();
    }

    @Test
    void a_download_that_brings_nothing_is_given_up(@TempDir Path directory) {
        gateway.breakAnswersAfter(0);

        ChannelException failure = catchThrowableOfType(
                ChannelException.class,
                () -> channel.download("/v1/volume", directory.resolve("volume"), DownloadProgress.NONE));

        assertThat(failure.failure()).isEqualTo(ChannelFailure.UNREACHABLE);
        assertThat(gateway.requests).hasSize(ChannelLimits.USUAL.attempts());
    }

    @Test
    void withheld_evidence_is_a_typed_refusal(@TempDir Path directory) throws Exception {
        next = TestGateway.Reply.problem(Problem.EVIDENCE_WITHHELD);

        assertThat(channel.download("/v1/other", directory.resolve("volume"), DownloadProgress.NONE))
                .isInstanceOfSatisfying(
                        DownloadResult.Refused.class,
                        refused ->
                                assertThat(refused.answer().problem().problem()).contains(Problem.EVIDENCE_WITHHELD));
    }

    private TestGateway.Reply answer(Message.Request request, byte[] content) {
        bodies.add(new String(content, StandardCharsets.ISO_8859_1));
        if (!request.targetUri().endsWith("/v1/volume")) {
            return next;
        }
        Fields headers = Fields.of(
                "Content-Type",
                "application/octet-stream",
                "ETag",
                ETAG,
                "Repr-Digest",
                ContentDigest.of(VOLUME).write());
        Optional<String> range = request.headers().value("range");
        boolean fresh = request.headers().value("if-range").equals(Optional.of(ETAG));
        if (range.isEmpty() || !fresh) {
            return new TestGateway.Reply(200, headers, VOLUME);
        }
        int from = Integer.parseInt(range.get().replaceAll("[^0-9]", ""));
        if (from >= VOLUME.length) {
            return TestGateway.Reply.problem(Problem.RANGE_NOT_SATISFIABLE);
        }
        return new TestGateway.Reply(
                206,
                headers.with("Content-Range", "bytes " + from + "-" + (VOLUME.length - 1) + "/" + VOLUME.length),
                java.util.Arrays.copyOfRange(VOLUME, from, VOLUME.length));
    }

    private void assertFailure(Call call, ChannelFailure expected) {
        assertThat(catchThrowableOfType(ChannelException.class, () -> channel.send(call)))
                .extracting(ChannelException::failure)
                .isEqualTo(expected);
    }

    private Channel open(SigningKey tls, SigningKey message) {
        return Channel.open(configuration(gateway), keys(tls, message, gateway), clock, new SecureRandom());
    }

    private static ChannelKeys keys(SigningKey tls, SigningKey message, TestGateway pinned) {
        return new ChannelKeys(
                tls,
                message,
                Optional.empty(),
                List.of(pinned.root()),
                List.of(pinned.message().publicKey()));
    }

    private static ChannelConfiguration configuration(TestGateway gateway) {
        KeyFile none = new KeyFile("none.p12", "none.pass");
        return new ChannelConfiguration(
                gateway.origin(),
                "ca.pem",
                List.of("message.pem"),
                Optional.of("client"),
                none,
                none,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] volume() {
        byte[] bytes = new byte[250_000];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }
}
