// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * Whose an address was where nobody registered it: prefixes, servers and switch ports that are rented and passed on at
 * random, and guests seen at them, against a reference that asks every half second of the window by itself.
 */
class PartyOfRecordOracleTest {

    private static final int HISTORIES = Boolean.getBoolean("sparekey.long") ? 200 : 6;
    private static final int QUESTIONS = 100;
    private static final int SECONDS = 60;
    private static final Instant START = Assets.ASKED;
    private static final List<String> PARTIES = List.of(Assets.RESELLER.value(), Assets.OTHER.value());
    private static final List<String> PLACES = List.of("node-1", "node-2", "switch-1/1", "switch-1/2");
    private static final List<String> ADDRESSES = List.of("192.0.2.1", "192.0.2.5", "203.0.113.9", "203.0.113.10");

    /** @param via empty where the hoster rents it out himself */
    private record Rented(String kind, String value, String reseller, long from, long to, String via) {

        boolean at(double second) {
            return from <= second && second < to;
        }

        String csv() {
            return String.join(",", kind, value, reseller, time(from), time(to), via);
        }
    }

    private record Seen(String address, String node, long from, long to) {}

    @Test
    void every_answer_agrees_with_the_slow_reference(@TempDir Path directory) {
        Map<String, Integer> said = new HashMap<>();
        try (RegistryFixture fixture = new RegistryFixture(directory)) {
            for (long seed = 0; seed < HISTORIES; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                fixture.rooms().forget();
                fixture.at(Assets.LONG_AGO);
                List<Rented> rented = rented(fixture, random);
                List<Seen> seen = seen(fixture, random);
                for (int i = 0; i < QUESTIONS; i++) {
                    String address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
                    long asked = random.nextInt(SECONDS);
                    String kind = check(seed, fixture, rented, seen, address, asked);
                    said.merge(kind, 1, Integer::sum);
                }
            }
        }
        assertThat(said.keySet())
                .contains("nobody", "several", "PREFIX", "SERVER", "PORT", "PREFIX passed on", "PORT passed on");
    }

    private static String check(
            long seed, RegistryFixture fixture, List<Rented> rented, List<Seen> seen, String address, long asked) {
        Answer answer = locate(fixture, address, asked);
        List<String> chain =
                answer.chain().stream().map(PartyOfRecord::legalName).toList();
        String told = answer.grade() + " "
                + answer.partyOfRecord().map(PartyOfRecord::legalName).orElse("");
        String as = "seed %d: %s at %d of %s and %s".formatted(seed, address, asked, rented, seen);
        for (List<String> kinds : List.of(List.of("PREFIX"), List.of("SERVER", "PORT"))) {
            Set<String> things = kinds.contains("PREFIX") ? Set.of(address) : nodes(seen, address, asked);
            Set<String> holders = holders(rented, kinds, things, asked);
            if (holders.size() > 1) {
                assertThat(told).as(as).isEqualTo("AMBIGUOUS ");
                assertThat(chain).as(as).isEmpty();
                return "several";
            }
            if (holders.size() == 1) {
                String holder = name(fixture, holders.iterator().next());
                assertThat(told).as(as).isEqualTo("PROBABLE " + holder);
                Set<List<String>> chains = things.stream()
                        .flatMap(thing -> kinds.stream().map(kind -> hands(rented, kind, thing, asked)))
                        .filter(hands -> hands.size() > 1)
                        .map(hands ->
                                hands.stream().map(hand -> name(fixture, hand)).toList())
                        .collect(Collectors.toSet());
                assertThat(chain).as(as).isIn(chains.isEmpty() ? Set.of(List.of()) : chains);
                String kind = kinds.stream()
                        .filter(one ->
                                !holders(rented, List.of(one), things, asked).isEmpty())
                        .findFirst()
                        .orElseThrow();
                return kind + (chain.isEmpty() ? "" : " passed on");
            }
        }
        assertThat(told).as(as).isEqualTo("UNKNOWN ");
        return "nobody";
    }

    /** Where the address was seen from the begin of the window to its end, by one look or a row of equal ones. */
    private static Set<String> nodes(List<Seen> seen, String address, long asked) {
        return seen.stream()
                .filter(one -> one.address().equals(address) && one.from() <= asked - 2 && one.to() >= asked + 2)
                .map(Seen::node)
                .collect(Collectors.toSet());
    }

    private static Set<String> holders(List<Rented> rented, List<String> kinds, Set<String> things, long asked) {
        return LongStream.rangeClosed(2 * asked - 4, 2 * asked + 4)
                .mapToObj(half -> half / 2.0)
                .flatMap(second -> things.stream()
                        .flatMap(thing -> kinds.stream().map(kind -> hands(rented, kind, thing, second))))
                .filter(hands -> !hands.isEmpty())
                .map(hands -> hands.get(hands.size() - 1))
                .collect(Collectors.toSet());
    }

