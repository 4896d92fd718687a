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
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.LineReading.Bad;
import org.sparekey.protocol.registration.LineRefusal;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Whether a good line may have effect: its place in time, in its batch, and against what the gateway holds. Pure. */
final class Accepting {

    /** How far a reseller's clock may be ahead of ours. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private final PartyId reseller;
    private final List<Assignment> own;
    private final Instant now;
    private final Set<Object> statements = new HashSet<>();
    private final Map<Object, String> holders = new HashMap<>();

    /** @param own everything the hoster ever assigned to this reseller */
    Accepting(PartyId reseller, List<Assignment> own, Instant now) {
        this.reseller = reseller;
        this.own = List.copyOf(own);
        this.now = now;
    }

    /**
     * What the gateway holds that one line touches.
     *
     * @param owner whose the vpsRef is
     * @param foreign other resellers' statements about assets that bear one of its identifiers
     * @param servers every assignment of its node
     */
    record Held(Optional<PartyId> owner, History foreign, List<Assignment> servers) {}

    /** Empty when accepted; the line then counts for those that follow in the batch. */
    Optional<Bad> refuse(RegistrationRecord record, Held held) {
        if (record.validFrom().isAfter(now.plus(AHEAD))) {
            return bad(LineRefusal.VALID_FROM_AHEAD, "/validFrom");
        }
        if (held.owner().map(owner -> !owner.equals(reseller)).orElse(false)) {
            return bad(LineRefusal.FOREIGN_VPS_REF, "/vpsRef");
        }
        if (record.event() == Event.END && held.owner().isEmpty()) {
            return bad(LineRefusal.UNKNOWN_VPS_REF, "/vpsRef");
        }
        return foreignAsset(record, held).or(() -> notAssigned(record)).or(() -> repeated(record));
    }

    /** Also one that another reseller registered for later: a beginning before his would reach into his time. */
    private Optional<Bad> foreignAsset(RegistrationRecord record, Held held) {
        if (record.event() == Event.END) {
            return Optional.empty();
        }
        boolean othersServer = held.servers().stream()
                .filter(server -> server.holdsAt(record.validFrom()))
                .anyMatch(server -> !server.reseller().equals(reseller));
        if (othersServer) {
            return bad(LineRefusal.FOREIGN_ASSET, "/node");
        }
        for (String vpsRef : held.foreign().vpsRefs()) {
            Optional<String> shared = held.foreign().during(vpsRef, record.validFrom(), Instant.MAX).stream()
                    .filter(row -> !row.ended())
                    .flatMap(row -> shared(record, row.record()).stream())
                    .findFirst();
            if (shared.isPresent()) {
                return bad(LineRefusal.FOREIGN_ASSET, shared.get());
            }
        }
        return Optional.empty();
    }

    /** The pointer to the first identifier that both bear in one cluster. */
    private static Optional<String> shared(RegistrationRecord ours, RegistrationRecord theirs) {
        if (!ours.cluster().equals(theirs.cluster())) {
            return Optional.empty();
        }
        if (ours.uuid().isPresent() && ours.uuid().equals(theirs.uuid())) {
            return Optional.of("/uuid");
        }
        if (ours.vmId().isPresent() && ours.vmId().equals(theirs.vmId())) {
            return Optional.of("/vmId");
        }
        return firstShared(ours.diskIds(), theirs.diskIds(), "/diskIds/")
                .or(() -> firstShared(ours.macs(), theirs.macs(), "/macs/"));
    }

    private static Optional<String> firstShared(List<String> ours, List<String> theirs, String pointer) {
        return ours.stream().filter(theirs::contains).findFirst().map(value -> pointer + ours.indexOf(value));
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
        return own.stream()
                .filter(one -> one.kind() == Assignment.Kind.PREFIX && one.holdsAt(at))
                .anyMatch(one -> one.prefix().contains(prefix));
    }

    private Optional<Bad> repeated(RegistrationRecord record) {
        for (int i = 0; i < record.addresses().size(); i++) {
            String holder = holders.get(List.of(record.addresses().get(i), record.validFrom()));
            if (holder != null && !holder.equals(record.vpsRef())) {
                return bad(LineRefusal.ADDRESS_CLAIMED_IN_BATCH, "/addresses/" + i);
            }
        }
        if (!statements.add(List.of(record.vpsRef(), record.validFrom()))) {
            return bad(LineRefusal.REPEATED_IN_BATCH, "/vpsRef");
        }
        record.addresses().forEach(address -> holders.put(List.of(address, record.validFrom()), record.vpsRef()));
        return Optional.empty();
    }

    private static Optional<Bad> bad(LineRefusal refusal, String pointer) {
        return Optional.of(new Bad(refusal, pointer));
    }
}
