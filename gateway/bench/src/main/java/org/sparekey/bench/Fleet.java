// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.AssuranceLevel;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.Commitments;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.registration.Tenancy;

/**
 * Invented machines without end, none of them twice: each with its number, UUID, network card and disk, a network, an
 * address and a customer nobody can read, on one of {@value #NODES} nodes.
 */
final class Fleet {

    static final String CLUSTER = "cluster-a";
    static final int NODES = 200;

    /** RFC 3849; a fleet has one /40 of its lower half and one of its upper. */
    private static final String V6 = "2001:db8";

    /** RFC 9637; for the fleet that no reseller has, beside all those who have one. */
    private static final String MORE_V6 = "3fff:0";

    /** RFC 9562 section 5.8. */
    private static final String UUID = "%08x-0000-8000-8000-%012x";

    private static final int SIXTEEN_BITS = 0xffff;
    private static final int UPPER_HALF = 0x80;
    static final int OF_NOBODY = 128;

    private static final int MOST_MACHINES = 1 << 24;

    private final int number;
    private final int lower;
    private final String network;
    private final Instant since;
    private final SplittableRandom random;
    private int made;

    /** @param number each fleet has its own addresses and names; below 128, or {@link #OF_NOBODY} */
    Fleet(int number, Instant since) {
        this.number = number;
        this.lower = number % OF_NOBODY;
        this.network = number < OF_NOBODY ? V6 : MORE_V6;
        this.since = since;
        this.random = new SplittableRandom(number);
    }

    List<String> prefixes() {
        return List.of(prefix(lower), prefix(lower | UPPER_HALF));
    }

    List<RegistrationRecord> next(int machines) {
        return IntStream.range(0, machines).mapToObj(n -> record(made++)).toList();
    }

    private RegistrationRecord record(int machine) {
        if (machine >= MOST_MACHINES) {
            throw new IllegalStateException("a fleet is at an end");
        }
        return new RegistrationRecord(
                RegistrationRecord.VERSION,
                RegistrationRecord.TYPE,
                Event.AMEND,
                AssetKind.VM,
                CaptureMeans.HOSTER,
                CLUSTER,
                Optional.of("node-%03d".formatted(machine % NODES)),
                Optional.of(number + "-" + machine),
                Optional.of(UUID.formatted(number, machine)),
                List.of("52:%02x:%02x:%02x:%02x:%02x"
                        .formatted(number, machine >> 24, machine >> 16 & 0xff, machine >> 8 & 0xff, machine & 0xff)),
                List.of("pool/fleet-" + number + "/disk-" + machine),
                addresses(machine),
                "RUNNING",
                since,
                Tenancy.SINGLE,
                Optional.empty(),
                false,
                random(16).base64url(),
                random(16).base64url(),
                AssuranceLevel.L1,
                Optional.empty(),
                Optional.of(digest()),
                Optional.of(new Commitments(digest(), digest(), digest(), digest(), digest(), digest(), digest())),
                random(RegistrationRecord.SALT_BYTES));
    }

    private String prefix(int half) {
        return IpPrefix.parse("%s:%x::/40".formatted(network, half << 8)).text();
    }

    /** A network of its own and one address elsewhere. */
    private List<AssignedAddress> addresses(int machine) {
        return List.of(address(lower, machine, "/64"), address(lower | UPPER_HALF, machine, "/128"));
    }

    private AssignedAddress address(int half, int machine, String length) {
        String text = "%s:%x:%x::".formatted(network, half << 8 | machine >> 16, machine & SIXTEEN_BITS) + length;
        return AssignedAddress.ofPublic(IpPrefix.parse(text).text());
    }

    private Digest digest() {
        return Digest.of(random(Digest.LENGTH_BYTES).array());
    }

    private Bytes random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
