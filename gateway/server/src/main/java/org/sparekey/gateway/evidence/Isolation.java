// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.json.Digest;

/**
 * One numbered attempt at taking one guest off the net.
 *
 * @param asset the guest, as the officers signed for it
 * @param intentLeaf the entry that announced it: in a signed checkpoint before anything is touched
 * @param before what its links were, kept before the first of them is cut
 * @param restoreLeaf the entry that announced that it is undone
 */
record Isolation(
        OrderId order,
        int number,
        State state,
        long leaseEpoch,
        Instant expiresAt,
        LocatedAsset asset,
        Digest intentLeaf,
        Optional<GuestLinks> before,
        Optional<Digest> restoreLeaf) {

    enum State {
        ANNOUNCED,
        RUNNING,
        ISOLATED,
        RESTORING,
        RESTORED,
        LOST,
        UNDONE
    }
}
