// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sparekey.capture.listing.GuestSource;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the sources and keeps what they said. A listing with gaps prolongs what it saw and ends nothing; which guests
 * are there follows from the last complete one of a cluster and everything since.
 */
final class Looking {

    private final List<GuestSource> sources;
    private final ListingTable listings;
    private final ObservationTable observations;
    private final TransactionTemplate transaction;

    Looking(
            List<GuestSource> sources,
            ListingTable listings,
            ObservationTable observations,
            TransactionTemplate transaction) {
        this.sources = List.copyOf(sources);
        this.listings = listings;
        this.observations = observations;
        this.transaction = transaction;
        if (names().size() != sources.size()) {
            throw new IllegalStateException("two sources of guests have one name");
        }
    }

    /** Each source in turn, each in its own transaction: one that is away keeps no other from being recorded. */
    Poll look(Instant at) {
        if (sources.isEmpty()) {
            return new Poll.NoHypervisor(at);
        }
        int guests = 0;
        List<String> gaps = new ArrayList<>();
        for (GuestSource source : sources) {
            Listing listing = source.list();
            transaction.executeWithoutResult(status -> record(source.name(), listing, at));
            guests += listing.guests().size();
            listing.gaps().forEach(gap -> gaps.add(source.name() + ": " + gap));
        }
        return gaps.isEmpty() ? new Poll.Complete(at, guests) : new Poll.Incomplete(at, String.join(", ", gaps));
    }

    /** A crash before the commit leaves the earlier intervals as they were: the next listing extends or ends them. */
    private void record(String source, Listing listing, Instant at) {
        listings.insert(source, listing, at);
        Map<Identity, Observation> before = new HashMap<>();
        observations
                .since(listing.cluster(), at.minus(Inventory.MAX_GAP))
                .forEach(one -> before.merge(Identity.of(one), one, Looking::later));
        Map<Instant, List<Observation>> same = new HashMap<>();
        for (Observation one : distinct(listing, at)) {
            Observation earlier = before.get(Identity.of(one));
            if (earlier != null && earlier.sameAs(one)) {
                same.computeIfAbsent(earlier.seenTo(), absent -> new ArrayList<>())
                        .add(earlier);
            } else {
                observations.open(one);
            }
        }
        same.forEach((until, unchanged) -> observations.extend(listing.cluster(), unchanged, until, at));
    }

    /** A guest that is moved may be listed on both hosts for a moment: the one that runs is meant. */
    private static Collection<Observation> distinct(Listing listing, Instant at) {
        Map<Identity, Observation> distinct = new LinkedHashMap<>();
        listing.guests().stream()
                .map(guest -> observation(guest, at))
                .forEach(one ->
                        distinct.merge(Identity.of(one), one, (first, second) -> first.running() ? first : second));
        return distinct.values();
    }

    Standing standing(Instant now) {
        List<ListingTable.Look> looks = listings.since(now.minus(Inventory.MAX_GAP));
        Map<String, Instant> complete = new HashMap<>();
        Map<String, Instant> last = new HashMap<>();
        Map<String, Boolean> fresh = new HashMap<>();
        for (ListingTable.Look look : looks) {
            last.putIfAbsent(look.cluster(), look.at());
            fresh.putIfAbsent(look.source(), look.complete());
            if (look.complete()) {
                complete.putIfAbsent(look.cluster(), look.at());
            }
        }
        List<Observation> guests = last.entrySet().stream()
                .flatMap(entry -> present(
                        observations.since(
                                entry.getKey(), complete.getOrDefault(entry.getKey(), now.minus(Inventory.MAX_GAP))),
                        entry.getValue())
                        .stream())
                .toList();
        complete.remove("");
        return new Standing(now, guests, complete, gapped(fresh));
    }

    private Set<String> gapped(Map<String, Boolean> fresh) {
        return names().stream()
                .filter(name -> !fresh.getOrDefault(name, false))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One that the last look did not show stays, unless the look showed what it has become: same UUID or same number. */
    private static List<Observation> present(List<Observation> seen, Instant last) {
        Map<Identity, Observation> latest = new LinkedHashMap<>();
        seen.forEach(one -> latest.merge(Identity.of(one), one, Looking::later));
        Set<String> uuids = new HashSet<>();
        Set<String> vmIds = new HashSet<>();
        latest.values().stream().filter(one -> one.seenTo().equals(last)).forEach(one -> {
            uuids.add(one.uuid());
            vmIds.add(one.vmId());
        });
        uuids.remove("");
        return latest.values().stream()
                .filter(one -> one.seenTo().equals(last) || !uuids.contains(one.uuid()) && !vmIds.contains(one.vmId()))
                .toList();
    }

    /** What a guest is called by its platform; a number used again by another guest has another UUID. */
    private record Identity(String cluster, String uuid, String vmId) {
        static Identity of(Observation one) {
            return new Identity(one.cluster(), one.uuid(), one.vmId());
        }
    }

    private static Observation later(Observation one, Observation other) {
        return one.seenTo().isBefore(other.seenTo()) ? other : one;
    }

    private static Observation observation(ListedGuest guest, Instant at) {
        return new Observation(
                guest.cluster(),
                guest.uuid().orElse(""),
                guest.vmId(),
                guest.diskIds(),
                guest.macs(),
                guest.addresses(),
                guest.configurationHash(),
                guest.running(),
                at,
                at,
                guest.node());
    }

    private Set<String> names() {
        return sources.stream().map(GuestSource::name).collect(Collectors.toSet());
    }
}
