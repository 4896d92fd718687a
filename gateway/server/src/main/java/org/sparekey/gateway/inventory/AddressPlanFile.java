// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.inventory.CsvTable.Row;
import org.sparekey.protocol.registration.IpPrefix;

/** {@code prefix,cluster,vm,from,to}: to which guest the hoster routes an address. */
final class AddressPlanFile {

    static final List<String> HEADER = List.of("prefix", "cluster", "vm", "from", "to");

    private final CsvTable table = new CsvTable();
    private final Instant now;
    private final List<Long> lines = new ArrayList<>();

    private AddressPlanFile(Instant now) {
        this.now = now;
    }

    record Reading(List<PlannedAddress> rows, List<CsvFault> faults) {}

    /** @param current what holds already; a row for the same prefix and begin replaces it */
    static Reading read(byte[] csv, List<PlannedAddress> current, Instant now) {
        AddressPlanFile file = new AddressPlanFile(now);
        List<PlannedAddress> rows = file.table.read(csv, HEADER, file::row);
        if (file.table.faults().isEmpty()) {
            file.refuseOverlaps(rows, current);
        }
        return new Reading(rows, file.table.faults());
    }

    private Optional<PlannedAddress> row(Row row) {
        Optional<IpPrefix> prefix = row.prefix("prefix");
        Optional<String> cluster = row.name("cluster");
        Optional<String> vm = row.name("vm");
        Optional<Instant> from = row.time("from");
        Optional<Optional<Instant>> to = row.end("to", from);
        if (prefix.isEmpty() || cluster.isEmpty() || vm.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        lines.add(row.line());
        return Optional.of(new PlannedAddress(prefix.get(), cluster.get(), vm.get(), from.get(), to.get(), now));
    }

    private void refuseOverlaps(List<PlannedAddress> rows, List<PlannedAddress> current) {
        Set<Object> stated = new HashSet<>();
        rows.forEach(row -> stated.add(statement(row)));
        List<PlannedAddress> all = new ArrayList<>(rows);
        current.stream().filter(one -> !stated.contains(statement(one))).forEach(all::add);
        Set<PlannedAddress> faulty = Collections.newSetFromMap(new IdentityHashMap<>());
        Overlaps.find(all, AddressPlanFile::keysAround, PlannedAddress::meets, faulty::add);
        for (int i = 0; i < rows.size(); i++) {
            if (faulty.contains(rows.get(i))) {
                table.fault(lines.get(i), "prefix", CsvFault.Code.OVERLAPS);
            }
        }
    }

    static Object statement(PlannedAddress one) {
        return List.of(one.prefix(), one.from());
    }

    private static List<String> keysAround(PlannedAddress one) {
        return one.prefix().probes(0).stream().map(IpPrefix::text).toList();
    }
}
