// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.sparekey.gateway.edge.token.Connection;
import org.sparekey.gateway.edge.token.Tokens;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.RequestVerdict;
import org.sparekey.protocol.signature.RequestVerifier;
import org.sparekey.protocol.signature.SignatureFault;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request under {@code /v1} in when connection, message and token agree on one person, and says who he is. In this
 * order: connection, rate, body, signature, nonce, message key, token, idempotency key. Every refusal after the nonce
 * costs the nonce and nothing else.
 */
final class Door extends OncePerRequestFilter {

    static final String REGISTRATIONS = "/v1/registrations";
    static final long MAX_REGISTRATION_BYTES = 80L << 20;
    static final long MAX_BODY_BYTES = 1L << 20;

    /** A structured-field string or a bare token, opaque to us: 16 to 64 characters of what UUIDs and base64url use. */
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("\"?[A-Za-z0-9_-]{16,64}\"?");

    private final Parties parties;
    private final RequestVerifier verifier;
    private final NonceTable nonces;
    private final Tokens tokens;
    private final RateLimits limits;
    private final Attempts attempts;
    private final Instant began;

    /** @param began requests signed before this process began are refused: a restored database has forgotten nonces */
    Door(
            Parties parties,
            RequestVerifier verifier,
            NonceTable nonces,
            Tokens tokens,
            RateLimits limits,
            Attempts attempts,
            Instant began) {
        this.parties = parties;
        this.verifier = verifier;
        this.nonces = nonces;
        this.tokens = tokens;
        this.limits = limits;
        this.attempts = attempts;
        this.began = began;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Exchange exchange = Exchange.of(request);
        Connection connection = Connection.of(request, parties)
                .orElseThrow(() -> new ProblemException(Problem.TOKEN_INVALID, "the connection's key is not enrolled"));
        limits.take(connection.key().keyId(), response);
        refuseEncoded(request);
        try (Spool body = Spool.read(request.getInputStream(), limit(request))) {
            RequestVerdict.Verified verified = verified(exchange, body, connection);
            burn(verified, connection);
            exchange.verified();
            EnrolledKey message = sameHolder(verified, connection);
            Set<String> scopes = scopes(exchange, connection, message);
            requireIdempotencyKey(request);
            Caller caller = new Caller(message.party(), message.person(), message.role(), message.keyId());
            SecurityContextHolder.getContext().setAuthentication(new LetIn(caller, scopes));
            enter(caller, exchange, () -> chain.doFilter(new SpooledRequest(request, body), response));
        }
    }

    private interface Room {
        void answer() throws ServletException, IOException;
    }

    /** Whichever room says that he may not, or the list of scopes: it is entered here. */
    private void enter(Caller caller, Exchange exchange, Room room) throws ServletException, IOException {
        try {
            room.answer();
        } catch (ServletException | IOException | RuntimeException refused) {
            boolean forbidden = refused instanceof AccessDeniedException
                    || Refusals.coded(refused)
                            .filter(coded -> coded.problem() == Problem.FORBIDDEN)
                            .isPresent();
            if (forbidden) {
                attempts.forbidden(caller, exchange.message());
            }
            throw refused;
        }
    }

    private static void refuseEncoded(HttpServletRequest request) {
        if (request.getHeader("Content-Encoding") != null) {
            throw new ProblemException(Problem.CONTENT_ENCODING_REFUSED, "send the content as it is");
        }
    }

    private static long limit(HttpServletRequest request) {
        long limit = request.getRequestURI().equals(REGISTRATIONS) ? MAX_REGISTRATION_BYTES : MAX_BODY_BYTES;
        if (request.getContentLengthLong() > limit) {
            throw Spool.tooLarge(limit);
        }
        return limit;
    }

    private RequestVerdict.Verified verified(Exchange exchange, Spool body, Connection connection) {
        RequestVerdict verdict = verifier.verify(exchange.message(), body.measured());
        return switch (verdict) {
            case RequestVerdict.Refused(SignatureFault fault) -> {
                attempts.badSignature(connection.key(), exchange.message(), fault);
                throw new ProblemException(Problem.SIGNATURE_INVALID, fault.reason());
            }
            case RequestVerdict.Verified good -> good;
        };
    }

    private void burn(RequestVerdict.Verified verified, Connection connection) {
        if (verified.created().isBefore(began)) {
            attempts.signedBeforeStart(connection.key(), verified.keyId());
            throw new ProblemException(
                    Problem.SIGNATURE_INVALID, "the request was signed before this gateway began; sign it again");
        }
        if (!nonces.burn(verified)) {
            attempts.replayed(connection.key(), verified.keyId());
            throw new ProblemException(Problem.REPLAYED, "this key has used this nonce before");
        }
    }

    private EnrolledKey sameHolder(RequestVerdict.Verified verified, Connection connection) {
        EnrolledKey message = parties.messageKey(verified.keyId())
                .orElseThrow(() -> new ProblemException(Problem.SIGNATURE_INVALID, "no such key"));
        if (!message.sameHolder(connection.key())) {
            attempts.keysDisagree(connection.key(), message.keyId());
            throw new ProblemException(Problem.KEYS_DISAGREE, "the message key is not of the connection's person");
        }
        return message;
    }

    private Set<String> scopes(Exchange exchange, Connection connection, EnrolledKey message) {
        Tokens.Verdict verdict = tokens.judge(exchange.message().headers().value("authorization"), connection);
        return switch (verdict) {
            case Tokens.Valid(String _, Set<String> scopes) -> scopes;
            case Tokens.Invalid(Tokens.Fault fault) -> {
                attempts.badToken(connection.key(), message.keyId(), fault.code());
                throw new ProblemException(
                        Problem.TOKEN_INVALID, "the token is absent, expired or not of this gateway");
            }
            case Tokens.Elsewhere _ -> {
                attempts.strangeToken(connection.key(), message.keyId());
                throw new ProblemException(Problem.TOKEN_INVALID, "the token is bound to another certificate");
            }
        };
    }

    private static void requireIdempotencyKey(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return;
        }
        String key = request.getHeader("Idempotency-Key");
        if (key == null || !IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw new ProblemException(
                    Problem.MISSING_IDEMPOTENCY_KEY, "send an Idempotency-Key of 16 to 64 characters");
        }
    }
}
