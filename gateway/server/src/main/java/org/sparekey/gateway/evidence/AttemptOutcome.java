// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.List;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * How an attempt ended that sealed nothing; payload of its entry.
 *
 * @param code of a capture's refusal, or one of the constants here
 * @param found what was found of it and ended, one line each
 */
record AttemptOutcome(
        int v, String type, UUID orderId, int attempt, Digest intentLeaf, String code, List<String> found, Bytes salt) {

    static final String TYPE = "attempt-outcome";

    /** Whoever ran it is gone: nobody knows how far it came. */
    static final String LOST = "LOST";

    /** Its ticket expired before anything was touched, or while it ran. */
    static final String EXPIRED = "EXPIRED";

    /** It was done when its order, or the order's authority, was stopped: it is undone. */
    static final String STOPPED = "STOPPED";

    /** A fault, and no decision: the words are in the operator's log. */
    static final String FAULT = "FAULT";

    AttemptOutcome {
        found = List.copyOf(found);
    }
}
