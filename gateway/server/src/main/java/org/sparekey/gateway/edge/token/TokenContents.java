// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * ES256 (the framework's default is RS256, which with an EC key is a failure at run time), this gateway as audience (the
 * default is the client itself), and the certificate it is bound to.
 */
final class TokenContents implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final String origin;

    TokenContents(String origin) {
        this.origin = origin;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (!(context.getPrincipal() instanceof OAuth2ClientAuthenticationToken client)) {
            throw new IllegalStateException("a token is issued to an authenticated client only");
        }
        // RFC 6749 section 3.3: no scope asked for means all that the client has
        Set<String> scopes = context.getAuthorizedScopes().isEmpty()
                ? context.getRegisteredClient().getScopes()
                : context.getAuthorizedScopes();
        String thumbprint = Tokens.thumbprint(TlsClientAuthentication.certificate(client.getCredentials()));
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        context.getClaims()
                .audience(List.of(origin))
                .claim(Tokens.SCOPE, List.copyOf(scopes))
                .claim(Tokens.CONFIRMATION, Map.of(Tokens.THUMBPRINT, thumbprint));
    }
}
