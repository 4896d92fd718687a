// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * The rules once more, as slowly and plainly as can be: no timelines and no intervals, only "what was said last about this
 * asset at this instant, as known then" and "whose was the last word about this address", asked at every instant where
 * anything could change.
 */
final class SlowRegistry {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final List<Registered> rows;

    SlowRegistry(List<Registered> rows) {
        this.rows = List.copyOf(rows);
    }

    /** What an order for one instant comes to: AMBIGUOUS, UNKNOWN, CHANGED, or the vpsRef with its grade. */
    String answer(Wanted.Address wanted, Instant asked, Instant now, Instant order, boolean witnessed) {
        Instant known = now.isBefore(order) ? now : order;
        Predicate<RegistrationRecord> fits = wanted::fits;
        Set<String> pairs = pairs(fits, asked, known);
        Set<String> assets =
                new HashSet<>(pairs.stream().map(pair -> pair.split(" ")[0]).toList());
        if (pairs.isEmpty()) {
            return "UNKNOWN";
        }
        if (assets.size() > 1 || pairs.size() > 1 || onlyPorts(wanted, asked, known)) {
            return "AMBIGUOUS";
        }
        String pair = pairs.iterator().next();
        Instant early = asked.plus(DAY).isBefore(known) ? asked.plus(DAY) : known;
        boolean certain = witnessed
                && whole(fits, asked, known, pair)
                && claimants(fits, asked, known).size() == 1
                && claimants(fits, asked, early).size() == 1
                && pairs(fits, asked, early).equals(pairs)
                && whole(fits, asked, early, pair);
        if (changed(fits, asked, now, known, pair)) {
            return "CHANGED";
        }
        return pair.split(" ")[0] + (certain ? " CERTAIN" : " PROBABLE");
    }

    private Set<String> pairs(Predicate<RegistrationRecord> fits, Instant asked, Instant known) {
        Set<String> pairs = new HashSet<>();
        for (Instant instant : instants(asked.minus(SKEW), asked.plus(SKEW))) {
            for (String vpsRef : vpsRefs()) {
                held(vpsRef, instant, known)
                        .filter(row -> fits.test(row.record()) && !row.ended())
                        .ifPresent(row -> pairs.add(pair(row)));
            }
        }
        return pairs;
    }

    /** Whose own last words name the address somewhere in the window. */
    private Set<String> claimants(Predicate<RegistrationRecord> fits, Instant asked, Instant known) {
        Set<String> claimants = new HashSet<>();
        for (Instant instant : instants(asked.minus(SKEW), asked.plus(SKEW))) {
            for (String vpsRef : vpsRefs()) {
                said(vpsRef, instant, known)
                        .filter(row -> fits.test(row.record()) && !row.ended())
                        .ifPresent(row -> claimants.add(vpsRef));
            }
        }
        return claimants;
    }

    /** No port was asked, and somebody holds some ports of the address only. */
    private boolean onlyPorts(Wanted.Address wanted, Instant asked, Instant known) {
        if (wanted.port().isPresent()) {
            return false;
        }
        return instants(asked.minus(SKEW), asked.plus(SKEW)).stream()
                .flatMap(instant -> vpsRefs().stream().flatMap(ref -> held(ref, instant, known).stream()))
                .map(row -> row.record().addresses().stream()
                        .filter(own -> IpPrefix.parse(own.prefix()).contains(wanted.address()))
                        .toList())
                .anyMatch(fitting -> !fitting.isEmpty()
                        && fitting.stream().allMatch(own -> own.portFrom().isPresent()));
    }

    /** What was said about the asset, less the addresses about which the last word was another's. */
    private Optional<Registered> held(String vpsRef, Instant instant, Instant known) {
        return said(vpsRef, instant, known)
                .map(row -> new Registered(
                        row.record()
                                .holding(
                                        row.record().addresses().stream()
                                                .filter(own -> vpsRef.equals(lastWord(own, instant, known)))
                                                .toList(),
                                        row.validFrom()),
                        row.reseller(),
                        row.recordedAt()));
    }

    /** Every word up to the instant, one after the other: a claim takes the address, silence of its holder gives it up. */
    private @Nullable String lastWord(AssignedAddress address, Instant instant, Instant known) {
        String holder = null;
        for (Registered word : words(instant, known)) {
            if (word.record().addresses().contains(address)) {
                holder = word.vpsRef();
            } else if (word.vpsRef().equals(holder)) {
                holder = null;
            }
        }
        return holder;
    }

    private List<Registered> words(Instant instant, Instant known) {
        List<Registered> heard = rows.stream()
                .filter(row ->
                        !row.validFrom().isAfter(instant) && !row.recordedAt().isAfter(known))
                .toList();
        return heard.stream()
                .filter(row -> heard.stream()
                        .noneMatch(other -> other.vpsRef().equals(row.vpsRef())
                                && other.validFrom().equals(row.validFrom())
                                && other.recordedAt().isAfter(row.recordedAt())))
                .sorted(Comparator.comparing(Registered::validFrom).thenComparing(Registered::recordedAt))
                .toList();
    }

    private boolean whole(Predicate<RegistrationRecord> fits, Instant asked, Instant known, String pair) {
        return instants(asked.minus(SKEW), asked.plus(SKEW)).stream()
                .allMatch(instant -> held(pair.split(" ")[0], instant, known)
                        .filter(row -> fits.test(row.record())
                                && !row.ended()
                                && pair(row).equals(pair))
                        .isPresent());
    }

    private boolean changed(
            Predicate<RegistrationRecord> fits, Instant asked, Instant now, Instant known, String pair) {
        String vpsRef = pair.split(" ")[0];
        Instant held = instants(asked.minus(SKEW), asked.plus(SKEW)).stream()
                .filter(instant -> held(vpsRef, instant, known)
                        .filter(row -> fits.test(row.record()) && !row.ended())
                        .isPresent())
                .findFirst()
                .orElseThrow();
        Instant start = held.isBefore(asked) ? asked : held;
        Instant first = start.isBefore(now) ? start : now;
        Instant last = start.isBefore(now) ? now : start;
        return !instants(first, last).stream()
                .allMatch(instant -> said(vpsRef, instant, now)
                        .filter(row -> !row.ended() && pair(row).equals(pair))
                        .isPresent());
    }

    private Optional<Registered> said(String vpsRef, Instant instant, Instant known) {
        return rows.stream()
                .filter(row -> row.vpsRef().equals(vpsRef))
                .filter(row ->
                        !row.validFrom().isAfter(instant) && !row.recordedAt().isAfter(known))
                .max(Comparator.comparing(Registered::validFrom).thenComparing(Registered::recordedAt));
    }

    private List<Instant> instants(Instant first, Instant last) {
        List<Instant> instants = new ArrayList<>(List.of(first));
        rows.stream()
                .map(Registered::validFrom)
                .filter(instant -> instant.isAfter(first) && instant.isBefore(last))
                .sorted()
                .forEach(instants::add);
        instants.add(last);
        return instants;
    }

    private List<String> vpsRefs() {
        return rows.stream().map(Registered::vpsRef).distinct().toList();
    }

    private static String pair(Registered row) {
        return row.vpsRef() + " " + row.record().tenancyRef();
    }
}
