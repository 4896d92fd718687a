// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.inventory.PlannedAddress;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.AssuranceLevel;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.registration.Tenancy;
import tools.jackson.databind.node.ObjectNode;

/** Invented assets of two invented resellers, and what the hoster knows of them. */
final class Assets {

    static final PartyId RESELLER = new PartyId("palmstrand");
    static final PartyId OTHER = new PartyId("duinrand");
    static final String CLUSTER = "cluster-a";
    static final String IP = "192.0.2.7";

    /** The asked instant of most tests. */
    static final Instant ASKED = Instant.parse("2026-03-10T14:03:11.000Z");

    static final Instant LONG_AGO = ASKED.minus(Duration.ofDays(30));

    /** When the order came, and when it is located. */
    static final Instant NOW = ASKED.plus(Duration.ofDays(2));

    private Assets() {}

    static String vpsRef(int vps) {
        return "vps-invented-%06d".formatted(vps);
    }

    static String tenancyRef(int tenant) {
        return "tenancy-invented-%06d".formatted(tenant);
    }

    static String uuid(int vps) {
        return "00000000-0000-4000-8000-%012d".formatted(vps);
    }

    static RegistrationRecord record(int vps, int tenant, Instant validFrom, AssignedAddress... addresses) {
        return record(Event.AMEND, vps, tenant, validFrom, addresses);
    }

    static RegistrationRecord end(int vps, int tenant, Instant validFrom) {
        return record(Event.END, vps, tenant, validFrom);
    }

    private static RegistrationRecord record(
            Event event, int vps, int tenant, Instant validFrom, AssignedAddress... addresses) {
        return new RegistrationRecord(
                1,
                RegistrationRecord.TYPE,
                event,
                AssetKind.VM,
                CaptureMeans.HOSTER,
                CLUSTER,
                Optional.empty(),
                Optional.of("10" + vps),
                Optional.of(uuid(vps)),
                List.of("52:54:00:00:00:%02x".formatted(vps % 256)),
                List.of("disk-" + vps),
                List.of(addresses),
                "RUNNING",
                validFrom,
                Tenancy.SINGLE,
                Optional.empty(),
                false,
                vpsRef(vps),
                tenancyRef(tenant),
                AssuranceLevel.L0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Bytes.of(new byte[32]));
    }

    /** The same record under another vpsRef. */
    static RegistrationRecord named(RegistrationRecord record, String vpsRef) {
        return with(record, "vpsRef", vpsRef);
    }

    static RegistrationRecord onNode(RegistrationRecord record, String node) {
        return with(record, "node", node);
    }

    static RegistrationRecord sharedHost(RegistrationRecord record) {
        return with(with(record, "assetKind", "SHARED_HOST"), "tenancy", "SHARED");
    }

    /** The same record of a customer who lets the machine on to customers of his own. */
    static RegistrationRecord soldOn(RegistrationRecord record) {
        return with(record, "customerRole", "ONWARD_SELLER");
    }

    /** What a reseller's four-column file says: a number and an address. */
    static RegistrationRecord fourColumns(RegistrationRecord record) {
        return without(record, "uuid", "macs", "diskIds");
    }

