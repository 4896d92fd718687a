// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.OTHER;
import static org.sparekey.gateway.registry.Assets.RESELLER;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.AddressMove;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.HandOver;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.testkit.world.Actor;

/** Many batches of two resellers at once, over few addresses, machines and instants; then the whole history is read. */
class ConcurrentClaimsTest {

    /** A prefix that goes from the one reseller to the other. */
    private static final Instant LET_AGAIN = LONG_AGO.plusSeconds(30);

    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final int THREADS_EACH = 2;
    private static final int BATCHES = Boolean.getBoolean("sparekey.long") ? 300 : 12;
    private static final int LINES = 8;

    @TempDir
    static Path directory;

    private static RegistryFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new RegistryFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void begin() {
        fixture.begin();
        String csv = "PREFIX,203.0.113.0/24,%s,%s,%s";
        Instant first = LONG_AGO.minusSeconds(60);
        fixture.imported(
                csv.formatted(RESELLER, Wire.text(first), Wire.text(LET_AGAIN)),
                "PREFIX,203.0.113.0/24,%s,%s,".formatted(OTHER, Wire.text(LET_AGAIN)));
        fixture.at(LONG_AGO.plus(Duration.ofHours(2)));
    }

    @Test
    void no_address_no_machine_and_no_asset_ever_has_two_at_one_instant() throws Exception {
        fixture.register(fixture.reseller(), 1, record(30, 0, LONG_AGO));
        HandOver given = handOver(record(30, 0, LONG_AGO.plusSeconds(50)), fixture.reseller(), fixture.otherReseller());
        List<Callable<Integer>> senders = new ArrayList<>();
        senders.add(() -> deliver(fixture.otherReseller(), new RegistrationLine[] {given}, "given"));
        for (int i = 0; i < THREADS_EACH; i++) {
            int seed = i;
            senders.add(() -> send(fixture.reseller(), fixture.otherReseller(), 100 + seed));
            senders.add(() -> send(fixture.otherReseller(), fixture.reseller(), 200 + seed));
        }
        int accepted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> sender : threads.invokeAll(senders)) {
                accepted += sender.get();
            }
        }
        List<Registered> all = all();
        assertThat(accepted).isPositive();
        assertThat(all).hasSizeGreaterThan(BATCHES);
        assertThat(all.stream().map(Registered::reseller).distinct()).hasSize(2);
        assertThat(fixture.rows("registry_hand_over")).isPositive();
        assertOneHolder(all);
        assertOneOwner(all);
        assertOneResellerForEachMachine(all);
        assertEveryAddressWasAssigned(all);
    }

    @Test
    void two_resellers_who_register_one_machine_at_one_moment_do_not_both_get_it() throws Exception {
        RegistrationLine[] lines = new RegistrationLine[520];
        Arrays.setAll(lines, i -> Assets.fourColumns(record(1_000 + i, i, LONG_AGO)));
        byte[] batch = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, lines));
        Registration refused = fixture.registry()
                .register(
                        RegistryFixture.caller(fixture.reseller()),
                        pausing(
                                batch,
                                () -> fixture.send(
                                        fixture.otherReseller(),
                                        RegistryFixture.bytes(fixture.batch(
                                                fixture.otherReseller(),
                                                1,
                                                Assets.named(
                                                        Assets.fourColumns(record(1_007, 7, LONG_AGO)),
                                                        "vps-invented-other-7"))))),
                        "paused");
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Registration.Refused.class,
                        one -> assertThat(one.problem()).isEqualTo(Problem.IN_PROGRESS));
        Registration again = fixture.send(fixture.reseller(), batch, "again");
        assertThat(((Registration.Receipted) again)
                        .receipt().verdicts().stream()
                                .filter(verdict -> !verdict.accepted())
                                .map(RegistryFixture::text))
                .containsExactly("9 FOREIGN_ASSET /vmId");
    }

    /** The batch, whose last bytes come only after the other has happened in a thread of its own. */
    private static InputStream pausing(byte[] batch, Runnable meanwhile) {
        int tail = batch.length - 1_000;
        InputStream end = new ByteArrayInputStream(batch, tail, 1_000) {
            private boolean asked;

            @Override
            public int read(byte[] bytes, int from, int length) {
                if (!asked) {
                    asked = true;
                    CompletableFuture.runAsync(meanwhile).join();
                }
                return super.read(bytes, from, length);
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(batch, 0, tail), end);
    }

    private static int send(Actor self, Actor other, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int accepted = 0;
        for (int i = 0; i < BATCHES; i++) {
            RegistrationLine[] lines = new RegistrationLine[LINES];
            Arrays.setAll(lines, line -> line(random, self, other));
            accepted += deliver(self, lines, "%s-%d-%d".formatted(self.party(), seed, i));
        }
        return accepted;
    }

    /** Until accepted: another thread of the same reseller may have taken the number, or another reseller the machine. */
    private static int deliver(Actor self, RegistrationLine[] lines, String key) {
        for (int attempt = 0; ; attempt++) {
            long next = fixture.registry().head(RegistryFixture.caller(self)).seq() + 1;
            byte[] batch = RegistryFixture.bytes(fixture.batch(self, next, lines));
            switch (fixture.send(self, batch, key + "-" + attempt)) {
                case Registration.Receipted receipted -> {
                    return (int) receipted.receipt().verdicts().stream()
                            .filter(verdict -> verdict.accepted())
                            .count();
                }
                case Registration.Refused refused ->
                    assertThat(refused.problem()).isIn(Problem.BATCH_OUT_OF_SEQUENCE, Problem.IN_PROGRESS);
            }
        }
    }

    private static RegistrationLine line(SplittableRandom random, Actor self, Actor other) {
        Instant at = LONG_AGO.plusSeconds(random.nextInt(60));
        int vps = machine(random, self);
        RegistrationRecord record = record(vps, random.nextInt(3), at, claims(random, self));
        return switch (random.nextInt(8)) {
            case 0 -> Assets.end(vps, 0, at);
            case 1 -> {
                RegistrationRecord to = record(vps + 3, 0, at, ip("203.0.113.1"));
                yield AddressMove.of(ip("203.0.113.1"), record(vps, 0, at), to, SALT);
            }
            case 2 ->
                handOver(record(machine(random, other), 0, LONG_AGO.plusSeconds(40 + random.nextInt(60))), other, self);
            // The same machine under a name of one's own.
            case 3, 4 -> Assets.named(record, "vps-of-" + self.party() + "-0000" + vps);
            default -> record;
        };
    }

    /** One of his own, or one that both claim. */
    private static int machine(SplittableRandom random, Actor actor) {
        int own = actor.party().equals(RESELLER.value()) ? 10 : 20;
        return random.nextInt(3) + (random.nextInt(3) == 0 ? 0 : own);
    }

    private static HandOver handOver(RegistrationRecord record, Actor giver, Actor receiver) {
        return HandOver.of(
                record,
                HandOverRelease.sign(
                        giver.party(), receiver.party(), record, record.validFrom(), giver.document(), SALT),
                SALT);
    }

    private static AssignedAddress[] claims(SplittableRandom random, Actor self) {
        String own = self.party().equals(RESELLER.value()) ? "192.0.2." : "198.51.100.";
        return random.nextBoolean()
                ? new AssignedAddress[] {ip("203.0.113." + random.nextInt(3))}
                : new AssignedAddress[] {ip("203.0.113." + random.nextInt(3)), ip(own + random.nextInt(3))};
    }

    private static List<Registered> all() {
        List<Registered> all = new ArrayList<>();
        for (Actor actor : List.of(fixture.reseller(), fixture.otherReseller())) {
            fixture.registry().view(RegistryFixture.caller(actor)).registrations().stream()
                    .map(held -> new Registered(held.record(), new PartyId(actor.party()), held.recordedAt()))
                    .forEach(all::add);
        }
        return all;
    }

    /** Each asset's intervals of an address, all together in the order of time: none begins before the last has ended. */
    private static void assertOneHolder(List<Registered> all) {
        History history = History.of(all).exclusive();
        Map<AssignedAddress, TreeMap<Instant, List<Instant>>> intervals = new HashMap<>();
        for (String vpsRef : history.vpsRefs()) {
            List<Registered> rows = history.all(vpsRef);
            for (int i = 0; i < rows.size(); i++) {
                Instant end = i + 1 < rows.size() ? rows.get(i + 1).validFrom() : Instant.MAX;
                for (AssignedAddress address : rows.get(i).record().addresses()) {
                    intervals
                            .computeIfAbsent(address, one -> new TreeMap<>())
                            .computeIfAbsent(rows.get(i).validFrom(), at -> new ArrayList<>())
                            .add(end);
                }
            }
        }
        assertThat(intervals).hasSizeGreaterThan(3);
        intervals.forEach((address, spans) -> {
            Instant free = Instant.MIN;
            for (Map.Entry<Instant, List<Instant>> span : spans.entrySet()) {
                assertThat(span.getValue())
                        .as("%s from %s", address, span.getKey())
                        .hasSize(1);
                assertThat(span.getKey()).as("%s", address).isAfterOrEqualTo(free);
                free = span.getValue().get(0);
            }
        });
    }

    /** Whoever speaks about an asset owns it at that instant: nobody speaks again before the instant he gave it away. */
    private static void assertOneOwner(List<Registered> all) {
        for (String vpsRef : History.of(all).vpsRefs()) {
            Ownership owner = new Ownership(
                    new PartyId(fixture.rooms()
                            .jdbc()
                            .sql("SELECT reseller FROM registry_vps WHERE vps_ref = :ref")
                            .param("ref", vpsRef)
                            .query(String.class)
                            .single()),
                    changes(vpsRef));
            all.stream()
                    .filter(row -> row.vpsRef().equals(vpsRef))
                    .forEach(row -> assertThat(row.reseller()).as("%s", row).isEqualTo(owner.at(row.validFrom())));
        }
    }

    private static List<Ownership.Change> changes(String vpsRef) {
        return fixture.rooms()
                .jdbc()
                .sql("""
                SELECT giver, receiver, valid_from FROM registry_hand_over WHERE vps_ref = :ref ORDER BY valid_from
                """)
                .param("ref", vpsRef)
                .query((row, number) -> new Ownership.Change(
                        vpsRef,
                        new PartyId(row.getString("giver")),
                        new PartyId(row.getString("receiver")),
                        row.getTimestamp("valid_from").toInstant()))
                .list();
    }

    /** At every instant where anything changes, the assets that bear one UUID are all of one reseller. */
    private static void assertOneResellerForEachMachine(List<Registered> all) {
        History history = History.of(all);
        for (Instant at : all.stream().map(Registered::validFrom).distinct().toList()) {
            Map<String, PartyId> holders = new HashMap<>();
            for (String vpsRef : history.vpsRefs()) {
                history.at(vpsRef, at).filter(row -> !row.ended()).ifPresent(row -> {
                    PartyId other = holders.putIfAbsent(row.record().uuid().orElseThrow(), row.reseller());
                    assertThat(other == null || other.equals(row.reseller()))
                            .as("%s at %s", row.record().uuid(), at)
                            .isTrue();
                });
            }
        }
    }

    private static void assertEveryAddressWasAssigned(List<Registered> all) {
        all.forEach(row -> row.record().addresses().stream()
                .filter(address -> address.prefix().startsWith("203.0.113."))
                .forEach(address -> assertThat(row.reseller())
                        .as("%s", row)
                        .isEqualTo(row.validFrom().isBefore(LET_AGAIN) ? RESELLER : OTHER)));
    }
}
