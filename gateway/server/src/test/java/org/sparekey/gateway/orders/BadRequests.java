// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.sparekey.gateway.orders.Picks.of;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.UUID;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.RequestSigner;

/** A good order in a request that is good in all but one thing. */
final class BadRequests {

    private static final String PATH = "/v1/orders";
    private static final InstantSource CLOCK = InstantSource.system();

    private final SecureRandom random = new SecureRandom();
    private final SigningKey another;

    /** @param another somebody else's message key */
    BadRequests(SigningKey another) {
        this.another = another;
    }

    record Sent(String how, Reply reply) {}

    Sent send(SignedClient client, BadOrder good, SplittableRandom seed) {
        byte[] body = good.body();
        Message.Request request = request(client, good);
        Message.Request signed = client.sign(request);
        return switch (seed.nextInt(13)) {
            case 0 -> sent("not signed", client, request, body);
            case 1 ->
                sent(
                        "signed by another's key",
                        client,
                        client.withSigner(new RequestSigner(another, CLOCK, random))
                                .sign(request),
                        body);
            case 2 -> sent("altered content", client, signed, flipped(body, seed));
            case 3 ->
                sent(
                        "altered content and digest",
                        client,
                        signed.withContent(flipped(body, seed)),
                        flipped(body, seed));
            case 4 -> {
                Duration wrong = Duration.ofSeconds(of(seed, -3600, -65, -62, 15, 60, 86_400));
                InstantSource clock = Clock.offset(Clock.system(ZoneOffset.UTC), wrong);
                SigningKey own = good.by().message();
                yield sent(
                        "signed at " + wrong,
                        client,
                        client.withSigner(new RequestSigner(own, clock, random)).sign(request),
                        body);
            }
            case 5 -> {
                Message.Request elsewhere = new Message.Request("POST", request.targetUri() + "/x", request.headers());
                yield sent(
                        "signed for another path",
                        client,
                        new Message.Request(
                                "POST",
                                request.targetUri(),
                                client.sign(elsewhere).headers()),
                        body);
            }
            case 6 -> {
                Message.Request other = new Message.Request("PUT", request.targetUri(), request.headers());
                yield sent(
                        "another method",
                        client,
                        new Message.Request(
                                of(seed, "PUT", "PATCH"),
                                request.targetUri(),
                                client.sign(other).headers()),
                        body);
            }
            case 7 ->
                sent(
                        "compressed",
                        client,
                        client.sign(request.with("content-encoding", of(seed, "gzip", "br", "deflate"))),
                        body);
            case 8 ->
                sent(
                        "no idempotency key",
                        client,
                        client.sign(bare(client, good).withContent(body)),
                        body);
            case 9 -> {
                Fields without = Fields.of("content-type", good.contentType());
                Message.Request tokenless = new Message.Request("POST", request.targetUri(), without)
                        .with("idempotency-key", UUID.randomUUID().toString())
                        .withContent(body);
                yield sent("no token", client, client.sign(tokenless), body);
            }
            case 10 ->
                sent(
                        "another token",
                        client,
                        client.sign(request.with(
                                "authorization",
                                "Bearer " + of(seed, "x", "eyJhbGciOiJub25lIn0.e30.", client.token() + "x"))),
                        body);
            case 11 ->
                sent(
                        "another media type",
                        client,
                        client.sign(request.with(
                                "content-type",
                                of(seed, "application/json", "text/plain", "multipart/mixed; boundary=boundary"))),
                        body);
            default ->
                sent(
                        "a spoiled signature",
                        client,
                        signed.with(
                                of(seed, "signature", "signature-input"),
                                of(seed, "", "x", "sparekey=::", "sparekey=:AAAA:", "sparekey=()")),
                        body);
        };
    }

    private static Message.Request bare(SignedClient client, BadOrder good) {
        return client.request("POST", PATH).with("content-type", good.contentType());
    }

    private static Message.Request request(SignedClient client, BadOrder good) {
        return bare(client, good)
                .with("idempotency-key", UUID.randomUUID().toString())
                .withContent(good.body());
    }

    private static byte[] flipped(byte[] body, SplittableRandom seed) {
        byte[] other = body.clone();
        other[seed.split().nextInt(other.length)] ^= 1;
        return other;
    }

    private static Sent sent(String how, SignedClient client, Message.Request request, byte[] body) {
        return new Sent(how, client.send(request, body));
    }
}
