// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.sparekey.gateway.registry.Assets.CLUSTER;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.NOW;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.inventory.Standing;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.AssetState;
import org.sparekey.protocol.coverage.Finding;

/** What is registered and listed in a test of the seven states. */
record Comparison(
        List<Registered> rows,
        List<Observation> guests,
        Map<String, Instant> complete,
        Set<String> gapped,
        Map<String, Instant> attested,
        Optional<PartyId> landlord) {

    static Comparison of(Registered... rows) {
        Map<String, Instant> attested = new HashMap<>();
        List.of(rows).forEach(row -> attested.put(row.vpsRef(), NOW.minusSeconds(60)));
        return new Comparison(
                List.of(rows), List.of(), Map.of(CLUSTER, NOW), Set.of(), attested, Optional.of(Assets.RESELLER));
    }

    Comparison listed(Observation... other) {
        return new Comparison(rows, List.of(other), complete, gapped, attested, landlord);
    }

    Comparison and(Observation... more) {
        List<Observation> all = new ArrayList<>(guests);
        all.addAll(List.of(more));
        return new Comparison(rows, all, complete, gapped, attested, landlord);
    }

    /** A node is away: no listing is complete. */
    Comparison incomplete() {
        return new Comparison(rows, guests, Map.of(), Set.of("proxmox ams"), attested, landlord);
    }

    Comparison completeAt(Instant at) {
        return new Comparison(rows, guests, Map.of(CLUSTER, at), gapped, attested, landlord);
    }

    Comparison attestedAt(Instant at) {
        Map<String, Instant> all = new HashMap<>(attested);
        all.replaceAll((vpsRef, before) -> at);
        return new Comparison(rows, guests, complete, gapped, all, landlord);
    }

    Comparison rentedTo(Optional<PartyId> other) {
        return new Comparison(rows, guests, complete, gapped, attested, other);
    }

    Reconciled decide() {
        return ReconcileDecisions.decide(new ReconcileFacts(
                rows,
                attested,
                new Standing(NOW, guests, complete, gapped),
                Map.of(),
                guest -> landlord,
                (guest, reseller) ->
                        landlord.filter(his -> !his.equals(reseller)).isPresent(),
                NOW));
    }

    Reconciled.Picture picture() {
        return decide().pictures().getOrDefault(Assets.RESELLER, Reconciled.Picture.EMPTY);
    }

    List<AssetState> states() {
        return picture().findings().stream().map(Finding::state).toList();
    }

    /** A guest that is listed since long ago. */
    static Observation guest(int vps, String... addresses) {
        return Assets.guest(vps, LONG_AGO, NOW, addresses);
    }

    /** A guest with identifiers of its own choosing. */
    static Observation guest(String uuid, String vmId, String disk, String mac) {
        return new Observation(
                CLUSTER,
                uuid,
                vmId,
                List.of(disk),
                List.of(mac),
                List.of(),
                Assets.guest(1, LONG_AGO, NOW).configurationHash(),
                true,
                LONG_AGO,
                NOW);
    }
}
