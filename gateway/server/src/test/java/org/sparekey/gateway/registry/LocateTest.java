// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.ASKED;
import static org.sparekey.gateway.registry.Assets.IP;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.NOW;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.ports;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.RegistrationLine;

/** Locating over a real PostgreSQL: what is registered, imported and observed through the facades is found again. */
class LocateTest {

    private static final Instant FRESH = NOW.minus(Duration.ofMinutes(5));

    private static final Instant START = LONG_AGO.plus(Duration.ofDays(3));
    private static final int HISTORIES = Boolean.getBoolean("sparekey.long") ? 100 : 5;
    private static final int EVENTS = Boolean.getBoolean("sparekey.long") ? 100 : 50;
    private static final int LINES = 5;
    private static final int QUESTIONS = 60;

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
    }

    @Test
    void an_address_is_followed_to_the_asset_that_runs_now() {
        fixture.planned(IP, 1);
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip(IP)), record(2, 2, LONG_AGO));
        Instant moved = ASKED.plus(Duration.ofHours(2));
        fixture.at(moved);
        fixture.register(fixture.reseller(), 2, record(2, 2, moved, ip(IP)), record(1, 1, moved, ip("192.0.2.9")));
        fixture.at(FRESH);
        fixture.register(fixture.reseller(), 3, record(1, 1, moved, ip("192.0.2.9")));
        fixture.observed(1, 2);

        Located.Found found = (Located.Found) locate(Assets.target(IP));
        assertThat(found.asset())
                .isEqualTo(new LocatedAsset(
                        Assets.CLUSTER,
                        Assets.uuid(1),
                        "101",
                        Assets.vpsRef(1),
                        Assets.tenancyRef(1),
                        Optional.empty()));
        Answer answer = found.answer();
        assertThat(answer.grade()).isEqualTo(Grade.CERTAIN);
        assertThat(answer.since()).contains(LONG_AGO);
        assertThat(answer.until()).contains(moved);
        assertThat(answer.nextInChain()).contains(Answer.RESELLER);
        assertThat(answer.partyOfRecord().orElseThrow().contacts()).isNotEmpty();
        assertThat(fixture.registry().tenancy(found.asset(), NOW)).contains(Assets.tenancyRef(1));
    }

    @Test
    void an_asset_is_found_by_uuid_number_and_reference() {
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip(IP)));
        fixture.at(FRESH);
        fixture.register(fixture.reseller(), 2, record(1, 1, LONG_AGO, ip(IP)));
        fixture.observed(1);
        for (Target target : List.of(
                Assets.target(TargetFormat.UUID, Assets.uuid(1) + "@" + Assets.CLUSTER),
                Assets.target(TargetFormat.VM_ID, "101@" + Assets.CLUSTER),
                Assets.target(TargetFormat.VPS_REF, Assets.vpsRef(1)))) {
            assertThat(locate(target)).as("%s", target.format()).isInstanceOf(Located.Found.class);
        }
        assertThat(locate(Assets.target(TargetFormat.VM_ID, "102@" + Assets.CLUSTER)))
                .isInstanceOf(Located.Unknown.class);
    }

    @Test
    void a_customer_who_sells_on_is_the_next_to_be_asked_and_his_seller_stays_the_party_of_record() {
        fixture.planned(IP, 1);
        fixture.register(fixture.reseller(), 1, Assets.soldOn(record(1, 1, LONG_AGO, ip(IP))));
        fixture.at(FRESH);
        fixture.register(fixture.reseller(), 2, Assets.soldOn(record(1, 1, LONG_AGO, ip(IP))));
        fixture.observed(1);

        Answer answer = locate(Assets.target(IP)).answer();
        assertThat(answer.nextInChain()).contains(Answer.ONWARD_SELLER);
        assertThat(answer.partyOfRecord().orElseThrow().contacts()).isNotEmpty();

        Answer unsaid = locate(Assets.target("192.0.2.8")).answer();
        assertThat(unsaid.nextInChain()).contains(Answer.RESELLER);
    }

    @Test
    void a_new_tenant_stops_and_the_tenancy_asked_again_is_another_one() {
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip(IP)));
        fixture.at(FRESH);
        fixture.register(fixture.reseller(), 2, record(1, 2, FRESH.minusSeconds(60), ip(IP)));
        fixture.observed(1);
        assertThat(locate(Assets.target(IP))).isInstanceOf(Located.TenancyChanged.class);
        LocatedAsset then = new LocatedAsset(
                Assets.CLUSTER, Assets.uuid(1), "101", Assets.vpsRef(1), Assets.tenancyRef(1), Optional.empty());
        assertThat(fixture.registry().tenancy(then, NOW)).contains(Assets.tenancyRef(2));
    }

    @Test
    void the_party_of_record_is_known_where_the_reseller_registered_nothing() {
        Located located = locate(Assets.target(IP));
        assertThat(located).isInstanceOf(Located.Unknown.class);
        assertThat(located.answer().grade()).isEqualTo(Grade.PROBABLE);
        assertThat(located.answer().partyOfRecord()).isPresent();
        assertThat(locate(Assets.target("203.0.113.9")).answer())
                .isEqualTo(new Answer(
                        Grade.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    @Test
    void a_shared_address_an_ipv6_prefix_and_an_unlisted_guest_come_out_as_they_must() {
        fixture.imported(RegistryFixture.rent("2001:db8::/32", Assets.RESELLER.value()));
        fixture.register(
                fixture.reseller(),
                1,
                record(1, 1, LONG_AGO, ports(IP, 1, 999)),
                record(2, 2, LONG_AGO, ports(IP, 1000, 1999)),
                record(3, 3, LONG_AGO, ip("2001:db8:3::/64")));
        fixture.at(FRESH);
        fixture.register(fixture.reseller(), 2, record(2, 2, LONG_AGO, ports(IP, 1000, 1999)));
        fixture.observed(2);
        assertThat(locate(Assets.target(IP))).isInstanceOf(Located.Ambiguous.class);
        assertThat(locate(Assets.targetPort(IP, 1000))).isInstanceOf(Located.Found.class);
        assertThat(locate(Assets.target("2001:db8:3::7"))).isInstanceOf(Located.NotMatched.class);
        assertThat(locate(Assets.target(TargetFormat.HOST_NAME, "shop.example")))
                .isInstanceOf(Located.Unknown.class);
    }

    @Test
    void a_row_recorded_after_the_order_stops_but_never_lifts() {
        Instant order = NOW.minus(Duration.ofHours(3));
        fixture.at(order.plusMillis(1));
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip(IP)));
        fixture.observed(1);
        Located located = fixture.registry().locate(Assets.target(IP), new TimeWindow(ASKED, ASKED), NOW, order);
        assertThat(located).isInstanceOf(Located.Unknown.class);
        assertThat(located.answer().grade()).isEqualTo(Grade.PROBABLE);
    }

    @Test
    void the_resellers_view_reads_the_same_before_and_after_an_order() {
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip(IP)), record(2, 2, LONG_AGO));
        byte[] before = view();
        locate(Assets.target(IP));
        fixture.at(NOW.plus(Duration.ofDays(1)));
        assertThat(view()).isEqualTo(before);
        ResellerView view = fixture.registry().view(RegistryFixture.caller(fixture.reseller()));
        assertThat(view.registrations()).hasSize(2);
        assertThat(view.assignments())
                .extracting(ResellerView.HeldAssignment::value)
                .containsExactly(RegistryFixture.PREFIX);
        assertThat(fixture.registry()
                        .view(RegistryFixture.caller(fixture.otherReseller()))
                        .registrations())
                .isEmpty();
    }

    /** 250 events in verify, 10,000 with -Plong. */
    @Test
    void random_histories_are_answered_as_the_slow_reference_answers_them() {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomEvents events = new RandomEvents(seed);
            fixture.begin();
            SlowRegistry slow = new SlowRegistry(recorded(events));
            for (int i = 0; i < QUESTIONS; i++) {
                seen.merge(asked(events, slow, "seed " + seed), 1, Integer::sum);
            }
        }
        assertThat(seen.keySet()).contains("UNKNOWN", "AMBIGUOUS", "CHANGED", "PROBABLE");
    }

    /** Sends events, several to a batch, and now and then moves an address. @return what the gateway then holds */
    private static List<Registered> recorded(RandomEvents events) {
        List<Registered> rows = events.rows(EVENTS, START);
        long accepted = 0;
        long seq = 1;
        for (int from = 0; from < rows.size(); from += LINES) {
            List<Registered> chunk = rows.subList(from, Math.min(from + LINES, rows.size()));
            List<RegistrationLine> lines = new ArrayList<>();
            chunk.forEach(row -> lines.add(row.record()));
            if (events.coin()) {
                lines.add(events.move(START));
            }
            fixture.at(chunk.getLast().recordedAt());
            BatchReceipt receipt = fixture.register(fixture.reseller(), seq++, lines.toArray(RegistrationLine[]::new));
            for (int i = 0; i < lines.size(); i++) {
                int states = lines.get(i).records().size();
                accepted += receipt.verdicts().get(i).accepted() ? states : 0;
            }
        }
        List<Registered> held =
                fixture.registry().view(RegistryFixture.caller(fixture.reseller())).registrations().stream()
                        .map(one -> new Registered(one.record(), Assets.RESELLER, one.recordedAt()))
                        .toList();
        assertThat(held).hasSize(Math.toIntExact(accepted)).hasSizeGreaterThan(EVENTS / 2);
        return held;
    }

    private static String asked(RandomEvents events, SlowRegistry slow, String seed) {
        Wanted.Address wanted = events.wanted();
        Instant asked = events.asked(START);
        Instant order = events.later(asked);
        Instant now = events.coin() ? order : events.later(order);
        Target target = new Target(
                TargetFormat.ADDRESS,
                wanted.address().text(),
                wanted.protocol(),
                wanted.port(),
                new TimeWindow(asked, asked));
        String expected = word(slow.answer(wanted, asked, now, order, false));
        assertThat(word(fixture.registry().locate(target, target.observedAt(), now, order)))
                .as("%s: %s at %s, order %s, now %s", seed, wanted, asked, order, now)
                .isEqualTo(expected);
        return expected;
    }

    /** Nothing runs and no plan is imported: what is found is not matched, and probable. */
    private static String word(Located located) {
        return switch (located) {
            case Located.Found found -> found.answer().grade().name();
            case Located.NotMatched not -> not.answer().grade().name();
            case Located.Ambiguous ambiguous -> "AMBIGUOUS";
            case Located.Unknown unknown -> "UNKNOWN";
            case Located.TenancyChanged changed -> "CHANGED";
        };
    }

    private static String word(String slow) {
        String[] words = slow.split(" ");
        return words[words.length - 1];
    }

    private static Located locate(Target target) {
        fixture.at(NOW);
        return fixture.registry().locate(target, target.observedAt(), NOW, NOW);
    }

    private static byte[] view() {
        return Wire.write(fixture.registry().view(RegistryFixture.caller(fixture.reseller())));
    }
}
