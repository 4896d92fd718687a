// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.net.URI;

/**
 * The hoster whose gateway this list is for.
 *
 * @param legalEntity his name in the commercial register; orders are addressed to it
 * @param gatewayOrigin HTTPS origin of the API, such as {@code https://api.hoster.example:8443}
 * @param publicHost host of the public listener; log origins and problem types begin with it
 */
public record Hoster(String legalEntity, String gatewayOrigin, String publicHost) {

    public Hoster {
        Name.texts(legalEntity, gatewayOrigin, publicHost);
        URI origin = URI.create(gatewayOrigin);
        boolean bare = origin.getRawPath() != null && origin.getRawPath().isEmpty() && origin.getRawQuery() == null;
        if (!"https".equals(origin.getScheme()) || origin.getHost() == null || !bare) {
            throw new IllegalArgumentException("a gateway origin is https://host[:port]");
        }
        if (!publicHost.matches("[a-z0-9.-]+")) {
            throw new IllegalArgumentException("a public host is a DNS name");
        }
    }
}
