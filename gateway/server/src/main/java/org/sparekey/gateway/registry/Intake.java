// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.BatchLine;
import org.sparekey.protocol.registration.BatchReader;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.LineReading;
import org.sparekey.protocol.registration.LineReading.Bad;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * Takes the lines of one batch in, chunk by chunk, inside the transaction of the batch: should the root turn out wrong at
 * the end, none of it ever was. Bad lines are told apart from good ones and have no effect.
 */
final class Intake {

    /** Lines whose questions go to the database together. */
    static final int CHUNK = 500;

    private final Inventory inventory;
    private final RegistrationTable registrations;
    private final IdentifierTable identifiers;
    private final AddressTable addresses;
    private final PartyId reseller;
    private final UUID batchId;
    private final Instant recordedAt;
    private final Accepting accepting;
    private final List<Line> waiting = new ArrayList<>();
    private final List<Line> ends = new ArrayList<>();
    private final List<AddressTable.Row> releases = new ArrayList<>();
    private final Map<String, List<Assignment>> servers = new HashMap<>();
    private final LineVerdict[] verdicts;

    Intake(Inventory inventory, Tables tables, PartyId reseller, UUID batchId, Instant recordedAt, int count) {
        this.inventory = inventory;
        this.registrations = tables.registrations();
        this.identifiers = tables.identifiers();
        this.addresses = tables.addresses();
        this.reseller = reseller;
        this.batchId = batchId;
        this.recordedAt = recordedAt;
        this.accepting = new Accepting(reseller, inventory.assignments(reseller), recordedAt);
        this.verdicts = new LineVerdict[count];
    }

    private record Line(int number, Bytes raw, RegistrationRecord record) {}

    /** Reads to the end. @return one verdict for each line, without paths */
    List<LineVerdict> take(BatchReader reader) throws IOException, MalformedException {
        for (Optional<BatchLine> line = reader.next(); line.isPresent(); line = reader.next()) {
            BatchLine one = line.get();
            LineReading reading = one.read();
            switch (reading) {
                case LineReading.Good good -> add(new Line(one.number(), one.raw(), good.record()));
                case LineReading.Bad bad -> refuse(one.number(), bad);
            }
        }
        flush(waiting);
        // An end may stand before the beginning it ends: lines are shuffled.
        for (int from = 0; from < ends.size(); from += CHUNK) {
            flush(new ArrayList<>(ends.subList(from, Math.min(from + CHUNK, ends.size()))));
        }
        addresses.insert(releases);
        return List.copyOf(Arrays.asList(verdicts));
    }

    private void add(Line line) {
        if (line.record().event() == Event.END) {
            ends.add(line);
            return;
        }
        waiting.add(line);
        if (waiting.size() == CHUNK) {
            flush(waiting);
        }
    }

    private void flush(List<Line> lines) {
        claim(lines);
        Map<String, PartyId> owners = registrations.owners(refs(lines));
        History foreign = foreign(lines);
        List<Line> accepted = new ArrayList<>();
        for (Line line : lines) {
            Optional<Bad> bad = accepting.refuse(line.record(), held(line.record(), owners, foreign));
            bad.ifPresentOrElse(refusal -> refuse(line.number(), refusal), () -> {
                verdicts[line.number() - BatchLine.FIRST] = LineVerdict.accepted(line.number(), List.of());
                accepted.add(line);
            });
        }
        store(accepted);
        lines.clear();
    }

    /** A vpsRef belongs to the first who names it, also when the rest of his line is refused: it is random, none is lost. */
    private void claim(List<Line> lines) {
        registrations.claim(
                lines.stream()
                        .filter(line -> line.record().event() == Event.AMEND)
                        .map(line -> line.record().vpsRef())
                        .collect(Collectors.toSet()),
                reseller);
    }

    private Accepting.Held held(RegistrationRecord record, Map<String, PartyId> owners, History foreign) {
        List<Assignment> servers = record.node()
                .map(node -> this.servers.computeIfAbsent(node, name -> inventory.server(name, recordedAt)))
                .orElse(List.of());
        return new Accepting.Held(Optional.ofNullable(owners.get(record.vpsRef())), foreign, servers);
    }

    private History foreign(List<Line> lines) {
        Set<IdentifierTable.Identifier> asked = lines.stream()
                .flatMap(line -> IdentifierTable.of(line.record()).stream())
                .collect(Collectors.toSet());
        Set<String> bearers = identifiers.foreignBearers(asked, reseller);
        return History.of(bearers.isEmpty() ? List.of() : registrations.of(bearers, recordedAt));
    }

    private void store(List<Line> accepted) {
        Map<String, Registered> before =
                registrations.latest(refs(accepted)).stream().collect(Collectors.toMap(Registered::vpsRef, row -> row));
        registrations.insert(accepted.stream()
                .map(line -> new RegistrationTable.Row(
                        line.record(), line.raw(), reseller, batchId, line.number(), recordedAt))
                .toList());
        identifiers.insert(accepted.stream().map(Line::record).toList(), reseller);
        addresses.insert(accepted.stream()
                .flatMap(line -> line.record().addresses().stream().map(address -> row(line, address, false)))
                .toList());
        accepted.forEach(line -> release(line, before.get(line.record().vpsRef())));
    }

    private void release(Line line, @org.jspecify.annotations.Nullable Registered before) {
        if (before != null && !before.validFrom().isAfter(line.record().validFrom())) {
            Set<AssignedAddress> kept = new HashSet<>(line.record().addresses());
            before.record().addresses().stream()
                    .filter(address -> !kept.contains(address))
                    .forEach(address -> releases.add(row(line, address, true)));
        }
    }

    private AddressTable.Row row(Line line, AssignedAddress address, boolean released) {
        return new AddressTable.Row(
                address, line.record().vpsRef(), line.record().validFrom(), released, recordedAt);
    }

    private void refuse(int line, Bad bad) {
        verdicts[line - BatchLine.FIRST] = LineVerdict.refused(line, bad.refusal(), bad.pointer(), List.of());
    }

    private static Set<String> refs(List<Line> lines) {
        return lines.stream().map(line -> line.record().vpsRef()).collect(Collectors.toSet());
    }
}
