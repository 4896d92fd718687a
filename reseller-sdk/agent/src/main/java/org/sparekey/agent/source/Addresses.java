// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.util.Optional;
import org.sparekey.protocol.registration.IpPrefix;

/** Addresses as hypervisors write them. */
final class Addresses {

    private Addresses() {}

    /** {@code 192.0.2.7} or {@code 192.0.2.7/24}: the address alone; empty for {@code dhcp}, {@code auto}, {@code manual}. */
    static Optional<String> parsed(String text) {
        try {
            return Optional.of(IpPrefix.parse(text.strip().replaceFirst("/[0-9]{1,3}$", ""))
                    .text());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
