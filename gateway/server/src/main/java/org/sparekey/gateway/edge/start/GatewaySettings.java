// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway's name and ports.
 *
 * @param mode demo, observe or production; no default
 * @param gatewayOrigin HTTPS origin of the API as clients and orders name it; request signatures are checked against it
 * @param publicHost host of the public listener; problem types and log origins begin with it
 */
@ConfigurationProperties("sparekey")
public record GatewaySettings(
        @Nullable Mode mode,
        @Nullable String gatewayOrigin,
        @Nullable String publicHost,
        @DefaultValue Listen listen,
        @DefaultValue Limits limits) {

    /** TCP ports; 0 takes a free one. */
    public record Listen(
            @DefaultValue("8443") int apiPort,
            @DefaultValue("8444") int publicPort,
            @DefaultValue("9443") int managementPort) {}

    /** @param requestsPerMinute for each enrolled connection key */
    public record Limits(@DefaultValue("1200") int requestsPerMinute) {}

    /** Everything that is missing or wrong, each in a sentence. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (mode == null) {
            complaints.add("No mode: set sparekey.mode to demo, observe or production; there is no default.");
        }
        if (gatewayOrigin == null || !isOrigin(gatewayOrigin)) {
            complaints.add("No origin: set sparekey.gateway-origin to the API's https://host[:port].");
        }
        if (publicHost == null || !publicHost.matches("[a-z0-9.-]+")) {
            complaints.add("No public host: set sparekey.public-host to the name of the public listener.");
        }
        if (limits.requestsPerMinute() < 1) {
            complaints.add("sparekey.limits.requests-per-minute is at least 1.");
        }
        return complaints;
    }

    public Mode requiredMode() {
        return required(mode);
    }

    public String origin() {
        return required(gatewayOrigin);
    }

    /** Where the pages of problems are. */
    public String publicOrigin() {
        return "https://" + required(publicHost);
    }

    public String host() {
        return required(publicHost);
    }

    private static boolean isOrigin(String text) {
        try {
            URI origin = URI.create(text);
            return "https".equals(origin.getScheme())
                    && origin.getHost() != null
                    && origin.getRawPath().isEmpty()
                    && origin.getRawQuery() == null;
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new StartupRefused(List.of("The gateway is not configured."));
        }
        return value;
    }
}
