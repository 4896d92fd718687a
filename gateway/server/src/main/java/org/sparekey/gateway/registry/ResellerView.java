// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.ResellerEntry;

/**
 * What the hoster holds about a reseller in registry and prefix table: nothing derived, nothing about orders or holds, no
 * time of asking. It reads the same before and after an order.
 */
public record ResellerView(
        int v,
        String type,
        ResellerEntry reseller,
        List<HeldAssignment> assignments,
        List<HeldBatch> batches,
        List<HeldRegistration> registrations) {

    public static final String TYPE = "registry-view";

    public ResellerView {
        assignments = List.copyOf(assignments);
        batches = List.copyOf(batches);
        registrations = List.copyOf(registrations);
    }

    /** @param kind PREFIX, SERVER or PORT */
    public record HeldAssignment(String kind, String value, Instant from, Optional<Instant> to) {}

    /** @param batchDigest digest of the signed header's compact JWS */
    public record HeldBatch(UUID batchId, long seq, Digest batchDigest, Digest leafHash, Instant recordedAt) {}
}
