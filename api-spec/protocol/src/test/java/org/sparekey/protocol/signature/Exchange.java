// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** A request and its answer as both sides see them, at one fixed instant. */
final class Exchange {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final byte[] CONTENT = "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8);
    static final byte[] ANSWER = "{\"state\":\"verified\"}".getBytes(StandardCharsets.UTF_8);
    static final SigningKey CLIENT = TestKeys.p256();
    static final SigningKey GATEWAY = TestKeys.p256();
    static final Function<Digest, Optional<PublicKey>> ENROLLED = only(CLIENT);
    static final Function<Digest, Optional<PublicKey>> PINNED = only(GATEWAY);

    private Exchange() {}

    static Function<Digest, Optional<PublicKey>> only(SigningKey key) {
        return id -> id.equals(key.keyId()) ? Optional.of(key.publicKey()) : Optional.empty();
    }

    static Message.Request unsignedPost() {
        return new Message.Request(
                        "POST",
                        "https://gateway.invalid:8443/v1/orders",
                        Fields.of(
                                "Authorization", "Bearer token",
                                "Content-Type", "application/json",
                                "Idempotency-Key", "\"0190\"",
                                "User-Agent", "test"))
                .withContent(CONTENT);
    }

    static Message.Request post() {
        return signer(NOW).sign(unsignedPost());
    }

    static Message.Request get() {
        return signer(NOW)
                .sign(new Message.Request(
                        "GET",
                        "https://gateway.invalid:8443/v1/orders/ORD-1/evidence/disk00-000000.zst.age",
                        Fields.of("Authorization", "Bearer token", "Range", "bytes=5-")));
    }

    static RequestSigner signer(Instant now) {
        return new RequestSigner(CLIENT, InstantSource.fixed(now), new SecureRandom());
    }

    static RequestVerifier verifier(Instant now) {
        return new RequestVerifier(InstantSource.fixed(now), ENROLLED);
    }

    static Message.Response unsignedAnswer(Message.Request to) {
        return new Message.Response(
                        200, Fields.of("Content-Type", "application/json", "API-Version", "0.1.0", "ETag", "\"1\""), to)
                .withContent(ANSWER);
    }

    static Message.Response answer(Message.Request to) {
        return gateway().signBound(unsignedAnswer(to));
    }

    static Message.Response unsignedVolume(Message.Request to) {
        return new Message.Response(
                206,
                Fields.of(
                        "Content-Type", "application/octet-stream",
                        "API-Version", "0.1.0",
                        "ETag", "\"abc\"",
                        "Content-Length", "5",
                        "Content-Range", "bytes 5-9/10",
                        "Repr-Digest",
                                ContentDigest.of("0123456789".getBytes(StandardCharsets.UTF_8))
                                        .write()),
                to);
    }

    static ResponseSigner gateway() {
        return new ResponseSigner(GATEWAY, InstantSource.fixed(NOW));
    }
}
