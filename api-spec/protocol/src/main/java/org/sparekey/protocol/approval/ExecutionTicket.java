// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * The one-use right to capture one asset once, signed by the gateway's statement key.
 *
 * @param order the order's compact JWS; absent on a reseller-administered node, which gets its digest only
 * @param approvals at least two RELEASE or SECURE approvals by different officers
 * @param verifiedEntryProof the log's proof (C2SP tlog-proof text) that the order was verified
 * @param attempt 1 to 3
 * @param node the one machine that may act on it; absent where the gateway itself reads the guest
 */
public record ExecutionTicket(
        int v,
        String type,
        UUID id,
        Optional<String> order,
        Digest orderDigest,
        List<Approval> approvals,
        String verifiedEntryProof,
        LocatedAsset asset,
        int attempt,
        Instant expiry,
        Optional<NodeBinding> node,
        Bytes salt) {

    public static final String TYPE = "execution-ticket";
    public static final int MAX_ATTEMPTS = 3;

    public ExecutionTicket {
        approvals = List.copyOf(approvals);
        if (attempt < 1 || attempt > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("an attempt is between 1 and 3");
        }
    }

    /** For the gateway itself. */
    public ExecutionTicket(
            int v,
            String type,
            UUID id,
            Optional<String> order,
            Digest orderDigest,
            List<Approval> approvals,
            String verifiedEntryProof,
            LocatedAsset asset,
            int attempt,
            Instant expiry,
            Bytes salt) {
        this(
                v,
                type,
                id,
                order,
                orderDigest,
                approvals,
                verifiedEntryProof,
                asset,
                attempt,
                expiry,
                Optional.empty(),
                salt);
    }

    /** The same right for a node of the hoster. */
    public ExecutionTicket onNode(NodeBinding binding, Instant until) {
        return new ExecutionTicket(
                v,
                type,
                id,
                order,
                orderDigest,
                approvals,
                verifiedEntryProof,
                asset,
                attempt,
                until,
                Optional.of(binding),
                salt);
    }
}
