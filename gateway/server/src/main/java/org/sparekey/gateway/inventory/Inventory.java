// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final Optional<Hypervisor> hypervisor;
    private final Predicate<PartyId> enrolled;
    private final ImportLog log;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Inventory(
            AssignmentTable assignments,
            AddressPlanTable plan,
            ObservationTable observations,
            Optional<Hypervisor> hypervisor,
            Predicate<PartyId> enrolled,
            ImportLog log,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.assignments = assignments;
        this.plan = plan;
        this.observations = observations;
        this.hypervisor = hypervisor;
        this.enrolled = enrolled;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Who rented the prefix that held the address at that instant, as known now. */
    public Optional<PartyId> landlord(IpPrefix address, Instant at) {
        return assignments.around(address, now()).stream()
                .filter(assignment -> assignment.holdsAt(at))
                .map(Assignment::reseller)
                .findFirst();
    }

    /** Every assignment around the address, past and present, as it was known at an instant. */
    public List<Assignment> assignments(IpPrefix address, Instant knownAt) {
        return assignments.around(address, knownAt);
    }

    /** Every assignment of a server, past and present, as it was known at an instant. */
    public List<Assignment> server(String name, Instant knownAt) {
        return assignments.of(Assignment.Kind.SERVER, name, knownAt);
    }

    /** Everything that was ever rented to the reseller, as known now. */
    public List<Assignment> assignments(PartyId reseller) {
        return assignments.all(now()).stream()
                .filter(assignment -> assignment.reseller().equals(reseller))
                .toList();
    }

    /** To which guests the hoster routed the address, as it was known at an instant. */
    public List<PlannedAddress> plannedAddresses(IpPrefix address, Instant knownAt) {
        return plan.around(address, knownAt);
    }

    /** Every interval of what ever bore this UUID or VM id in the cluster; an absent one matches nothing. */
    public List<Observation> observations(String cluster, Optional<String> uuid, Optional<String> vmId) {
        return observations.of(cluster, uuid.orElse(""), vmId.orElse(""));
    }

    /** Every interval in which a guest was seen with exactly this address. */
    public List<Observation> observations(IpPrefix address) {
        return observations.with(address);
    }

    /**
     * What the last complete listing said, if that was not longer ago than {@link #MAX_GAP}; else nothing. The addresses
     * that the hoster's plan routes to a guest now count as seen there: few hypervisors know them (9-formats).
     */
    public List<Observation> running() {
        Instant now = now();
        Map<String, List<PlannedAddress>> routed = plan.all(now).stream()
                .filter(planned -> planned.covers(now, now))
                .collect(Collectors.groupingBy(planned -> planned.cluster() + " " + planned.vmId()));
        return observations
                .lastPoll()
                .filter(poll -> !poll.isBefore(now.minus(MAX_GAP)))
                .map(observations::seenAt)
                .orElse(List.of())
                .stream()
                .map(seen -> seen.routed(routed.getOrDefault(seen.cluster() + " " + seen.vmId(), List.of())))
                .toList();
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

    /** Looks at the hypervisors once: a complete listing is recorded, anything less changes nothing. */
    public Poll observe() {
        if (hypervisor.isEmpty()) {
            return new Poll.NoHypervisor(now());
        }
        List<Observation> seen;
        Instant at = now();
        try {
            seen = hypervisor.get().guests().stream()
                    .map(guest -> observation(guest, at))
                    .toList();
        } catch (IOException e) {
            return new Poll.Incomplete(at, String.valueOf(e.getMessage()));
        }
        transaction.executeWithoutResult(status -> record(seen, at));
        return new Poll.Complete(at, seen.size());
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

    /** A crash before the commit leaves the earlier intervals as they were: the next listing extends or ends them. */
    private void record(List<Observation> seen, Instant at) {
        Map<String, Observation> before = new HashMap<>();
        observations
                .lastPoll()
                .filter(poll -> !poll.isBefore(at.minus(MAX_GAP)))
                .map(observations::seenAt)
                .orElse(List.of())
                .forEach(one -> before.put(one.cluster() + " " + one.uuid() + " " + one.vmId(), one));
        observations.polled(at, seen.size());
        for (Observation one : seen) {
            Observation earlier = before.get(one.cluster() + " " + one.uuid() + " " + one.vmId());
            if (earlier != null && earlier.sameAs(one)) {
                observations.extend(earlier, at);
            } else {
                observations.open(one);
            }
        }
    }

    private static Observation observation(Guest guest, Instant at) {
        List<String> disks = new ArrayList<>();
        guest.disks().forEach(disk -> disks.add(disk.sourceId()));
        return new Observation(
                guest.cluster(),
                guest.uuid().toString(),
                guest.vmId(),
                disks,
                guest.macs(),
                guest.addresses(),
                guest.configurationHash(),
                guest.state() == Guest.State.RUNNING,
                at,
                at);
    }

    /** As PostgreSQL keeps it, so that what was written is found again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
