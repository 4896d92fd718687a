// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Finds the one machine that several identifiers name together, also when it has ended. */
final class Machines {

    private final Inventory inventory;
    private final Tables tables;

    Machines(Inventory inventory, Tables tables) {
        this.inventory = inventory;
        this.tables = tables;
    }

    /**
     * Empty unless every identifier is that of one and the same machine. A number that a later machine bears again is told
     * apart by the instant: the one that was there directly before it.
     */
    Optional<Machine> named(DeletedAsset asset, Optional<PartyId> owner, Instant gone) {
        History history = History.of(tables.registrations().of(candidates(asset)));
        List<Registered> fitting = history.vpsRefs().stream()
                .map(ref -> history.all(ref).getLast())
                .filter(row -> fits(asset, row.record()))
                .filter(row -> owner.filter(his -> !his.equals(row.reseller())).isEmpty())
                .toList();
        List<Registered> there = fitting.size() < 2
                ? fitting
                : fitting.stream()
                        .filter(row -> history.before(row.vpsRef(), gone)
                                .filter(before -> !before.ended())
                                .isPresent())
                        .toList();
        return there.size() == 1
                ? Optional.of(
                        machine(there.getFirst(), history.all(there.getFirst().vpsRef())))
                : Optional.empty();
    }

    /** The same machine again. */
    Optional<Machine> of(String vpsRef) {
        List<Registered> all =
                History.of(tables.registrations().of(List.of(vpsRef))).all(vpsRef);
        return all.isEmpty() ? Optional.empty() : Optional.of(machine(all.getLast(), all));
    }

    /**
     * Whether what an order writes as an address was ever one of this machine's, or of whatever is registered under an
     * identifier of it: under another reference the same machine may have no address at all.
     */
    boolean everHad(String vpsRef, String address) {
        return Wanted.of(new Target(
                        TargetFormat.ADDRESS,
                        address,
                        Optional.empty(),
                        Optional.empty(),
                        new TimeWindow(Instant.EPOCH, Instant.EPOCH)))
                .filter(wanted ->
                        tables.registrations().of(sharing(vpsRef)).stream().anyMatch(row -> wanted.fits(row.record())))
                .isPresent();
    }

    private Set<String> sharing(String vpsRef) {
        Set<String> refs = new HashSet<>(Set.of(vpsRef));
        of(vpsRef).stream().flatMap(machine -> machine.faces().stream()).forEach(face -> {
            refs.addAll(bearers(face.cluster(), IdentifierTable.Kind.UUID, face.uuid()));
            refs.addAll(bearers(face.cluster(), IdentifierTable.Kind.VM_ID, face.vmId()));
        });
        return refs;
    }

    private Set<String> candidates(DeletedAsset asset) {
        Set<String> refs = new HashSet<>();
        asset.vpsRef().ifPresent(refs::add);
        asset.uuid().ifPresent(uuid -> refs.addAll(bearers(asset.cluster(), IdentifierTable.Kind.UUID, uuid)));
        asset.vmId().ifPresent(vmId -> refs.addAll(bearers(asset.cluster(), IdentifierTable.Kind.VM_ID, vmId)));
        return refs;
    }

    private List<String> bearers(String cluster, IdentifierTable.Kind kind, String value) {
        return tables.identifiers().bearers(new IdentifierTable.Identifier(cluster, kind, value));
    }

    /** A wrong identifier beside a right one names nothing: it may be another's disk that is meant. */
    private static boolean fits(DeletedAsset asset, RegistrationRecord record) {
        return asset.cluster().equals(record.cluster())
                && agrees(asset.uuid(), record.uuid())
                && agrees(asset.vmId(), record.vmId())
                && agrees(asset.vpsRef(), Optional.of(record.vpsRef()));
    }

    private static boolean agrees(Optional<String> named, Optional<String> registered) {
        return named.isEmpty() || named.equals(registered);
    }

    private Machine machine(Registered last, List<Registered> all) {
        Set<LocatedAsset> faces = new LinkedHashSet<>();
        all.forEach(row -> faces(row.record()).forEach(faces::add));
        return new Machine(last.reseller(), last.record(), List.copyOf(faces));
    }

    /**
     * Whatever was seen under one of its identifiers at any time. No registered end cuts it off: the end is the reseller's word,
     * and one that lies back would take the guest that is held from view. That a later machine under the number counts
     * too keeps at most a disk too many.
     */
    private Stream<LocatedAsset> faces(RegistrationRecord record) {
        Stream<LocatedAsset> seen = inventory.observations(record.cluster(), record.uuid(), record.vmId()).stream()
                .filter(guest -> record.uuid().equals(Optional.of(guest.uuid()))
                        || record.vmId().equals(Optional.of(guest.vmId())))
                .map(guest -> face(record, guest.uuid(), guest.vmId()));
        return Stream.concat(
                Stream.of(face(record, record.uuid().orElse(""), record.vmId().orElse(""))), seen);
    }

    private static LocatedAsset face(RegistrationRecord record, String uuid, String vmId) {
        return new LocatedAsset(record.cluster(), uuid, vmId, record.vpsRef(), record.tenancyRef(), record.node());
    }
}
