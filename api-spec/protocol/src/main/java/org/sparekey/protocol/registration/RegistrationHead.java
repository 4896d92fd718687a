// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.FieldFault;

/**
 * The last batch that the gateway holds of a reseller, for him to compare with his own last receipt.
 *
 * @param seq its number; 0 where there is none, and then the rest is absent
 * @param batchDigest digest of its header's compact JWS
 */
public record RegistrationHead(
        int v, String type, String reseller, long seq, Optional<Digest> batchDigest, Optional<Instant> recordedAt) {

    public static final String TYPE = "registration-head";

    public RegistrationHead {
        if (v != 1 || !type.equals(TYPE)) {
            throw new FieldFault("/type", "not a registration head of version 1");
        }
        if (seq < 0 || batchDigest.isPresent() != (seq > 0) || recordedAt.isPresent() != (seq > 0)) {
            throw new FieldFault("/seq", "a batch has a digest and a time, and none has neither");
        }
    }

    /** Where the two sides stand to each other. */
    public enum Standing {
        /** Both hold the same last batch. */
        IN_STEP,
        /** The gateway lacks batches that it gave a receipt for: it was set back, or an answer was forged. */
        GATEWAY_BEHIND,
        /** The gateway holds batches that this side does not know: an answer was lost, or another uses the key. */
        GATEWAY_AHEAD,
        /** The same number names another batch. */
        FORKED
    }

    /**
     * What the reseller's own ledger makes of this head.
     *
     * @param lastSeq the number of his last batch with a receipt, 0 where there is none
     * @param lastDigest its digest; absent where there is none
     */
    public Standing against(long lastSeq, Optional<Digest> lastDigest) {
        if (seq != lastSeq) {
            return seq < lastSeq ? Standing.GATEWAY_BEHIND : Standing.GATEWAY_AHEAD;
        }
        return batchDigest.equals(lastDigest) ? Standing.IN_STEP : Standing.FORKED;
    }
}
