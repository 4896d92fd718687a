// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;

/**
 * Where an order stands, as the receiver owns it (ETSI TS 103 120). Not a signed document: the response around it is.
 *
 * @param orderId the gateway's code, such as {@code ORD-7Q4F-2KX9}; what URLs name
 * @param id the issuer's own id inside the order
 * @param version grows by one with every change; the ETag
 * @param state kebab-case, such as {@code held} or {@code executing}
 * @param reason the coded ground of a refusal, a stop or a failure
 * @param explanation the ground in plain words, English and Dutch
 * @param grade once located: how sure the hoster is
 * @param calledBack CALLED_BACK or NOT_CALLED_BACK: whether proof 4 was taken
 * @param authenticity SIGNED; PAPER while an officer's entry waits for the call-back, PAPER_CALLED_BACK afterwards
 * @param attempt number of the latest capture attempt
 * @param holdUntil while something is held for this order
 * @param entry of the last change
 */
public record OrderStatus(
        String orderId,
        UUID id,
        Digest orderDigest,
        OrderKind kind,
        long version,
        String state,
        Optional<String> reason,
        List<String> explanation,
        Optional<String> matrixRow,
        Optional<String> matrixVersion,
        Optional<Grade> grade,
        String calledBack,
        String authenticity,
        int approvals,
        Optional<Integer> attempt,
        Instant receivedAt,
        Instant deadline,
        Optional<Instant> holdUntil,
        EntryReference entry) {

    public static final String CALLED_BACK = "CALLED_BACK";
    public static final String NOT_CALLED_BACK = "NOT_CALLED_BACK";
    public static final String SIGNED = "SIGNED";
    public static final String PAPER = "PAPER";
    public static final String PAPER_CALLED_BACK = "PAPER_CALLED_BACK";

    public OrderStatus {
        explanation = List.copyOf(explanation);
    }

    /**
     * Where a change stands in the log.
     *
     * @param origin of the log, once sequenced
     * @param index absent while the entry waits to be sequenced
     */
    public record EntryReference(Digest leafHash, Optional<String> origin, Optional<Long> index) {}
}
