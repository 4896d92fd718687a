// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.json.Digest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Judges the access token of a request against the connection it came over. */
public final class Tokens {

    /** What a token is worth here. */
    public sealed interface Verdict {}

    /** @param scopes as tokens spell them: lower case */
    public record Valid(String clientId, Set<String> scopes) implements Verdict {}

    /** Absent, not a token of ours, expired, or for another audience. */
    public record Invalid(Fault fault) implements Verdict {}

    /** Why a token is worth nothing, as the log names it. */
    public enum Fault {
        ABSENT("token-absent"),
        EXPIRED("token-expired"),
        FOREIGN("token-foreign");

        private final String code;

        Fault(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** A token of ours over a connection it is not bound to: it was stolen, or keys were mixed up. */
    public record Elsewhere() implements Verdict {}

    static final String CONFIRMATION = "cnf";
    static final String THUMBPRINT = "x5t#S256";
    static final String SCOPE = "scope";
    private static final String BEARER = "Bearer ";

    private final JwtDecoder decoder;

    Tokens(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    /** @param authorization the Authorization header; a token anywhere else in a request is never looked at */
    public Verdict judge(Optional<String> authorization, Connection connection) {
        if (authorization.isEmpty() || !authorization.get().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Invalid(Fault.ABSENT);
        }
        try {
            Jwt token = decoder.decode(authorization.get().substring(BEARER.length()));
            if (!boundTo(token, connection.certificate())
                    || !connection.clientId().equals(token.getSubject())) {
                return new Elsewhere();
            }
            return new Valid(connection.clientId(), scopes(token));
        } catch (JwtValidationException judged) {
            // The signature is ours; the time, the issuer or the audience is not.
            return new Invalid(Fault.EXPIRED);
        } catch (JwtException notOurs) {
            return new Invalid(Fault.FOREIGN);
        }
    }

    private static Set<String> scopes(Jwt token) {
        List<String> scopes = token.getClaimAsStringList(SCOPE);
        return scopes == null ? Set.of() : Set.copyOf(scopes);
    }

    private static boolean boundTo(Jwt token, X509Certificate certificate) {
        Map<String, Object> confirmation = token.getClaimAsMap(CONFIRMATION);
        return confirmation != null && thumbprint(certificate).equals(confirmation.get(THUMBPRINT));
    }

    /** RFC 8705 section 3.1. */
    static String thumbprint(X509Certificate certificate) {
        try {
            return Digest.sha256(certificate.getEncoded()).base64url();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that TLS took cannot be encoded", e);
        }
    }
}
