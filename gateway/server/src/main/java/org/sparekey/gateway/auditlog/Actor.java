// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * Who causes an entry.
 *
 * @param role a word such as RESELLER or GATEWAY, never a name
 * @param keyId the enrolled key that spoke; absent for the gateway's own steps
 */
public record Actor(String role, Optional<Digest> keyId) {

    /** The gateway itself, in a step that nobody asked for by a request. */
    public static final Actor GATEWAY = new Actor("GATEWAY", Optional.empty());
}
