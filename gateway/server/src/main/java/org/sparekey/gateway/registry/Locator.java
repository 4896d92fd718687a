// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Bearer;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Gathers what could bear on a question and has {@link LocateDecisions} decide it. */
final class Locator {

    private final Parties parties;
    private final Inventory inventory;
    private final Tables tables;

    Locator(Parties parties, Inventory inventory, Tables tables) {
        this.parties = parties;
        this.inventory = inventory;
        this.tables = tables;
    }

    Located locate(Target target, TimeWindow asked, Instant now, Instant orderReceivedAt, Duration skew) {
        Optional<Wanted> wanted = Wanted.of(target);
        if (wanted.isEmpty()) {
            return new Located.Unknown(
                    new Answer(Grade.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        Question question = new Question(wanted.get(), asked, now, orderReceivedAt, skew);
        return switch (LocateDecisions.decide(question, facts(question))) {
            case LocateDecisions.Decision.Found found -> found(found);
            case LocateDecisions.Decision.TenancyChanged changed ->
                new Located.TenancyChanged(answer(changed.verdict()));
            case LocateDecisions.Decision.Ambiguous ambiguous -> new Located.Ambiguous(answer(ambiguous.verdict()));
            case LocateDecisions.Decision.Unknown unknown -> new Located.Unknown(answer(unknown.verdict()));
            case LocateDecisions.Decision.NotMatched not ->
                new Located.NotMatched(answer(not.verdict()), not.mismatch());
        };
    }

    private LocateFacts facts(Question question) {
        List<String> candidates = candidates(question);
        List<Registered> rows = tables.registrations().of(candidates, question.now());
        List<Observation> observed = observed(question, rows);
        return new LocateFacts(
                History.of(rows),
                assignments(question, observed),
                question.wanted() instanceof Wanted.Address asked
                        ? inventory.plannedAddresses(asked.address(), question.knownAt())
                        : List.of(),
                observed,
                inventory.running());
    }

    private List<String> candidates(Question question) {
        return switch (question.wanted()) {
            case Wanted.Address asked ->
                tables.addresses().holders(asked.address(), question.last(), question.knownAt());
            case Wanted.VpsRef asked -> List.of(asked.vpsRef());
            case Wanted.Uuid asked -> bearers(asked.cluster(), IdentifierTable.Kind.UUID, asked.uuid());
            case Wanted.VmId asked -> bearers(asked.cluster(), IdentifierTable.Kind.VM_ID, asked.vmId());
        };
    }

    private List<String> bearers(String cluster, IdentifierTable.Kind kind, String value) {
        return tables.identifiers().bearers(new IdentifierTable.Identifier(cluster, kind, value));
    }

    /** What bore an identifier of a candidate, or is itself what the target names. */
    private List<Observation> observed(Question question, List<Registered> rows) {
        Stream<Observation> named = switch (question.wanted()) {
            case Wanted.Uuid asked ->
                inventory.observations(asked.cluster(), Optional.of(asked.uuid()), Optional.empty()).stream();
            case Wanted.VmId asked ->
                inventory.observations(asked.cluster(), Optional.empty(), Optional.of(asked.vmId())).stream();
            case Wanted.Address asked -> Stream.empty();
            case Wanted.VpsRef asked -> Stream.empty();
        };
        return Stream.concat(named, ofRecords(rows)).distinct().toList();
    }

    private Stream<Observation> ofRecords(List<Registered> rows) {
        List<Bearer> bearers = rows.stream()
                .map(Registered::record)
                .map(record -> new Bearer(record.cluster(), record.uuid(), record.vmId()))
                .distinct()
                .toList();
        return inventory.observations(bearers).stream();
    }

    /** Whose prefix the asked address is; where a guest is asked, whose the addresses are that it was seen with. */
    private List<Assignment> assignments(Question question, List<Observation> observed) {
        Stream<IpPrefix> addresses = question.wanted() instanceof Wanted.Address asked
                ? Stream.of(asked.address())
                : observed.stream()
                        .filter(seen -> seen.covers(question.first(), question.last()))
                        .flatMap(seen -> seen.addresses().stream())
                        .map(IpPrefix::parse);
        return addresses
                .distinct()
                .flatMap(address -> inventory.assignments(address, question.knownAt()).stream())
                .distinct()
                .toList();
    }

    private Located found(LocateDecisions.Decision.Found found) {
        RegistrationRecord record = found.now().record();
        Observation guest = found.match().guest();
        LocatedAsset asset = new LocatedAsset(
                guest.cluster(), guest.uuid(), guest.vmId(), record.vpsRef(), record.tenancyRef(), record.node());
        return new Located.Found(
                asset, answer(found.verdict()), record.tenancy(), record.reviewBeforeCapture(), record.captureMeans());
    }

    private Answer answer(LocateDecisions.Verdict verdict) {
        Optional<PartyOfRecord> party = verdict.reseller().flatMap(this::partyOfRecord);
        String next = verdict.soldOn() ? Answer.ONWARD_SELLER : Answer.RESELLER;
        return new Answer(verdict.grade(), party, verdict.since(), verdict.until(), party.map(known -> next));
    }

    private Optional<PartyOfRecord> partyOfRecord(PartyId reseller) {
        return parties.reseller(reseller)
                .map(entry -> new PartyOfRecord(
                        entry.legalName(),
                        entry.registerNumber(),
                        entry.seat(),
                        entry.country(),
                        entry.euRepresentative(),
                        entry.contacts()));
    }
}
