// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.Optional;

/**
 * The one target of an order, as the issuer knows it.
 *
 * @param value an IP address, vpsRef, {@code UUID@cluster}, {@code vmId@cluster} or host name
 * @param protocol tcp or udp, with a port, where the address may be shared
 * @param port 1 to 65535
 * @param observedAt when the target was seen doing what the order is about; mandatory
 */
public record Target(
        TargetFormat format, String value, Optional<String> protocol, Optional<Integer> port, TimeWindow observedAt) {

    public static final int MAX_VALUE_CHARS = 256;
    public static final int MAX_PORT = 65_535;

    public Target {
        if (value.isBlank() || value.length() > MAX_VALUE_CHARS || value.contains("*") || value.contains("/")) {
            throw new IllegalArgumentException("a target is one thing: no wildcard, no prefix, 1 to 256 characters");
        }
        if (port.isPresent() && (port.get() < 1 || port.get() > MAX_PORT)) {
            throw new IllegalArgumentException("a port is between 1 and 65535");
        }
        if (port.isPresent() != protocol.isPresent()) {
            throw new IllegalArgumentException("a port comes with its protocol, and a protocol with its port");
        }
    }
}
