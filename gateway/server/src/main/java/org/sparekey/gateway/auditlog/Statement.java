// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Map;
import java.util.Optional;

/**
 * What a room wants logged.
 *
 * @param type such as {@code order.verified}
 * @param subject a commitment to what the entry is about
 * @param clear readable in the log for ever: no personal data
 * @param payload the actor's signed document, or our canonical statement; the log holds a commitment to it only
 */
public record Statement(
        LogName log,
        String type,
        Actor actor,
        Optional<String> subject,
        Optional<CaseLink> link,
        Map<String, String> clear,
        byte[] payload) {

    /** Larger than any order with its documents' digests; a batch's lines are not part of its payload. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;

    public Statement {
        clear = Map.copyOf(clear);
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of more than " + MAX_PAYLOAD_BYTES + " bytes");
        }
    }
}
