// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;

/**
 * One numbered attempt at a capture.
 *
 * @param folder random name of the directory that its files lie in
 * @param ticket the execution ticket's compact JWS
 * @param intentLeaf the entry that announced it: in a signed checkpoint before anything is touched
 * @param manifest once sealed
 * @param releaseLeaf once released: in a signed checkpoint before the key is handed out
 * @param destroyed that its files go, or are gone, is entered: nothing of it is handed out
 */
record Attempt(
        OrderId order,
        int number,
        State state,
        long leaseEpoch,
        String folder,
        String ticket,
        Instant expiresAt,
        Digest intentLeaf,
        Optional<SignedDocument> manifest,
        Optional<Digest> releaseLeaf,
        boolean destroyed) {

    enum State {
        ANNOUNCED,
        RUNNING,
        SEALED,
        LOST
    }
}
