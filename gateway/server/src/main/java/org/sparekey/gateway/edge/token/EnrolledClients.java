// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.Scope;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The OAuth clients are the enrolled connection keys, nothing else; none is ever registered here. */
final class EnrolledClients implements RegisteredClientRepository {

    static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private final Parties parties;

    EnrolledClients(Parties parties) {
        this.parties = parties;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients come from the list of parties");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        try {
            return parties.tlsKey(Digest.parse(clientId))
                    .map(EnrolledClients::client)
                    .orElse(null);
        } catch (IllegalArgumentException notAKeyId) {
            return null;
        }
    }

    private static RegisteredClient client(EnrolledKey key) {
        String id = key.keyId().base64url();
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientAuthenticationMethod(ClientAuthenticationMethod.TLS_CLIENT_AUTH)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes(key).forEach(scope -> scopes.add(word(scope))))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFE)
                        .x509CertificateBoundAccessTokens(true)
                        .build())
                .build();
    }

    /** Judges were enrolled before there was a scope for it: what only stops something needs no other right than the office. */
    static Set<Scope> scopes(EnrolledKey key) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        scopes.addAll(key.scopes());
        if (key.role() == Role.JUDGE) {
            scopes.add(Scope.WITHDRAWALS);
        }
        return scopes;
    }

    /** A scope as tokens spell it. */
    static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
