// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.coverage.AssetState;
import org.sparekey.protocol.coverage.Finding;

/**
 * Compares what is registered with what is listed (3-signed-api, Reconciliation). Pure. "Not seen" becomes GHOST only
 * where a complete listing, made after the registration was known, does not hold the guest.
 */
final class ReconcileDecisions {

    /** How long a guest may run before it must be registered. */
    static final Duration GRACE = Duration.ofHours(1);

    /** How long an ended asset is still shown. */
    static final Duration RETIRED_SHOWN = Duration.ofDays(31);

    private final ReconcileFacts facts;
    private final ReconcileIndex index;
    private final List<Judged> judged = new ArrayList<>();

    private ReconcileDecisions(ReconcileFacts facts) {
        this.facts = facts;
        this.index = new ReconcileIndex(facts.standing().guests());
    }

    /**
     * A registration and what became of it.
     *
     * @param state empty where no listing says anything
     * @param guests the guests it claims: one where MATCHED or STALE
     */
    record Judged(Registered row, Optional<AssetState> state, List<Observation> guests) {

        Judged as(AssetState other) {
            return new Judged(row, Optional.of(other), guests);
        }

        boolean confirmed() {
            return state.equals(Optional.of(AssetState.MATCHED)) || state.equals(Optional.of(AssetState.STALE));
        }
    }

    static Reconciled decide(ReconcileFacts facts) {
        ReconcileDecisions decisions = new ReconcileDecisions(facts);
        facts.registered()
                .forEach(row -> decisions.judge(row).map(decisions::ofHis).ifPresent(decisions.judged::add));
        decisions.claimedTwice();
        return decisions.pictures();
    }

    private Optional<Judged> judge(Registered row) {
        List<Observation> sharing = index.sharing(row.record());
        List<Observation> agreeing = sharing.stream()
                .filter(guest -> Matching.agrees(row.record(), guest))
                .toList();
        if (row.ended()) {
            // Where it still runs, the guest itself is found unregistered.
            boolean shown =
                    agreeing.isEmpty() && row.validFrom().isAfter(facts.now().minus(RETIRED_SHOWN));
            return shown ? Optional.of(new Judged(row, Optional.of(AssetState.RETIRED), List.of())) : Optional.empty();
        }
        if (agreeing.size() > 1) {
            return Optional.of(new Judged(row, Optional.of(AssetState.DUPLICATE), agreeing));
        }
        return Optional.of(
                switch (Matching.of(row.record(), sharing)) {
                    case Matching.Matched matched -> new Judged(row, Optional.of(fresh(row)), List.of(matched.guest()));
                    case Matching.Not not -> unmatched(row, sharing, agreeing);
                });
    }

    /** A guest that is another's by the hoster's tables confirms nothing, whoever names it: it stays that other's to register. */
    private Judged ofHis(Judged one) {
        List<Observation> his = one.guests().stream()
                .filter(guest -> !facts.anothers().test(guest, one.row().reseller()))
                .toList();
        Optional<AssetState> state =
                one.confirmed() && his.isEmpty() ? Optional.of(AssetState.CONTRADICTING) : one.state();
        return new Judged(one.row(), state, his);
    }

    private AssetState fresh(Registered row) {
        boolean attested = facts.attestedAt(row).isAfter(facts.now().minus(LocateDecisions.ATTESTATION));
        return attested ? AssetState.MATCHED : AssetState.STALE;
    }

    private Judged unmatched(Registered row, List<Observation> sharing, List<Observation> agreeing) {
        List<Observation> claimed = agreeing.isEmpty()
                ? sharing.stream()
                        .filter(guest -> Matching.count(row.record(), guest) > 0)
                        .toList()
                : agreeing;
        if (!claimed.isEmpty()) {
            return new Judged(row, Optional.of(AssetState.CONTRADICTING), claimed);
        }
        return new Judged(row, gone(row) ? Optional.of(AssetState.GHOST) : Optional.empty(), List.of());
    }

    /** The completeness guard. */
    private boolean gone(Registered row) {
        return Optional.ofNullable(
                        facts.standing().completeAt().get(row.record().cluster()))
                .map(complete -> complete.isAfter(row.recordedAt()) && complete.isAfter(row.validFrom()))
                .orElse(false);
    }

    /** One guest that two registrations name in full: neither is believed. */
    private void claimedTwice() {
        Map<Observation, Integer> claims = new HashMap<>();
        judged.stream()
                .filter(Judged::confirmed)
                .forEach(one -> claims.merge(one.guests().get(0), 1, Integer::sum));
        judged.replaceAll(one ->
                one.confirmed() && claims.getOrDefault(one.guests().get(0), 0) > 1
                        ? one.as(AssetState.DUPLICATE)
                        : one);
    }

    private Reconciled pictures() {
        Map<PartyId, ReconcilePicture> pictures = new LinkedHashMap<>();
        Map<Observation, Judged> claims = new HashMap<>();
        for (Judged one : judged) {
            pictures.computeIfAbsent(one.row().reseller(), absent -> new ReconcilePicture())
                    .add(one, finding(one));
            one.guests().forEach(guest -> claims.merge(guest, one, ReconcileDecisions::stronger));
        }
        List<Finding> nobodys = new ArrayList<>();
        for (Observation guest : facts.standing().guests()) {
            if (guest.running()) {
                place(guest, Optional.ofNullable(claims.get(guest)), pictures, nobodys);
            }
        }
        Map<PartyId, Reconciled.Picture> finished = new LinkedHashMap<>();
        pictures.forEach((reseller, picture) -> finished.put(reseller, picture.finished()));
        return new Reconciled(finished, nobodys, facts.standing().whole());
    }

    private void place(
            Observation guest, Optional<Judged> claim, Map<PartyId, ReconcilePicture> pictures, List<Finding> nobodys) {
        Optional<PartyId> reseller =
                claim.map(one -> one.row().reseller()).or(() -> facts.landlord().apply(guest));
        boolean young = facts.since(guest).isAfter(facts.now().minus(GRACE));
        if (reseller.isEmpty()) {
            if (!young) {
                nobodys.add(unregistered(guest));
            }
            return;
        }
        ReconcilePicture picture = pictures.computeIfAbsent(reseller.get(), absent -> new ReconcilePicture());
        if (claim.isPresent()) {
            picture.claimed(guest, claim.get());
        } else if (young) {
            picture.young();
        } else {
            picture.unregistered(guest, unregistered(guest));
        }
    }

    private static Judged stronger(Judged one, Judged other) {
        return other.confirmed() && !one.confirmed() ? other : one;
    }

    private Optional<Finding> finding(Judged one) {
        Optional<Observation> seen = one.guests().stream().findFirst();
        Instant since = seen.map(facts::since)
                .filter(time -> time.isAfter(one.row().validFrom()))
                .orElse(one.row().validFrom());
        return one.state()
                .map(state -> new Finding(
                        state,
                        Optional.of(one.row().vpsRef()),
                        one.row().record().cluster(),
                        seen.flatMap(Observation::node)
                                .or(() -> one.row().record().node()),
                        one.row().record().vmId(),
                        one.row().record().uuid(),
                        since));
    }

    private Finding unregistered(Observation guest) {
        return new Finding(
                AssetState.UNREGISTERED,
                Optional.empty(),
                guest.cluster(),
                guest.node(),
                Optional.of(guest.vmId()),
                Optional.of(guest.uuid()).filter(uuid -> !uuid.isEmpty()),
                facts.since(guest));
    }
}
