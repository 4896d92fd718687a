// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.sparekey.protocol.registration.AssignedAddress;

/**
 * One holder for each address at every instant: whoever claims it last holds it, and the one before him has lost it from
 * then on, whether or not he says so. Two intervals of one address cannot overlap, because an interval ends where the next
 * one begins. A claim ends with a later statement of its asset that does not repeat it. Pure.
 */
final class Holders {

    private final Map<AssignedAddress, String> holders = new HashMap<>();
    private final Map<String, Registered> current = new HashMap<>();
    private final Map<String, TreeMap<Instant, Registered>> timelines = new HashMap<>();

    private Holders() {}

    /** The timelines of what was said, each without the addresses that another asset has claimed meanwhile. */
    static Map<String, TreeMap<Instant, Registered>> of(Collection<TreeMap<Instant, Registered>> said) {
        Holders holders = new Holders();
        said.stream()
                .flatMap(timeline -> timeline.values().stream())
                .sorted(Comparator.comparing(Registered::validFrom)
                        .thenComparing(Registered::recordedAt)
                        .thenComparing(Registered::vpsRef))
                .forEach(holders::next);
        return holders.timelines;
    }

    private void next(Registered row) {
        Set<AssignedAddress> claimed = Set.copyOf(row.record().addresses());
        Registered before = current.get(row.vpsRef());
        if (before != null) {
            before.record().addresses().stream()
                    .filter(address -> !claimed.contains(address))
                    .forEach(address -> holders.remove(address, row.vpsRef()));
        }
        put(row);
        for (AssignedAddress address : claimed) {
            String loser = holders.put(address, row.vpsRef());
            if (loser != null && !loser.equals(row.vpsRef())) {
                put(without(Objects.requireNonNull(current.get(loser)), address, row.validFrom()));
            }
        }
    }

    private void put(Registered row) {
        current.put(row.vpsRef(), row);
        timelines.computeIfAbsent(row.vpsRef(), ref -> new TreeMap<>()).put(row.validFrom(), row);
    }

    private static Registered without(Registered row, AssignedAddress lost, Instant from) {
        List<AssignedAddress> kept = row.record().addresses().stream()
                .filter(address -> !address.equals(lost))
                .toList();
        return new Registered(row.record().holding(kept, from), row.reseller(), row.recordedAt());
    }
}
