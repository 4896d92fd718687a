// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Bearer;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.inventory.PlannedAddress;
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
            return new Located.Unknown(new Answer(
                    Grade.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
        }
        Question question = new Question(wanted.get(), asked, now, orderReceivedAt, skew);
        LocateFacts facts = facts(question);
        LocateDecisions.Decision decision = LocateDecisions.decide(question, facts);
        Answer answer = answer(question, facts, decision.verdict());
        return switch (decision) {
            case LocateDecisions.Decision.Found found -> found(found, answer);
            case LocateDecisions.Decision.TenancyChanged changed -> new Located.TenancyChanged(answer);
            case LocateDecisions.Decision.Ambiguous ambiguous -> new Located.Ambiguous(answer);
            case LocateDecisions.Decision.Unknown unknown -> new Located.Unknown(answer);
            case LocateDecisions.Decision.NotMatched not -> new Located.NotMatched(answer, not.mismatch());
        };
    }

    private LocateFacts facts(Question question) {
        List<String> candidates = candidates(question);
        List<Registered> rows = tables.registrations().of(candidates, question.now());
        List<Observation> observed = observed(question, rows);
        List<PlannedAddress> planned = question.wanted() instanceof Wanted.Address asked
                ? inventory.plannedAddresses(asked.address(), question.knownAt())
                : List.of();
        List<Assignment> rented = assignments(question, observed);
        return new LocateFacts(
                History.of(rows),
                LocateDecisions.landlords(question, rented).isEmpty() ? places(question, planned, observed) : rented,
                planned,
                observed,
                inventory.running(),
                (guest, reseller) -> inventory.landlords(guest).anothers(guest, reseller));
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

    /** Whose the servers and switch ports are at which the address, or the asked guest, was seen in the window. */
    private List<Assignment> places(Question question, List<PlannedAddress> planned, List<Observation> observed) {
        Stream<Observation> there = question.wanted() instanceof Wanted.Address asked
                ? Stream.concat(
                        inventory.observations(asked.address()).stream(),
                        inventory.observations(routedTo(question, planned)).stream())
                : observed.stream();
        Set<String> names = there.filter(seen -> seen.covers(question.first(), question.last()))
                .flatMap(seen -> seen.node().stream())
                .collect(Collectors.toSet());
        return names.isEmpty()
                ? List.of()
                : inventory.places(names, question.knownAt()).values().stream()
                        .flatMap(List::stream)
                        .toList();
    }

    private static List<Bearer> routedTo(Question question, List<PlannedAddress> planned) {
        return planned.stream()
                .filter(plan -> plan.covers(question.first(), question.last()))
                .map(plan -> new Bearer(plan.cluster(), Optional.empty(), Optional.of(plan.vmId())))
                .toList();
    }

    private Located found(LocateDecisions.Decision.Found found, Answer answer) {
        RegistrationRecord record = found.now().record();
        Observation guest = found.match().guest();
        LocatedAsset asset = new LocatedAsset(
                guest.cluster(), guest.uuid(), guest.vmId(), record.vpsRef(), record.tenancyRef(), record.node());
        return new Located.Found(asset, answer, record.tenancy(), record.reviewBeforeCapture(), record.captureMeans());
    }

    private Answer answer(Question question, LocateFacts facts, LocateDecisions.Verdict verdict) {
        Optional<PartyOfRecord> party = verdict.reseller().flatMap(this::partyOfRecord);
        String next = verdict.soldOn() ? Answer.ONWARD_SELLER : Answer.RESELLER;
        return new Answer(
                verdict.grade(),
                party,
                verdict.since(),
                verdict.until(),
                party.map(known -> next),
                verdict.reseller().map(last -> chain(question, facts, last)).orElse(List.of()));
    }

    /** Through whose hands it came to him; empty where he has it from the hoster, or one of the hands is not known here. */
    private List<PartyOfRecord> chain(Question question, LocateFacts facts, PartyId last) {
        Instant at = question.asked().from();
        List<Assignment> hands = LocateDecisions.landlords(question, facts.assignments()).stream()
                .filter(row -> row.via().isPresent() && row.reseller().equals(last) && row.holdsAt(at))
                .findFirst()
                .map(row -> hands(row, at, question.knownAt()))
                .orElse(List.of());
        List<PartyOfRecord> known = hands.stream()
                .flatMap(hand -> partyOfRecord(hand.reseller()).stream())
                .toList();
        return known.size() == hands.size() ? known : List.of();
    }

    private List<Assignment> hands(Assignment row, Instant at, Instant knownAt) {
        return switch (row.kind()) {
            case PREFIX -> inventory.chain(row.prefix(), at, knownAt);
            case SERVER, PORT -> inventory.chain(row.value(), at, knownAt);
        };
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
