// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.LineReading.Bad;
import tools.jackson.databind.JsonNode;

/** Whether a line is a good record as far as the line alone can tell; the same for the SDK before and the gateway after. */
public final class RecordCheck {

    /** The shortest prefixes that one asset may hold: a lookup probes every length from here to the single address. */
    public static final int SHORTEST_V4 = 16;

    public static final int SHORTEST_V6 = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern DISK = Pattern.compile("[\\p{Graph}&&[^\"\\\\]]{1,512}");
    private static final Pattern STATE = Pattern.compile("RUNNING|STOPPED");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._/-]{1,128}");

    private RecordCheck() {}

    public static LineReading read(byte[] line) {
        try {
            RegistrationLine read = parse(line);
            if (!Arrays.equals(Wire.write(read), line)) {
                return new Bad(LineRefusal.NOT_CANONICAL, "");
            }
            Optional<Bad> bad = check(read);
            return bad.isPresent() ? bad.get() : new LineReading.Good(read);
        } catch (MalformedException e) {
            return new Bad(LineRefusal.MALFORMED, e.pointer());
        }
    }

    /** Reads a line that was found good before; looks at its form only. */
    public static RegistrationLine parse(byte[] line) throws MalformedException {
        JsonNode tree = Wire.tree(line);
        return Wire.read(tree, kind(tree));
    }

    /** The first thing wrong with the line, if any. */
    public static Optional<Bad> check(RegistrationLine line) {
        Optional<Bad> record = IntStream.range(0, line.records().size())
                .mapToObj(i -> record(line.records().get(i))
                        .map(bad -> new Bad(bad.refusal(), line.pointers().get(i) + bad.pointer())))
                .flatMap(Optional::stream)
                .findFirst();
        return record.or(() -> line.match(alone -> Optional.empty(), LineCheck::move, LineCheck::handOver));
    }

    private static Class<? extends RegistrationLine> kind(JsonNode tree) throws MalformedException {
        String type = tree.path("type").stringValue("");
        switch (type) {
            case RegistrationRecord.TYPE:
                return RegistrationRecord.class;
            case AddressMove.TYPE:
                return AddressMove.class;
            case HandOver.TYPE:
                return HandOver.class;
            default:
                throw new MalformedException(tree.isObject() ? "/type" : "", "not a line of a batch");
        }
    }

    private static Optional<Bad> record(RegistrationRecord record) {
        return Stream.of(identifiers(record), kind(record), lists(record), addresses(record), ending(record))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A machine that stands alone is known by its server's name; a shared host has many customers by its nature. */
    private static Optional<Bad> kind(RegistrationRecord record) {
        AssetKind kind = record.assetKind();
        boolean machine = kind == AssetKind.DEDICATED || kind == AssetKind.COLO;
        boolean named = record.node().isPresent()
                || record.uuid().isPresent()
                || record.vmId().isPresent();
        if (machine && !named) {
            return Optional.of(new Bad(LineRefusal.BAD_KIND, "/node"));
        }
        boolean shared = kind != AssetKind.SHARED_HOST || record.tenancy() == Tenancy.SHARED;
        return shared ? Optional.empty() : Optional.of(new Bad(LineRefusal.BAD_KIND, "/tenancy"));
    }

    private static Optional<Bad> identifiers(RegistrationRecord record) {
        boolean virtual = record.assetKind() == AssetKind.VM || record.assetKind() == AssetKind.CONTAINER;
        boolean named = !virtual || record.vmId().isPresent() || record.uuid().isPresent();
        return Stream.of(
                        unless(NAME.matcher(record.cluster()).matches(), "/cluster"),
                        unless(fits(NAME, record.node()), "/node"),
                        unless(fits(NAME, record.vmId()) && named, "/vmId"),
                        unless(fits(UUID, record.uuid()), "/uuid"),
                        unless(STATE.matcher(record.state()).matches(), "/state"),
                        unless(REFERENCE.matcher(record.vpsRef()).matches(), "/vpsRef"),
                        unless(REFERENCE.matcher(record.tenancyRef()).matches(), "/tenancyRef"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Bad> lists(RegistrationRecord record) {
        return firstBad(record.macs(), mac -> MAC.matcher(mac).matches(), LineRefusal.BAD_IDENTIFIER, "/macs/")
                .or(() -> firstBad(
                        record.diskIds(),
                        disk -> DISK.matcher(disk).matches(),
                        LineRefusal.BAD_IDENTIFIER,
                        "/diskIds/"))
                .or(() -> firstRepeated(record.macs(), "/macs/"))
                .or(() -> firstRepeated(record.diskIds(), "/diskIds/"))
                .or(() -> firstRepeated(record.addresses(), "/addresses/"));
    }

    private static Optional<Bad> addresses(RegistrationRecord record) {
        List<AssignedAddress> all = record.addresses();
        Predicate<AssignedAddress> domain =
                address -> DOMAIN.matcher(address.routingDomain()).matches();
        return firstBad(all, domain, LineRefusal.BAD_IDENTIFIER, "/addresses/")
                .or(() -> firstBad(all, RecordCheck::registrable, LineRefusal.BAD_ADDRESS, "/addresses/"))
                .or(() -> firstBad(all, RecordCheck::portsFit, LineRefusal.BAD_PORTS, "/addresses/"));
    }

    private static Optional<Bad> ending(RegistrationRecord record) {
        boolean empty = record.event() != Event.END || record.addresses().isEmpty();
        return empty ? Optional.empty() : Optional.of(new Bad(LineRefusal.END_WITH_ADDRESSES, "/addresses"));
    }

    private static boolean registrable(AssignedAddress address) {
        return IpPrefix.canonical(address.prefix())
                .filter(prefix -> prefix.length() >= (prefix.isV4() ? SHORTEST_V4 : SHORTEST_V6))
                .isPresent();
    }

    private static boolean portsFit(AssignedAddress address) {
        if (address.protocol().isEmpty()
                && address.portFrom().isEmpty()
                && address.portTo().isEmpty()) {
            return true;
        }
        if (address.protocol().isEmpty()
                || address.portFrom().isEmpty()
                || address.portTo().isEmpty()) {
            return false;
        }
        boolean known = address.protocol().get().matches("tcp|udp");
        int from = address.portFrom().get();
        int to = address.portTo().get();
        return known && from >= 1 && from <= to && to <= AssignedAddress.MAX_PORT;
    }

    private static <T> Optional<Bad> firstBad(List<T> list, Predicate<T> good, LineRefusal refusal, String pointer) {
        return IntStream.range(0, list.size())
                .filter(i -> !good.test(list.get(i)))
                .mapToObj(i -> new Bad(refusal, pointer + i))
                .findFirst();
    }

    private static Optional<Bad> firstRepeated(List<?> list, String pointer) {
        Set<Object> seen = new HashSet<>();
        return firstBad(list, seen::add, LineRefusal.REPEATED, pointer);
    }

    private static boolean fits(Pattern pattern, Optional<String> value) {
        return value.map(text -> pattern.matcher(text).matches()).orElse(true);
    }

    private static Optional<Bad> unless(boolean good, String pointer) {
        return good ? Optional.empty() : Optional.of(new Bad(LineRefusal.BAD_IDENTIFIER, pointer));
    }
}
