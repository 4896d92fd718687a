// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.Optional;

/**
 * An address the asset answers on.
 *
 * @param routingDomain where the address is unique; {@code public} for the internet
 * @param prefix an address or a prefix in CIDR form
 * @param portFrom first port, where the address is shared
 */
public record AssignedAddress(
        String routingDomain,
        String prefix,
        Optional<String> protocol,
        Optional<Integer> portFrom,
        Optional<Integer> portTo) {

    public static final String PUBLIC = "public";
    public static final int MAX_PORT = 65_535;

    /** One address or prefix of the internet, with all its ports. */
    public static AssignedAddress ofPublic(String prefix) {
        return new AssignedAddress(PUBLIC, prefix, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
