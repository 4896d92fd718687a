// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Poll;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;

/**
 * What happened at the hoster before the story begins, written through the same doors under the demo's clock: he imports
 * his prefixes, the resellers register, the hypervisors are looked at, and one VPS gets another tenant.
 */
final class History {

    static final Duration LENGTH = Duration.ofDays(4);

    private static final LocalTime SEEN = LocalTime.of(14, 3, 11);
    private static final Duration BESIDE = Duration.ofMinutes(5);

    private final Hoster hoster;
    private final Resellers resellers;
    private final DemoClock clock;
    private final Instant asked;

    History(Hoster hoster, Resellers resellers, DemoClock clock, Instant now) {
        this.hoster = hoster;
        this.resellers = resellers;
        this.clock = clock;
        this.asked = asked(now);
    }

    /** The instant the police will ask about: yesterday at 14:03:11Z. */
    static Instant asked(Instant now) {
        return now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .minusDays(1)
                .atTime(SEEN)
                .toInstant(ZoneOffset.UTC);
    }

    Instant asked() {
        return asked;
    }

    void write() throws IOException {
        Cast cast = hoster.world().cast();
        Inventory inventory = hoster.room(Inventory.class);
        Instant begin = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        require(inventory.importAssignments(bytes(assignments(begin))));
        require(inventory.importAddressPlan(bytes(plan(begin))));
        observe(inventory);
        resellers.sync(cast.reseller(), "palmstrand-1.csv", palmstrand(begin, "C-0077", begin));
        resellers.sync(cast.otherReseller(), "duinrand-1.csv", duinrand(begin));
        clock.moveTo(asked.minus(BESIDE));
        observe(inventory);
        clock.moveTo(asked.plus(BESIDE));
        observe(inventory);
        changeTenant(cast.reseller(), begin);
        clock.arriveNow();
        hoster.world().publishRevocations();
        observe(inventory);
        resellers.sync(cast.otherReseller(), "duinrand-2.csv", duinrand(begin));
        resellers.sync(cast.reseller(), "palmstrand-3.csv", palmstrand(begin, "C-0131", changed()));
    }

    /** The customer of VPS 102 leaves after the asked instant, another one comes. */
    private void changeTenant(Actor reseller, Instant begin) throws IOException {
        clock.moveTo(changed().plus(BESIDE));
        resellers.sync(reseller, "palmstrand-2.csv", palmstrand(begin, "C-0131", changed()));
    }

    private Instant changed() {
        return asked.plus(Duration.ofMinutes(57));
    }

    private static void observe(Inventory inventory) {
        if (!(inventory.observe() instanceof Poll.Complete)) {
            throw new IllegalStateException("the demo's hypervisor gave no complete listing");
        }
    }

    private static void require(Imported imported) {
        if (!(imported instanceof Imported.Done)) {
            throw new IllegalStateException("the demo's own table was refused: " + imported);
        }
    }

    private static String assignments(Instant begin) {
        return """
                kind,value,reseller,from,to
                PREFIX,192.0.2.0/28,%s,%s,
                PREFIX,192.0.2.16/28,%s,%s,
                """.formatted(Cast.RESELLER, Wire.text(begin), Cast.OTHER_RESELLER, Wire.text(begin));
    }

    private static String plan(Instant begin) {
        StringBuilder plan = new StringBuilder("prefix,cluster,vm,from,to\n");
        for (Fleet.Vps vps : Fleet.all()) {
            plan.append("%s,%s,%s,%s,\n".formatted(vps.address(), Fleet.CLUSTER, vps.id(), Wire.text(begin)));
        }
        return plan.toString();
    }

    private static String palmstrand(Instant begin, String customer, Instant since) {
        return """
                ip,vm,customerRef,validFrom
                %s,101,C-0042,%s
                %s,102,%s,%s
                """.formatted(Fleet.SUSPECT, begin, Fleet.MOVED_ON, customer, since);
    }

    private static String duinrand(Instant begin) {
        return """
                ip,vm,customerRef,validFrom
                %s,103,D-1,%s
                """.formatted(Fleet.NEIGHBOUR, begin);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
