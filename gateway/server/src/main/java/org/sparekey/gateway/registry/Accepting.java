// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.LineReading.Bad;
import org.sparekey.protocol.registration.LineRefusal;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Whether a good line may have effect: its place in time, in its batch, and against what the gateway holds. Pure. */
final class Accepting {

    /** How far a reseller's clock may be ahead of ours. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private final PartyId reseller;
    private final List<Prefix> own;
    private final List<Prefix> passedOn;
    private final Instant now;
    private final Set<Object> statements = new HashSet<>();
    private final Map<Object, String> holders = new HashMap<>();
    private final Set<String> handedOver = new HashSet<>();
    private final Map<String, TreeMap<Instant, RegistrationRecord>> moves = new HashMap<>();

    /** A prefix read once, not once for every address that is compared with it. */
    private record Prefix(IpPrefix prefix, Assignment assignment) {}

    /**
     * @param handled everything that was ever assigned to this reseller, by the hoster or by another reseller; and what he
     *     passed on to others, which is not his to register for that time
     */
    Accepting(PartyId reseller, List<Assignment> handled, Instant now) {
        this.reseller = reseller;
        this.own = prefixes(handled.stream().filter(one -> one.reseller().equals(reseller)));
        this.passedOn = prefixes(handled.stream().filter(one -> one.via().equals(Optional.of(reseller))));
        this.now = now;
    }

    private static List<Prefix> prefixes(Stream<Assignment> assignments) {
        return assignments
                .filter(one -> one.kind() == Assignment.Kind.PREFIX)
                .map(one -> new Prefix(one.prefix(), one))
                .toList();
    }

    /** Empty when accepted; the line then counts for those that follow in the batch. */
    Optional<Bad> refuse(RegistrationLine line, Held held) {
        Optional<Bad> bad = ahead(line)
                .or(() -> line.match(
                        record -> owned(record, held),
                        move -> moved(move, held),
                        handOver -> Changing.handOver(handOver, reseller, held)))
                .or(() -> each(line, record -> state(record, held)));
        if (bad.isEmpty()) {
            note(line);
        }
        return bad;
    }

    private Optional<Bad> ahead(RegistrationLine line) {
        boolean ahead = line.validFrom().isAfter(now.plus(AHEAD));
        return ahead ? bad(LineRefusal.VALID_FROM_AHEAD, line.pointers().get(0) + "/validFrom") : Optional.empty();
    }

    private Optional<Bad> moved(AddressMove move, Held held) {
        if (held.owner(move.from()).isEmpty()) {
            return bad(LineRefusal.UNKNOWN_VPS_REF, "/from/vpsRef");
        }
        return each(move, record -> owned(record, held))
                .or(() -> Changing.move(move, before(move.from().vpsRef(), move.validFrom(), held)));
    }

    /** What was so just before: as stored, or by an earlier line of this batch. */
    private Optional<RegistrationRecord> before(String vpsRef, Instant instant, Held held) {
        Optional<RegistrationRecord> stored =
                held.told().before(vpsRef, instant).map(Registered::record);
        Optional<RegistrationRecord> line = Optional.ofNullable(
                        moves.getOrDefault(vpsRef, new TreeMap<>()).lowerEntry(instant))
                .map(Map.Entry::getValue);
        boolean later = line.isPresent()
                && stored.map(one -> !one.validFrom().isAfter(line.get().validFrom()))
                        .orElse(true);
        return later ? line : stored;
    }

    private Optional<Bad> owned(RegistrationRecord record, Held held) {
        Optional<PartyId> owner = held.owner(record).map(one -> one.at(record.validFrom()));
        if (owner.isEmpty() && record.event() == Event.END) {
            return bad(LineRefusal.UNKNOWN_VPS_REF, "/vpsRef");
        }
        return owner.equals(Optional.of(reseller)) ? Optional.empty() : bad(LineRefusal.FOREIGN_VPS_REF, "/vpsRef");
    }

    private Optional<Bad> state(RegistrationRecord record, Held held) {
        return foreignAsset(record, held).or(() -> notAssigned(record)).or(() -> repeated(record));
    }

