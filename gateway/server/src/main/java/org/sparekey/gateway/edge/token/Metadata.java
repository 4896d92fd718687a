// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;

/** RFC 8414 metadata without what the framework would advertise and we do not do: client secrets, RS256, other grants. */
final class Metadata {

    private static final Set<String> KEPT = Set.of(
            "issuer",
            "token_endpoint",
            "token_endpoint_auth_methods_supported",
            "grant_types_supported",
            "response_types_supported",
            "tls_client_certificate_bound_access_tokens");

    private Metadata() {}

    static void onlyWhatWeDo(OAuth2AuthorizationServerMetadata.Builder metadata) {
        metadata.claims(claims -> {
            claims.keySet().retainAll(KEPT);
            claims.put("grant_types_supported", List.of(AuthorizationGrantType.CLIENT_CREDENTIALS.getValue()));
            claims.put("response_types_supported", List.of());
            claims.put(
                    "token_endpoint_auth_methods_supported",
                    List.of(ClientAuthenticationMethod.TLS_CLIENT_AUTH.getValue()));
        });
    }
}
