// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Finds the guests that share any identifier with a registration, without comparing each with each. */
final class ReconcileIndex {

    /** @param value a text, or a prefix */
    private record Key(String cluster, String kind, Object value) {}

    private final Map<Key, List<Observation>> guests = new HashMap<>();

    ReconcileIndex(Collection<Observation> all) {
        all.forEach(guest -> keys(guest)
                .forEach(key ->
                        guests.computeIfAbsent(key, absent -> new ArrayList<>()).add(guest)));
    }

    /** In one cluster; in the order of the listing. */
    List<Observation> sharing(RegistrationRecord record) {
        Set<Observation> found = new LinkedHashSet<>();
        keys(record).forEach(key -> found.addAll(guests.getOrDefault(key, List.of())));
        return List.copyOf(found);
    }

    private static Stream<Key> keys(Observation guest) {
        String cluster = guest.cluster();
        return Stream.of(
                        Stream.of(guest.uuid())
                                .filter(uuid -> !uuid.isEmpty())
                                .map(uuid -> new Key(cluster, "UUID", uuid)),
                        Stream.of(new Key(cluster, "VM_ID", guest.vmId())),
                        guest.diskIds().stream().map(disk -> new Key(cluster, "DISK", disk)),
                        guest.macs().stream().map(mac -> new Key(cluster, "MAC", mac)),
                        guest.addresses().stream().map(address -> new Key(cluster, "IP", IpPrefix.parse(address))))
                .flatMap(keys -> keys);
    }

    private static Stream<Key> keys(RegistrationRecord record) {
        String cluster = record.cluster();
        return Stream.of(
                        record.uuid().stream().map(uuid -> new Key(cluster, "UUID", uuid)),
                        record.vmId().stream().map(vmId -> new Key(cluster, "VM_ID", vmId)),
                        record.diskIds().stream().map(disk -> new Key(cluster, "DISK", disk)),
                        record.macs().stream().map(mac -> new Key(cluster, "MAC", mac)),
                        record.addresses().stream()
                                .filter(address -> address.routingDomain().equals(AssignedAddress.PUBLIC))
                                .flatMap(address -> IpPrefix.parse(address.prefix()).probes(0).stream())
                                .map(prefix -> new Key(cluster, "IP", prefix)))
                .flatMap(keys -> keys);
    }
}
