// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import org.sparekey.protocol.evidence.Manifest;

/**
 * Which machine may act on a ticket, and how both speak.
 *
 * @param id as the node was installed
 * @param protocol of gateway and node; they understand each other when it is the same
 * @param gatewayVersion of the program that wrote the ticket
 * @param custody whose machine it is, in the word of the manifest
 */
public record NodeBinding(String id, int protocol, String gatewayVersion, String custody) {

    /** What this program speaks. */
    public static final int PROTOCOL = 1;

    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public NodeBinding {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("a node's id is letters, digits, dots and dashes, at most 63");
        }
        if (!custody.equals(Manifest.HOSTER) && !custody.equals(Manifest.RESELLER_ADMINISTERED)) {
            throw new IllegalArgumentException("custody is hoster or reseller-administered");
        }
    }
}
