// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import java.util.List;
import java.util.Map;
import org.sparekey.gateway.edge.start.GatewaySettings;
import org.sparekey.protocol.json.Wire;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * RFC 8414 metadata of what we do. The framework's own would advertise client secrets, RS256 and endpoints that are not
 * here, and insists on an authorization endpoint.
 */
@RestController
class Metadata {

    private final GatewaySettings settings;

    Metadata(GatewaySettings settings) {
        this.settings = settings;
    }

    @GetMapping(TokenConfiguration.METADATA_PATH)
    ResponseEntity<byte[]> metadata() {
        Map<String, Object> metadata = Map.of(
                "issuer",
                settings.origin(),
                "token_endpoint",
                settings.origin() + TokenConfiguration.TOKEN_PATH,
                "token_endpoint_auth_methods_supported",
                List.of("tls_client_auth"),
                "grant_types_supported",
                List.of("client_credentials"),
                "response_types_supported",
                List.of(),
                "tls_client_certificate_bound_access_tokens",
                true);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Wire.write(metadata));
    }
}
