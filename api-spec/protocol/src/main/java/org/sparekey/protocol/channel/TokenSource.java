// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;

/**
 * Client credentials over mutual TLS (RFC 6749 section 4.4, RFC 8705). The token endpoint is not signed: a forged token
 * is worth nothing, and TLS is pinned.
 */
final class TokenSource {

    static final String PATH = "/oauth2/token";

    /** A token about to expire is not used for a call that may take long. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private static final int FIRST_SERVER_ERROR = 500;
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final int MAX_LIFE_SECONDS = 3600;
    private static final int MAX_TOKEN_CHARS = 8 << 10;

    private final Transport transport;
    private final URI endpoint;
    private final String clientId;
    private final InstantSource clock;
    private @Nullable Token token;

    TokenSource(Transport transport, String origin, String clientId, InstantSource clock) {
        this.transport = transport;
        this.endpoint = URI.create(origin + PATH);
        this.clientId = clientId;
        this.clock = clock;
    }

    /** The token in hand, or a new one. Callers wait for each other, so that a burst fetches one token. */
    synchronized Token current() throws ChannelException {
        Token held = token;
        if (held == null || !held.holdsAt(clock.instant())) {
            held = fetch();
            token = held;
        }
        return held;
    }

    /** The gateway no longer takes this token. */
    synchronized void forget(Token refused) {
        if (token == refused) {
            token = null;
        }
    }

    private Token fetch() throws ChannelException {
        String form = "grant_type=client_credentials&client_id=" + URLEncoder.encode(clientId, StandardCharsets.UTF_8);
        Transport.Reply reply = transport.small(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (LATER.contains(reply.status()) || reply.status() >= FIRST_SERVER_ERROR) {
            throw new ChannelException(
                    ChannelFailure.UNREACHABLE, "the gateway gives no tokens now (status " + reply.status() + ")");
        }
        if (reply.status() != 200) {
            throw new ChannelException(
                    ChannelFailure.NOT_AUTHORISED, "the gateway gave no token (status " + reply.status() + ")");
        }
        return read(reply.content());
    }

    private Token read(byte[] json) throws ChannelException {
        try {
            JsonNode answer = Wire.tree(json);
            String value = answer.path("access_token").asString("");
            String type = answer.path("token_type").asString("");
            long life = answer.path("expires_in").asLong(0);
            boolean good = !value.isEmpty()
                    && value.length() <= MAX_TOKEN_CHARS
                    && value.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    && type.equalsIgnoreCase("Bearer")
                    && life > 0
                    && life <= MAX_LIFE_SECONDS;
            if (good) {
                return new Token(value, clock.instant().plusSeconds(life).minus(MARGIN));
            }
            throw new ChannelException(ChannelFailure.MALFORMED, "the token endpoint's answer is not a bearer token");
        } catch (MalformedException e) {
            throw new ChannelException(ChannelFailure.MALFORMED, "the token endpoint's answer is not JSON");
        }
    }
}
