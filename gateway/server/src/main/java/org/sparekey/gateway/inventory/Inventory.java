// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;
import org.springframework.transaction.support.TransactionTemplate;

/** The hoster's own knowledge: whose prefix and server it is, and what his hypervisors run. Needs no reseller's help. */
public final class Inventory {

    /** Two listings further apart do not say what was between them. */
    public static final Duration MAX_GAP = Duration.ofMinutes(30);

    private final AssignmentTable assignments;
    private final AddressPlanTable plan;
    private final ObservationTable observations;
    private final Looking looking;
    private final Optional<Hypervisor> hypervisor;
    private final Predicate<PartyId> enrolled;
    private final ImportLog log;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Inventory(
            AssignmentTable assignments,
            AddressPlanTable plan,
            ObservationTable observations,
            Looking looking,
            Optional<Hypervisor> hypervisor,
            Predicate<PartyId> enrolled,
            ImportLog log,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.assignments = assignments;
        this.plan = plan;
        this.observations = observations;
        this.looking = looking;
        this.hypervisor = hypervisor;
        this.enrolled = enrolled;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Who rented the prefix that held the address at that instant, as known now. */
    public Optional<PartyId> landlord(IpPrefix address, Instant at) {
        return assignments(address, now()).stream()
                .filter(assignment -> assignment.holdsAt(at))
                .map(Assignment::reseller)
                .findFirst();
    }

    /**
     * Who had the address last in the chain, past and present, as it was known at an instant: what a reseller passed on
     * is not his for that time.
     */
    public List<Assignment> assignments(IpPrefix address, Instant knownAt) {
        return new Chains(assignments.around(address, knownAt)).ends();
    }

    /**
     * Who had each place last in the chain, past and present, as it was known at an instant; by its name. A place is a
     * server, or the port of a switch that a machine hangs on; the rows of both are told where both bear the name.
     */
    public Map<String, List<Assignment>> places(Collection<String> names, Instant knownAt) {
        return assignments.places(names, knownAt).stream()
                .collect(Collectors.groupingBy(Assignment::value))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, place -> Chains.endsOfEach(place.getValue())));
    }

    /** Through whose hands an address went at an instant, the hoster's own customer first. */
    public List<Assignment> chain(IpPrefix address, Instant at, Instant knownAt) {
        return new Chains(assignments.around(address, knownAt)).at(at);
    }

    /** The same of a place; the server speaks before the port of a switch. */
    public List<Assignment> chain(String place, Instant at, Instant knownAt) {
        List<Assignment> all = assignments.places(List.of(place), knownAt);
        return Stream.of(Assignment.Kind.SERVER, Assignment.Kind.PORT)
                .map(kind -> new Chains(Chains.ofKind(all, kind)).at(at))
                .filter(hands -> !hands.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Who has what at this moment. */
    public Landlords landlords() {
        Instant now = now();
        return new Landlords(assignments.all(now), now);
    }

    /** Who has what a guest shows now: asked for one guest, not read whole. */
    public Landlords landlords(Observation guest) {
        Instant now = now();
        Stream<Assignment> around = guest.addresses().stream()
                .map(IpPrefix::parse)
                .flatMap(address -> assignments.around(address, now).stream());
        List<String> places = guest.node().stream().toList();
        Stream<Assignment> there = places.isEmpty() ? Stream.empty() : assignments.places(places, now).stream();
        return new Landlords(Stream.concat(around, there).distinct().toList(), now);
    }

    /** Every row about the reseller as it was ever recorded, also one that a later row replaced: rented and passed on. */
    public List<Assignment> everRecorded(PartyId reseller) {
        return assignments.recorded(reseller);
    }

    /** Everything that was ever rented to the reseller or passed on by him, as known now. */
    public List<Assignment> handled(PartyId reseller) {
        return assignments.touching(reseller, now()).stream()
                .filter(row -> row.reseller().equals(reseller) || row.via().equals(Optional.of(reseller)))
                .toList();
    }

    /** Everything that was ever rented to the reseller, as known now. */
    public List<Assignment> assignments(PartyId reseller) {
        return handled(reseller).stream()
                .filter(assignment -> assignment.reseller().equals(reseller))
                .toList();
    }

    /** To which guests the hoster routed the address, as it was known at an instant. */
    public List<PlannedAddress> plannedAddresses(IpPrefix address, Instant knownAt) {
        return plan.around(address, knownAt);
    }

    /** Every row of the address plan, as recorded, for the times in which its address was the reseller's to use. */
    public List<PlannedAddress> everPlanned(PartyId reseller) {
        Instant now = now();
        List<IpPrefix> prefixes = handled(reseller).stream()
                .filter(row -> row.kind() == Assignment.Kind.PREFIX)
                .map(Assignment::prefix)
                .distinct()
                .toList();
        return plan.within(prefixes).stream()
                .filter(planned -> assignments(planned.prefix(), now).stream()
                        .anyMatch(row -> row.reseller().equals(reseller) && planned.during(row.from(), row.to())))
                .toList();
    }

    /** Every interval of what ever bore this UUID or VM id in the cluster; an absent one matches nothing. */
    public List<Observation> observations(String cluster, Optional<String> uuid, Optional<String> vmId) {
        return observations.of(cluster, uuid.orElse(""), vmId.orElse(""));
    }

    /** The same of many in one question; each interval once. */
    public List<Observation> observations(List<Bearer> bearers) {
        return bearers.isEmpty() ? List.of() : observations.of(bearers);
    }

    /** Every interval in which a guest was seen with this address, or with a network that holds it. */
    public List<Observation> observations(IpPrefix address) {
        return observations.with(address);
    }

    /**
     * Every guest that is there as far as the last complete and fresh listings say. The addresses that the hoster's plan
     * routes to a guest now count as seen there: few hypervisors know them (9-formats).
     */
    public List<Observation> running() {
        return standing().guests();
    }

    /** The same, with what the listings leave open. */
    public Standing standing() {
        Instant now = now();
        Map<String, List<PlannedAddress>> routed = plan.all(now).stream()
                .filter(planned -> planned.covers(now, now))
                .collect(Collectors.groupingBy(planned -> planned.cluster() + " " + planned.vmId()));
        Standing standing = looking.standing(now);
        List<Observation> guests = standing.guests().stream()
                .map(seen -> seen.routed(routed.getOrDefault(seen.cluster() + " " + seen.vmId(), List.of())))
                .toList();
        return new Standing(now, guests, standing.completeAt(), standing.gapped());
    }

    /** Since when each guest that ran lately has been seen to run; the key is cluster, UUID and number. */
    public Map<List<String>, Instant> runningSince() {
        return observations.firstSeen(now().minus(MAX_GAP.multipliedBy(2)));
    }

    /** The guest as its hypervisor describes it at this moment: disks and configuration hash for an approval. */
    public Optional<Guest> guest(String cluster, String uuid) throws IOException {
        if (hypervisor.isEmpty()) {
            return Optional.empty();
        }
        return hypervisor.get().guests().stream()
                .filter(guest -> guest.cluster().equals(cluster)
                        && guest.uuid().toString().equals(uuid))
                .findFirst();
    }

    /** Looks at every source once. What is missing from a listing with gaps is not removed. */
    public Poll observe() {
        return looking.look(now());
    }

    /**
     * Imports {@code kind,value,reseller,from,to}: all rows or none. A row for the same value and begin as an earlier one
     * replaces it from now on, which is also how an assignment is ended.
     */
    public Imported importAssignments(byte[] csv) {
        return transaction.execute(status -> {
            Instant now = now();
            AssignmentFile.Reading reading = AssignmentFile.read(csv, assignments.all(now), enrolled, now);
            if (!reading.faults().isEmpty()) {
                return new Imported.Refused(reading.faults());
            }
            reading.rows().forEach(assignments::insert);
            log.imported("inventory.assignments-imported", csv, reading.rows().size());
            return new Imported.Done(reading.rows().size());
        });
    }

    /** What an import of this file would change; changes nothing. */
    public Preview previewAssignments(byte[] csv) {
        Instant now = now();
        List<Assignment> current = assignments.all(now);
        AssignmentFile.Reading reading = AssignmentFile.read(csv, current, enrolled, now);
        return reading.faults().isEmpty() ? Preview.of(reading.rows(), current) : new Preview.Refused(reading.faults());
    }

    /** Imports {@code prefix,cluster,vm,from,to}: to which guest the hoster routes an address. All rows or none. */
    public Imported importAddressPlan(byte[] csv) {
        return transaction.execute(status -> {
            Instant now = now();
            AddressPlanFile.Reading reading = AddressPlanFile.read(csv, plan.all(now), now);
            if (!reading.faults().isEmpty()) {
                return new Imported.Refused(reading.faults());
            }
            reading.rows().forEach(plan::insert);
            log.imported("inventory.address-plan-imported", csv, reading.rows().size());
            return new Imported.Done(reading.rows().size());
        });
    }

    /** What an import of this file would change; changes nothing. */
    public Preview previewAddressPlan(byte[] csv) {
        Instant now = now();
        List<PlannedAddress> current = plan.all(now);
        AddressPlanFile.Reading reading = AddressPlanFile.read(csv, current, now);
        return reading.faults().isEmpty()
                ? Preview.ofPlan(reading.rows(), current)
                : new Preview.Refused(reading.faults());
    }

    /** As PostgreSQL keeps it, so that what was written is found again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
