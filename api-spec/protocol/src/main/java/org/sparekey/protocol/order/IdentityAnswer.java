// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
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
 * @param chain through whose hands the address or the machine went at the asked instant: the hoster's own customer first,
 *     the party of record last; absent where these two are one, or where the hoster's tables do not tell
 * @param assurance how it was known that the order was its issuer's; an answer without it can be read, and the verifier refuses it
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
        Optional<List<PartyOfRecord>> chain,
        Optional<Assurance> assurance,
        Instant at,
        Bytes salt) {

    /** More hands than this no address goes through (the importer refuses them). */
    public static final int LONGEST_CHAIN = 8;

    public IdentityAnswer {
        chain = chain.map(List::copyOf);
        chain.ifPresent(hands -> {
            if (hands.size() < 2 || hands.size() > LONGEST_CHAIN) {
                throw new IllegalArgumentException("a chain has 2 to " + LONGEST_CHAIN + " hands");
            }
            if (!partyOfRecord.equals(Optional.of(hands.get(hands.size() - 1)))) {
                throw new IllegalArgumentException("a chain ends at the party of record");
            }
        });
    }

    public static final String TYPE = "identity-answer";
}
