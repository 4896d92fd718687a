// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/**
 * An officer's signed word, a {@code SignedDocument} of type delegation, on who fills his seat while he is away. The delegate is
 * enrolled with a key of his own and signs as himself; the two are one seat, whoever of them speaks.
 *
 * @param gatewayOrigin of the hoster whose officer he is: a document for one hoster is worth nothing at another
 * @param delegator the officer's number
 * @param party whose person the delegate is
 * @param delegate the delegate's number within it
 * @param from inclusive
 * @param until exclusive, at most {@link #MAX_TERM} after {@code from}
 * @param decisions what the delegate may say in his place, at least one
 * @param salt 32 random bytes
 */
public record Delegation(
        int v,
        String type,
        String gatewayOrigin,
        String delegator,
        String party,
        String delegate,
        Instant from,
        Instant until,
        List<Decision> decisions,
        Bytes salt) {

    public static final String TYPE = "delegation";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    /** A holiday. For whoever is away longer another officer is enrolled. */
    public static final Duration MAX_TERM = Duration.ofDays(28);

    public Delegation {
        decisions = List.copyOf(decisions);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a delegation of version 1");
        }
        if (!from.isBefore(until) || Duration.between(from, until).compareTo(MAX_TERM) > 0) {
            throw new IllegalArgumentException("a delegation lasts at most 28 days");
        }
        if (decisions.isEmpty() || new HashSet<>(decisions).size() != decisions.size()) {
            throw new IllegalArgumentException("a delegation names each decision once, and at least one");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
