// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.List;
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

    /**
     * A range of internet addresses, as the fewest prefixes that are exactly it.
     *
     * @throws IllegalArgumentException when these are not two addresses of one family, the first not above the last
     */
    public static List<AssignedAddress> ofPublicRange(String first, String last) {
        return IpPrefix.range(IpPrefix.parse(first), IpPrefix.parse(last)).stream()
                .map(prefix -> ofPublic(prefix.text()))
                .toList();
    }

    /** A range of ports of one internet address that several assets share. */
    public static AssignedAddress ofPublicPorts(String address, String protocol, int from, int to) {
        return new AssignedAddress(PUBLIC, address, Optional.of(protocol), Optional.of(from), Optional.of(to));
    }
}
