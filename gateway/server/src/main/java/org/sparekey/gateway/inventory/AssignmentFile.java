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

/**
 * {@code kind,value,reseller,from,to}: what the hoster rents to whom; with a sixth column {@code via} also what a reseller
 * passes on to another. Nobody gives one thing away twice at one time, and nobody passes on what he does not have.
 */
final class AssignmentFile {

    static final List<String> HEADER = List.of("kind", "value", "reseller", "from", "to");
    static final List<String> HEADER_WITH_CHAINS = List.of("kind", "value", "reseller", "from", "to", "via");

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
        List<Assignment> rows = file.table.read(csv, Set.of(HEADER, HEADER_WITH_CHAINS), file::row);
        if (file.table.faults().isEmpty()) {
            file.refuseTogether(rows, current);
        }
        return new Reading(rows, file.table.faults());
    }

    private Optional<Assignment> row(Row row) {
        Optional<Assignment.Kind> kind = row.check("kind", CsvFault.Code.BAD_KIND, AssignmentFile::kind);
        Optional<String> value = kind.flatMap(known -> value(known, row));
        Optional<PartyId> reseller = row.check("reseller", CsvFault.Code.BAD_RESELLER, this::reseller);
        Optional<Instant> from = row.time("from");
        Optional<Optional<Instant>> to = row.end("to", from);
        Optional<Optional<PartyId>> via = via(row);
        if (value.isEmpty() || reseller.isEmpty() || from.isEmpty() || to.isEmpty() || via.isEmpty()) {
            return Optional.empty();
        }
        lines.add(row.line());
        return Optional.of(
                new Assignment(kind.get(), value.get(), reseller.get(), from.get(), to.get(), now, via.get()));
    }

    private Optional<Optional<PartyId>> via(Row row) {
        if (!row.has("via") || row.text("via").isEmpty()) {
            return Optional.of(Optional.empty());
        }
        return row.check("via", CsvFault.Code.BAD_RESELLER, this::reseller).map(Optional::of);
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

    private void refuseTogether(List<Assignment> rows, List<Assignment> current) {
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
        refuseBrokenChains(all, lineOf);
    }

    /** A row that ends a thing early is at fault too where somebody still passes a part of it on: it has no own line. */
    private void refuseBrokenChains(List<Assignment> all, Map<Assignment, Long> lineOf) {
        Chains chains = new Chains(all);
        all.stream()
                .filter(row -> !chains.sound(row))
                .forEach(row -> table.fault(lineOf.getOrDefault(row, 0L), "via", CsvFault.Code.NOT_HIS_TO_PASS_ON));
    }

    /** What a later row about replaces: the same thing from the same hand from the same instant on. */
    static Object statement(Assignment one) {
        return List.of(one.kind(), one.value(), one.via(), one.from());
    }

    private static List<String> keysAround(Assignment one) {
        String hand = one.via().map(PartyId::value).orElse("") + " " + one.kind() + " ";
        if (one.kind() != Assignment.Kind.PREFIX) {
            return List.of(hand + one.value());
        }
        return one.prefix().probes(0).stream()
                .map(prefix -> hand + prefix.text())
                .toList();
    }
}