    /** The same record with this one disk. */
    static RegistrationRecord onProxmox(RegistrationRecord record, String disk) {
        try {
            ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
            tree.putArray("diskIds").add(disk);
            return Wire.read(tree, RegistrationRecord.class);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static RegistrationRecord without(RegistrationRecord record, String uuid, String... lists) {
        try {
            ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
            tree.remove(uuid);
            for (String list : lists) {
                tree.putArray(list);
            }
            return Wire.read(tree, RegistrationRecord.class);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static RegistrationRecord with(RegistrationRecord record, String member, String value) {
        try {
            ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
            return Wire.read(tree.put(member, value), RegistrationRecord.class);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static AssignedAddress ip(String prefix) {
        return AssignedAddress.ofPublic(prefix);
    }

    static AssignedAddress ports(String prefix, int from, int to) {
        return new AssignedAddress(
                AssignedAddress.PUBLIC, prefix, Optional.of("tcp"), Optional.of(from), Optional.of(to));
    }

    static Registered row(RegistrationRecord record, Instant recordedAt) {
        return new Registered(record, RESELLER, recordedAt);
    }

    static Assignment rented(String prefix, PartyId to, Instant from, Instant until) {
        return new Assignment(
                Assignment.Kind.PREFIX, prefix, to, from, Optional.of(until).filter(end -> end != Instant.MAX), from);
    }

    static PlannedAddress planned(String prefix, int vps, Instant from, Instant until) {
        return new PlannedAddress(
                IpPrefix.parse(prefix),
                CLUSTER,
                "10" + vps,
                from,
                Optional.of(until).filter(end -> end != Instant.MAX),
                from);
    }

    static Observation guest(int vps, Instant from, Instant to, String... addresses) {
        return new Observation(
                CLUSTER,
                uuid(vps),
                "10" + vps,
                List.of("disk-" + vps),
                List.of("52:54:00:00:00:%02x".formatted(vps % 256)),
                List.of(addresses),
                Digest.sha256(new byte[] {(byte) vps}),
                true,
                from,
                to);
    }

    static Target target(String address) {
        return new Target(
                TargetFormat.ADDRESS, address, Optional.empty(), Optional.empty(), new TimeWindow(ASKED, ASKED));
    }

    static Target target(TargetFormat format, String value) {
        return new Target(format, value, Optional.empty(), Optional.empty(), new TimeWindow(ASKED, ASKED));
    }

    static Target targetPort(String address, int port) {
        return new Target(
                TargetFormat.ADDRESS, address, Optional.of("tcp"), Optional.of(port), new TimeWindow(ASKED, ASKED));
    }

    /** What the gateway would find; by default all that makes vps 1 at {@link #IP} certain and matched. */
    record Scene(
            List<Registered> rows,
            List<Assignment> assignments,
            List<PlannedAddress> planned,
            List<Observation> seen,
            List<Observation> listing,
            Target target,
            Instant now,
            Instant order) {

        static Scene of(Registered... rows) {
            return new Scene(
                    List.of(rows),
                    List.of(Assets.rented("192.0.2.0/24", RESELLER, LONG_AGO, Instant.MAX)),
                    List.of(Assets.planned(IP, 1, LONG_AGO, Instant.MAX)),
                    List.of(),
                    List.of(guest(1, LONG_AGO, NOW), guest(2, LONG_AGO, NOW)),
                    Assets.target(IP),
                    NOW,
                    NOW);
        }

        /** Vps 1 with the address since long ago, registered then and repeated in the last hours. */
        static Scene certain() {
            return of(
                    row(record(1, 1, LONG_AGO, ip(IP)), LONG_AGO),
                    row(record(1, 1, LONG_AGO, ip(IP)), NOW.minus(Duration.ofHours(2))));
        }

        Scene and(Registered... more) {
            List<Registered> all = new ArrayList<>(rows);
            all.addAll(List.of(more));
            return new Scene(all, assignments, planned, seen, listing, target, now, order);
        }

        Scene rented(Assignment... other) {
            return new Scene(rows, List.of(other), planned, seen, listing, target, now, order);
        }

        Scene plan(PlannedAddress... other) {
            return new Scene(rows, assignments, List.of(other), seen, listing, target, now, order);
        }

        Scene observed(Observation... other) {
            return new Scene(rows, assignments, List.of(), List.of(other), listing, target, now, order);
        }

        Scene running(Observation... other) {
            return new Scene(rows, assignments, planned, seen, List.of(other), target, now, order);
        }

        Scene asking(Target other) {
            return new Scene(rows, assignments, planned, seen, listing, other, now, order);
        }

        Scene orderedAt(Instant received) {
            return new Scene(rows, assignments, planned, seen, listing, target, now, received);
        }

        Question question() {
            return new Question(Wanted.of(target).orElseThrow(), target.observedAt(), now, order, Registry.CLOCK_SKEW);
        }

        LocateDecisions.Decision decide() {
            return LocateDecisions.decide(
                    question(),
                    new LocateFacts(History.of(rows), assignments, planned, seen, listing, (guest, reseller) -> false));
        }
    }
}
