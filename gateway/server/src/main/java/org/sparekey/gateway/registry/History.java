// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was registered about some assets, in two times: when it is so, and when the gateway knew. At any instant the
 * statement with the latest validFrom speaks; of several with the same one, the latest recorded.
 */
final class History {

    private final Map<String, List<Registered>> rows;
    private final Map<String, TreeMap<Instant, Registered>> timelines;

    private History(Map<String, List<Registered>> rows, Map<String, TreeMap<Instant, Registered>> timelines) {
        this.rows = rows;
        this.timelines = timelines;
    }

    static History of(List<Registered> rows) {
        Map<String, TreeMap<Instant, Registered>> timelines = new HashMap<>();
        for (Registered row : rows) {
            timelines
                    .computeIfAbsent(row.vpsRef(), ref -> new TreeMap<>())
                    .merge(row.validFrom(), row, History::laterRecorded);
        }
        return new History(rows.stream().collect(Collectors.groupingBy(Registered::vpsRef)), timelines);
    }

    /** The same history with one holder for each address at every instant. */
    History exclusive() {
        return new History(rows, Holders.of(timelines.values()));
    }

    List<String> vpsRefs() {
        return rows.keySet().stream().sorted().toList();
    }

    /** Only what was recorded up to the instant. */
    History knownAt(Instant instant) {
        return of(rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> !row.recordedAt().isAfter(instant))
                .toList());
    }

    /** The statement in force at the instant. */
    Optional<Registered> at(String vpsRef, Instant instant) {
        return Optional.ofNullable(timeline(vpsRef).floorEntry(instant)).map(Map.Entry::getValue);
    }

    /** The statement in force up to, and not at, the instant. */
    Optional<Registered> before(String vpsRef, Instant instant) {
        return Optional.ofNullable(timeline(vpsRef).lowerEntry(instant)).map(Map.Entry::getValue);
    }

    /** The statements in force anywhere from the first to the last instant, both included; gaps before the first are none. */
    List<Registered> during(String vpsRef, Instant first, Instant last) {
        TreeMap<Instant, Registered> timeline = timeline(vpsRef);
        List<Registered> during = new ArrayList<>();
        at(vpsRef, first).ifPresent(during::add);
        during.addAll(timeline.subMap(first, false, last, true).values());
        return List.copyOf(during);
    }

    boolean beginsAfter(String vpsRef, Instant instant) {
        return at(vpsRef, instant).isEmpty();
    }

    /** All statements in force at some time, earliest first. */
    List<Registered> all(String vpsRef) {
        return List.copyOf(timeline(vpsRef).values());
    }

    /** How many statements about the asset there are. */
    int count(String vpsRef) {
        return rows.getOrDefault(vpsRef, List.of()).size();
    }

    /** When the reseller last said anything about the asset. */
    Optional<Instant> attestedAt(String vpsRef) {
        return rows.getOrDefault(vpsRef, List.of()).stream()
                .map(Registered::recordedAt)
                .max(Comparator.naturalOrder());
    }

    private TreeMap<Instant, Registered> timeline(String vpsRef) {
        return timelines.getOrDefault(vpsRef, new TreeMap<>());
    }

    private static Registered laterRecorded(Registered one, Registered other) {
        return Objects.requireNonNull(one).recordedAt().isAfter(other.recordedAt()) ? one : other;
    }
}
