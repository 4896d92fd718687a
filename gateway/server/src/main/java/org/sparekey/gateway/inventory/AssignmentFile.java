// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sparekey.gateway.inventory.CsvTable.Row;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;

/** {@code kind,value,reseller,from,to}: what the hoster rents to whom. No two rows may give one thing away at one time. */
final class AssignmentFile {

    static final List<String> HEADER = List.of("kind", "value", "reseller", "from", "to");

    private final CsvTable table = new CsvTable();
    private final Predicate<PartyId> enrolled;
    private final Instant now;
    private final List<Long> lines = new ArrayList<>();

    private AssignmentFile(Predicate<PartyId> enrolled, Instant now) {
        this.enrolled = enrolled;
        this.now = now;
    }

    /** What a file says, or what is wrong with it. */
    record Reading(List<Assignment> rows, List<CsvFault> faults) {}

    /** @param current what holds already, minus what the file states anew */
    static Reading read(byte[] csv, List<Assignment> current, Predicate<PartyId> enrolled, Instant now) {
        AssignmentFile file = new AssignmentFile(enrolled, now);
        List<Assignment> rows = file.table.read(csv, HEADER, file::row);
        if (file.table.faults().isEmpty()) {
            file.refuseOverlaps(rows, current);
        }
        return new Reading(rows, file.table.faults());
    }

    private Optional<Assignment> row(Row row) {
        Optional<Assignment.Kind> kind = row.check("kind", CsvFault.Code.BAD_KIND, AssignmentFile::kind);
        Optional<String> value = kind.flatMap(known -> value(known, row));
        Optional<PartyId> reseller = row.check("reseller", CsvFault.Code.BAD_RESELLER, this::reseller);
        Optional<Instant> from = row.time("from");
        Optional<Optional<Instant>> to = row.end("to", from);
        if (value.isEmpty() || reseller.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        lines.add(row.line());
        return Optional.of(new Assignment(kind.get(), value.get(), reseller.get(), from.get(), to.get(), now));
    }

    private static Optional<String> value(Assignment.Kind kind, Row row) {
        return kind == Assignment.Kind.PREFIX ? row.prefix("value").map(IpPrefix::text) : row.name("value");
    }

    private static Assignment.@org.jspecify.annotations.Nullable Kind kind(String text) {
        for (Assignment.Kind kind : Assignment.Kind.values()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        return null;
    }

    private @org.jspecify.annotations.Nullable PartyId reseller(String text) {
        try {
            PartyId id = new PartyId(text);
            return enrolled.test(id) ? id : null;
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }

    private void refuseOverlaps(List<Assignment> rows, List<Assignment> current) {
        Map<Assignment, Long> lineOf = new IdentityHashMap<>();
        Set<Object> stated = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            lineOf.put(rows.get(i), lines.get(i));
            stated.add(statement(rows.get(i)));
        }
        List<Assignment> all = new ArrayList<>(rows);
        current.stream().filter(held -> !stated.contains(statement(held))).forEach(all::add);
        Set<Assignment> faulty = Collections.newSetFromMap(new IdentityHashMap<>());
        Overlaps.find(all, AssignmentFile::keysAround, Assignment::meets, faulty::add);
        rows.stream()
                .filter(faulty::contains)
                .forEach(row -> table.fault(lineOf.getOrDefault(row, 0L), "value", CsvFault.Code.OVERLAPS));
    }

    /** What a later row about replaces: the same thing from the same instant on. */
    private static Object statement(Assignment one) {
        return List.of(one.kind(), one.value(), one.from());
    }

    private static List<String> keysAround(Assignment one) {
        if (one.kind() != Assignment.Kind.PREFIX) {
            return List.of(one.kind() + " " + one.value());
        }
        return one.prefix().probes(0).stream()
                .map(prefix -> one.kind() + " " + prefix.text())
                .toList();
    }
}
