// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.BatchLine;
import org.sparekey.protocol.registration.BatchReader;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.LineReading;
import org.sparekey.protocol.registration.LineReading.Bad;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * Takes the lines of one batch in, chunk by chunk, inside the transaction of the batch: should the root turn out wrong at
 * the end, none of it ever was. Bad lines are told apart from good ones and have no effect.
 */
final class Intake {

    /** Lines whose questions go to the database together. */
    static final int CHUNK = 500;

    private final Tables tables;
    private final Facts facts;
    private final PartyId reseller;
    private final UUID batchId;
    private final Instant recordedAt;
    private final Accepting accepting;
    private final List<Line> waiting = new ArrayList<>();
    private final List<Line> later = new ArrayList<>();
    private final List<AddressTable.Row> releases = new ArrayList<>();
    private final LineVerdict[] verdicts;

    Intake(Tables tables, Facts facts, Accepting accepting, PartyId reseller, UUID batchId, Instant at, int count) {
        this.tables = tables;
        this.facts = facts;
        this.accepting = accepting;
        this.reseller = reseller;
        this.batchId = batchId;
        this.recordedAt = at;
        this.verdicts = new LineVerdict[count];
    }

    private record Line(int number, Bytes raw, RegistrationLine said) {

        Stream<RegistrationRecord> records() {
            return said.records().stream();
        }
    }

    /** Reads to the end. @return one verdict for each line, without paths */
    List<LineVerdict> take(BatchReader reader) throws IOException, MalformedException {
        for (Optional<BatchLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            BatchLine one = line.get();
            LineReading reading = one.read();
            switch (reading) {
                case LineReading.Good good -> add(new Line(one.number(), one.raw(), good.line()));
                case LineReading.Bad bad -> refuse(one.number(), bad);
            }
        }
        flush(waiting);
        // An end or a move may stand before the beginning it needs: lines are shuffled.
        later.sort(Comparator.comparing(line -> line.said().validFrom()));
        for (int from = 0; from < later.size(); from += CHUNK) {
            flush(new ArrayList<>(later.subList(from, Math.min(from + CHUNK, later.size()))));
        }
        tables.addresses().insert(releases, recordedAt);
        return List.copyOf(Arrays.asList(verdicts));
    }

    private void add(Line line) {
        if (!begins(line)) {
            later.add(line);
            return;
        }
        waiting.add(line);
        if (waiting.size() == CHUNK) {
            flush(waiting);
        }
    }

    private static boolean begins(Line line) {
        return line.said().match(record -> record.event() == Event.AMEND, move -> false, handOver -> false);
    }

    private void flush(List<Line> lines) {
        Set<String> fresh = claim(lines);
        Held held = facts.gather(lines.stream().map(Line::said).toList(), fresh);
        List<Line> accepted = new ArrayList<>();
        for (Line line : lines) {
            Optional<Bad> bad = accepting.refuse(line.said(), held);
            bad.ifPresentOrElse(refusal -> refuse(line.number(), refusal), () -> {
                verdicts[line.number() - BatchLine.FIRST] = LineVerdict.accepted(line.number(), List.of());
                accepted.add(line);
            });
        }
        store(accepted, fresh);
        lines.clear();
    }

    /** A vpsRef belongs to the first who names it, also when the rest of his line is refused: it is random, none is lost. */
    private Set<String> claim(List<Line> lines) {
        Set<String> named = lines.stream()
                .map(line -> line.said()
                        .match(
                                record -> Optional.of(record).filter(one -> one.event() == Event.AMEND),
                                move -> Optional.of(move.to()),
                                handOver -> Optional.<RegistrationRecord>empty()))
                .flatMap(Optional::stream)
                .map(RegistrationRecord::vpsRef)
                .collect(Collectors.toSet());
        return named.isEmpty() ? Set.of() : tables.registrations().claim(named, reseller);
    }

    private void store(List<Line> accepted, Set<String> fresh) {
        if (accepted.isEmpty()) {
            return;
        }
        List<RegistrationRecord> records =
                accepted.stream().flatMap(Line::records).toList();
        Map<String, Registered> before = before(records, fresh);
        List<RegistrationTable.Row> rows = accepted.stream()
                .flatMap(line ->
                        line.records().map(record -> new RegistrationTable.Row(record, line.raw(), line.number())))
                .toList();
        tables.registrations().insert(rows, reseller, batchId, recordedAt);
        tables.identifiers().insert(records, reseller);
        tables.addresses()
                .insert(
                        records.stream()
                                .flatMap(record ->
                                        record.addresses().stream().map(address -> row(record, address, false)))
                                .toList(),
                        recordedAt);
        records.forEach(record -> release(record, before.get(record.vpsRef())));
        accepted.forEach(this::storeHandOver);
    }

    /** What was said last about those that are not new. */
    private Map<String, Registered> before(List<RegistrationRecord> records, Set<String> fresh) {
        Set<String> known = records.stream()
                .map(RegistrationRecord::vpsRef)
                .filter(ref -> !fresh.contains(ref))
                .collect(Collectors.toSet());
        return known.isEmpty()
                ? Map.of()
                : tables.registrations().latest(known).stream()
                        .collect(Collectors.toMap(Registered::vpsRef, row -> row));
    }

    private void storeHandOver(Line line) {
        if (line.said() instanceof HandOver handOver) {
            PartyId giver = new PartyId(Changing.release(handOver).giver());
            tables.handOvers().insert(handOver, giver, reseller, batchId, line.number(), recordedAt);
        }
    }

    private void release(RegistrationRecord record, @Nullable Registered before) {
        if (before != null && !before.validFrom().isAfter(record.validFrom())) {
            Set<AssignedAddress> kept = new HashSet<>(record.addresses());
            before.record().addresses().stream()
                    .filter(address -> !kept.contains(address))
                    .forEach(address -> releases.add(row(record, address, true)));
        }
    }

    private AddressTable.Row row(RegistrationRecord record, AssignedAddress address, boolean released) {
        return new AddressTable.Row(address, record.vpsRef(), record.validFrom(), released);
    }

    private void refuse(int line, Bad bad) {
        verdicts[line - BatchLine.FIRST] = LineVerdict.refused(line, bad.refusal(), bad.pointer(), List.of());
    }
}