    private static List<String> hands(List<Rented> rented, String kind, String thing, double second) {
        List<String> hands = new ArrayList<>();
        String via = "";
        while (true) {
            String hand = via;
            List<String> next = rented.stream()
                    .filter(row -> row.kind().equals(kind) && row.via().equals(hand) && row.at(second))
                    .filter(row -> kind.equals("PREFIX")
                            ? IpPrefix.parse(row.value()).contains(IpPrefix.parse(thing))
                            : row.value().equals(thing))
                    .map(Rented::reseller)
                    .toList();
            if (next.isEmpty()) {
                return hands;
            }
            via = next.get(0);
            hands.add(via);
        }
    }

    /** Each thing in turns to one, the other or nobody; sometimes passed on for a part of that time. */
    private static List<Rented> rented(RegistryFixture fixture, SplittableRandom random) {
        List<Rented> rows = new ArrayList<>();
        List<List<String>> things = new ArrayList<>(List.of(List.of("PREFIX", "192.0.2.0/29")));
        PLACES.forEach(place -> things.add(List.of(place.startsWith("node") ? "SERVER" : "PORT", place)));
        for (List<String> thing : things) {
            long from = random.nextInt(10);
            while (from < SECONDS) {
                long to = from + 8 + random.nextInt(25);
                int owner = random.nextInt(3);
                if (owner < 2) {
                    rows.add(new Rented(thing.get(0), thing.get(1), PARTIES.get(owner), from, to, ""));
                    pass(random, thing, owner, from, to, rows);
                }
                from = to + random.nextInt(3);
            }
        }
        String csv = rows.stream()
                .map(Rented::csv)
                .collect(Collectors.joining("\n", "kind,value,reseller,from,to,via\n", "\n"));
        assertThat(fixture.inventory().importAssignments(csv.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Imported.Done(rows.size()));
        return rows;
    }

    private static void pass(
            SplittableRandom random, List<String> thing, int owner, long from, long to, List<Rented> rows) {
        long begin = from + random.nextInt((int) (to - from));
        long end = begin + 1 + random.nextInt((int) (to - begin));
        if (random.nextBoolean() && end <= to) {
            String part = thing.get(0).equals("PREFIX") && random.nextBoolean() ? "192.0.2.4/30" : thing.get(1);
            rows.add(new Rented(thing.get(0), part, PARTIES.get(1 - owner), begin, end, PARTIES.get(owner)));
        }
    }

    private static List<Seen> seen(RegistryFixture fixture, SplittableRandom random) {
        List<Seen> all = new ArrayList<>();
        for (int guest = 0; guest < 16; guest++) {
            long from = random.nextInt(SECONDS / 2);
            Seen seen = new Seen(
                    ADDRESSES.get(random.nextInt(ADDRESSES.size())),
                    PLACES.get(random.nextInt(PLACES.size())),
                    from,
                    from + 10 + random.nextInt(SECONDS));
            all.add(seen);
            fixture.rooms()
                    .jdbc()
                    .sql("""
                            INSERT INTO inventory_observation (cluster, uuid, vm_id, disk_ids, macs, addresses,
                                configuration_hash, running, seen_from, seen_to, node)
                            VALUES (:cluster, '', :vm, '{}', '{}', ARRAY[:address],
                                decode(repeat('00', 32), 'hex'), true,
                                CAST(:from AS timestamptz), CAST(:to AS timestamptz), :node)
                            """)
                    .param("cluster", Assets.CLUSTER)
                    .param("vm", "seen-" + guest)
                    .param("address", seen.address())
                    .param("from", time(seen.from()))
                    .param("to", time(seen.to()))
                    .param("node", seen.node())
                    .update();
        }
        return all;
    }

    private static Answer locate(RegistryFixture fixture, String address, long asked) {
        Target target = new Target(
                TargetFormat.ADDRESS,
                address,
                Optional.empty(),
                Optional.empty(),
                new TimeWindow(START.plusSeconds(asked), START.plusSeconds(asked)));
        return fixture.registry()
                .locate(target, target.observedAt(), Assets.NOW, Assets.NOW)
                .answer();
    }

    private static String name(RegistryFixture fixture, String party) {
        return fixture.rooms()
                .bean(Parties.class)
                .reseller(new PartyId(party))
                .orElseThrow()
                .legalName();
    }

    private static String time(long second) {
        return Wire.text(START.plusSeconds(second));
    }
}
