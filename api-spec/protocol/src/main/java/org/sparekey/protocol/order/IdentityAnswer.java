// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * The hoster's signed answer to an identity order: who his own customer was, and how sure he is.
 *
 * @param partyOfRecord absent when the grade is UNKNOWN
 * @param since begin of the tenancy interval that holds the asked instant
 * @param until its end, absent while it lasts
 * @param nextInChain who is to be asked next, in words of the catalogue (RESELLER, ONWARD_SELLER)
 */
public record IdentityAnswer(
        int v,
        String type,
        UUID orderId,
        Digest orderDigest,
        Target target,
        Grade grade,
        Optional<PartyOfRecord> partyOfRecord,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> nextInChain,
        Instant at,
        Bytes salt) {

    public static final String TYPE = "identity-answer";
}
