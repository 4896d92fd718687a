// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;

/** A seeded crowd of assets that are created, moved, re-let, back-dated and ended, close together in time. */
final class RandomEvents {

    private static final int ASSETS = 6;
    private static final int ADDRESSES = 4;

    /** So that edges of the 24-hour rule, of the skew and of what is told ahead are hit often. */
    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(-20),
            Duration.ofSeconds(-2),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofHours(23),
            Duration.ofHours(24),
            Duration.ofHours(24).plusSeconds(1),
            Duration.ofHours(30));

    private final SplittableRandom random;
    private final Map<Integer, Integer> tenants = new HashMap<>();

    RandomEvents(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Rows in the order of their recording, each recorded at an instant of its own. */
    List<Registered> rows(int count, Instant start) {
        List<Registered> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant validFrom = start.plusSeconds(random.nextInt(60));
            Instant recordedAt =
                    validFrom.plus(DELAYS.get(random.nextInt(DELAYS.size()))).plusNanos(1_000L * i);
            rows.add(Assets.row(record(validFrom), recordedAt));
        }
        rows.sort(Comparator.comparing(Registered::recordedAt));
        return rows;
    }

    private RegistrationRecord record(Instant validFrom) {
        int vps = random.nextInt(ASSETS);
        if (random.nextInt(5) == 0) {
            tenants.merge(vps, 1, Integer::sum);
        }
        int tenant = 100 * vps + tenants.getOrDefault(vps, 0);
        if (random.nextInt(12) == 0) {
            return Assets.end(vps, tenant, validFrom);
        }
        AssignedAddress[] addresses = new AssignedAddress[random.nextInt(3)];
        int first = random.nextInt(ADDRESSES);
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = claim((first + i) % ADDRESSES);
        }
        AssignedAddress[] distinct = Arrays.stream(addresses).distinct().toArray(AssignedAddress[]::new);
        return Assets.record(vps, tenant, validFrom, distinct);
    }

    /** An address that goes from one asset to another, whether or not the one has it. */
    AddressMove move(Instant start) {
        Instant at = start.plusSeconds(random.nextInt(60));
        int from = random.nextInt(ASSETS);
        int to = (from + 1 + random.nextInt(ASSETS - 1)) % ASSETS;
        AssignedAddress address = Assets.ip(address());
        return AddressMove.of(
                address,
                Assets.record(from, 100 * from + tenants.getOrDefault(from, 0), at),
                Assets.record(to, 100 * to + tenants.getOrDefault(to, 0), at, address),
                Bytes.of(new byte[32]));
    }

    /** Mostly the address; sometimes a prefix around it, or some of its ports. */
    private AssignedAddress claim(int number) {
        return switch (random.nextInt(12)) {
            case 0 -> Assets.ip("192.0.2." + number / 2 * 2 + "/31");
            case 1, 2 -> Assets.ports(address(number), 1_000, 1_999);
            case 3 -> Assets.ports(address(number), 2_000, 2_999);
            default -> Assets.ip(address(number));
        };
    }

    /** An address, sometimes with a port. */
    Wanted.Address wanted() {
        IpPrefix address = IpPrefix.parse(address());
        boolean port = random.nextInt(3) == 0;
        return new Wanted.Address(
                address,
                port ? Optional.of("tcp") : Optional.empty(),
                port ? Optional.of(1_000 * (1 + random.nextInt(3))) : Optional.empty());
    }

    String address() {
        return address(random.nextInt(ADDRESSES));
    }

    Instant asked(Instant start) {
        return start.plusSeconds(random.nextInt(64) - 2L);
    }

    Instant later(Instant asked) {
        return asked.plus(DELAYS.get(random.nextInt(DELAYS.size()))).plusSeconds(random.nextInt(120));
    }

    boolean coin() {
        return random.nextBoolean();
    }

    private static String address(int number) {
        return "192.0.2." + number;
    }
}
