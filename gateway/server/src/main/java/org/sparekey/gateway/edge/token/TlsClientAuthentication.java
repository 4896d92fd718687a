// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.Parties;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Client authentication by the enrolled key of the connection (RFC 8705), not by subject names, whose order differs
 * between libraries, and not by the path, which decides nothing. The framework's own methods are removed.
 */
final class TlsClientAuthentication implements AuthenticationConverter, AuthenticationProvider {

    private final Parties parties;
    private final EnrolledClients clients;

    TlsClientAuthentication(Parties parties, EnrolledClients clients) {
        this.parties = parties;
        this.clients = clients;
    }

    /** Every request to the token endpoint is of the connection's client; a client_id that says otherwise is refused. */
    @Override
    public Authentication convert(HttpServletRequest request) {
        Connection connection = Connection.of(request, parties).orElseThrow(TlsClientAuthentication::refused);
        String claimed = request.getParameter(OAuth2ParameterNames.CLIENT_ID);
        if (claimed != null && !claimed.equals(connection.clientId())) {
            throw refused();
        }
        return new OAuth2ClientAuthenticationToken(
                connection.clientId(),
                ClientAuthenticationMethod.TLS_CLIENT_AUTH,
                new X509Certificate[] {connection.certificate()},
                Map.of());
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OAuth2ClientAuthenticationToken token = (OAuth2ClientAuthenticationToken) authentication;
        RegisteredClient client = clients.findByClientId(String.valueOf(token.getPrincipal()));
        if (client == null) {
            throw refused();
        }
        return new OAuth2ClientAuthenticationToken(
                client, token.getClientAuthenticationMethod(), token.getCredentials());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static OAuth2AuthenticationException refused() {
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }

    /** The certificate that authenticated a client, for binding its token to it. */
    static X509Certificate certificate(@Nullable Object credentials) {
        if (credentials instanceof X509Certificate[] chain && chain.length > 0) {
            return chain[0];
        }
        throw refused();
    }
}
