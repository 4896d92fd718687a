// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * A token that was stored; payload of its entry.
 *
 * @param stamped SHA-256 of what was stamped
 * @param reply SHA-256 of the authority's reply
 * @param time what the token says
 */
record StampRecord(
        int v,
        String type,
        String what,
        Optional<String> origin,
        Optional<Long> size,
        Digest stamped,
        Digest reply,
        Instant time,
        Bytes salt) {

    static final String TYPE = "time-stamped";
    static final String ENTRY = "time.stamped";
    static final int SALT_BYTES = 32;
}