    private static Optional<Bad> each(RegistrationLine line, Function<RegistrationRecord, Optional<Bad>> check) {
        return IntStream.range(0, line.records().size())
                .mapToObj(i -> check.apply(line.records().get(i))
                        .map(bad -> new Bad(bad.refusal(), line.pointers().get(i) + bad.pointer())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Also one that another reseller registered for later: a beginning before his would reach into his time. Not where what
     * runs is the caller's by the hoster's tables and not the other's: to name it first gives nothing.
     */
    private Optional<Bad> foreignAsset(RegistrationRecord record, Held held) {
        if (record.event() == Event.END) {
            return Optional.empty();
        }
        boolean othersPlace = held.place(record).stream()
                .filter(place -> place.holdsAt(record.validFrom()))
                .anyMatch(place -> !place.reseller().equals(reseller));
        if (othersPlace) {
            return bad(LineRefusal.FOREIGN_ASSET, "/node");
        }
        return held.foreign().vpsRefs().stream()
                .filter(vpsRef -> !vpsRef.equals(record.vpsRef()))
                .flatMap(vpsRef -> held.foreign().during(vpsRef, record.validFrom(), Instant.MAX).stream())
                .filter(row -> !row.ended() && !row.reseller().equals(reseller))
                .flatMap(row -> record.sharesWith(row.record()).stream()
                        .filter(pointer -> !held.rightful().yields(record, reseller, row.reseller())))
                .findFirst()
                .map(pointer -> new Bad(LineRefusal.FOREIGN_ASSET, pointer));
    }

    /** Addresses outside the internet are the reseller's own plan: the hoster assigns none and locates none. */
    private Optional<Bad> notAssigned(RegistrationRecord record) {
        for (int i = 0; i < record.addresses().size(); i++) {
            AssignedAddress address = record.addresses().get(i);
            if (address.routingDomain().equals(AssignedAddress.PUBLIC) && !assigned(address, record.validFrom())) {
                return bad(LineRefusal.PREFIX_NOT_ASSIGNED, "/addresses/" + i + "/prefix");
            }
        }
        return Optional.empty();
    }

    private boolean assigned(AssignedAddress address, Instant at) {
        IpPrefix prefix = IpPrefix.parse(address.prefix());
        return prefixes(own, at).anyMatch(one -> one.contains(prefix))
                && prefixes(passedOn, at).noneMatch(one -> one.overlaps(prefix));
    }

    private static Stream<IpPrefix> prefixes(List<Prefix> assignments, Instant at) {
        return assignments.stream().filter(one -> one.assignment().holdsAt(at)).map(Prefix::prefix);
    }

    private Optional<Bad> repeated(RegistrationRecord record) {
        for (int i = 0; i < record.addresses().size(); i++) {
            String holder = holders.get(List.of(record.addresses().get(i), record.validFrom()));
            if (holder != null && !holder.equals(record.vpsRef())) {
                return bad(LineRefusal.ADDRESS_CLAIMED_IN_BATCH, "/addresses/" + i);
            }
        }
        boolean repeated = statements.contains(List.of(record.vpsRef(), record.validFrom()))
                || handedOver.contains(record.vpsRef());
        return repeated ? bad(LineRefusal.REPEATED_IN_BATCH, "/vpsRef") : Optional.empty();
    }

    private void note(RegistrationLine line) {
        for (RegistrationRecord record : line.records()) {
            statements.add(List.of(record.vpsRef(), record.validFrom()));
            record.addresses().forEach(address -> holders.put(List.of(address, record.validFrom()), record.vpsRef()));
            if (line instanceof HandOver) {
                handedOver.add(record.vpsRef());
            }
            if (line instanceof AddressMove) {
                moves.computeIfAbsent(record.vpsRef(), ref -> new TreeMap<>()).put(record.validFrom(), record);
            }
        }
    }

    private static Optional<Bad> bad(LineRefusal refusal, String pointer) {
        return Optional.of(new Bad(refusal, pointer));
    }
}
