// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * Where a delegation stands, as the gateway answers it.
 *
 * @param delegation digest of the signed document: what the delegate's approval names
 * @param recorded whether its entry is in a signed checkpoint; it counts for nothing before
 * @param revokedAt from then on it counts for nothing
 */
public record DelegationStatus(
        Digest delegation,
        String delegator,
        String party,
        String delegate,
        Instant from,
        Instant until,
        List<Decision> decisions,
        boolean recorded,
        Optional<Instant> revokedAt) {

    public DelegationStatus {
        decisions = List.copyOf(decisions);
    }
}
