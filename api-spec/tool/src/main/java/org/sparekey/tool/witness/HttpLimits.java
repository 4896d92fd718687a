// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.util.Map;

/**
 * Limits of the JDK's HTTP server, which knows them only as system properties read once. Set here before the first server
 * of the process, unless its operator set them.
 */
final class HttpLimits {

    private static final Map<String, String> LIMITS = Map.of(
            // Seconds for a request to arrive: a caller that sends a byte a minute keeps no thread.
            "sun.net.httpserver.maxReqTime", "10",
            // Seconds for the answer to leave.
            "sun.net.httpserver.maxRspTime", "10",
            // Each open connection has one request at most, so this bounds the queue too.
            "jdk.httpserver.maxConnections", "256",
            "sun.net.httpserver.maxIdleConnections", "32",
            "sun.net.httpserver.idleInterval", "60",
            "sun.net.httpserver.maxReqHeaders", "64",
            // Bytes of the whole header; known to newer runtimes only.
            "sun.net.httpserver.maxReqHeaderSize", "16384");

    private HttpLimits() {}

    static void install() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
