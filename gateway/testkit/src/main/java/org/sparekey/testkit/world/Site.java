// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * Where the gateway of a world listens and what it is called.
 *
 * @param publicHost begins log origins and problem types
 * @param hosts further names in the certificate of its listeners, beside localhost and 127.0.0.1
 */
public record Site(int apiPort, int publicPort, int managementPort, String publicHost, List<String> hosts) {

    public static final String DEMO_HOST = "demo.sparekey.invalid";

    public Site {
        hosts = List.copyOf(hosts);
    }

    /** The ports of the documentation: 8443, 8444, 9443. */
    public static Site demo() {
        return new Site(8443, 8444, 9443, DEMO_HOST, List.of());
    }

    /**
     * Three ports that nobody uses at the moment. They are chosen here and not by the gateway, because the signed list and
     * every signed request name the API's origin before it starts.
     */
    public static Site free() {
        try (ServerSocket api = socket();
                ServerSocket open = socket();
                ServerSocket management = socket()) {
            return new Site(api.getLocalPort(), open.getLocalPort(), management.getLocalPort(), DEMO_HOST, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The HTTPS origin of the API, as orders and request signatures name it. */
    public String gatewayOrigin() {
        return "https://localhost:" + apiPort;
    }

    public String publicOrigin() {
        return "https://localhost:" + publicPort;
    }

    private static ServerSocket socket() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
