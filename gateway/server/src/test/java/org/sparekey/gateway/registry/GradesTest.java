// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.ASKED;
import static org.sparekey.gateway.registry.Assets.IP;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.NOW;
import static org.sparekey.gateway.registry.Assets.OTHER;
import static org.sparekey.gateway.registry.Assets.RESELLER;
import static org.sparekey.gateway.registry.Assets.guest;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.planned;
import static org.sparekey.gateway.registry.Assets.ports;
import static org.sparekey.gateway.registry.Assets.record;
import static org.sparekey.gateway.registry.Assets.rented;
import static org.sparekey.gateway.registry.Assets.row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.inventory.Assignment;
import org.sparekey.gateway.inventory.Assignment.Kind;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.registry.Assets.Scene;
import org.sparekey.gateway.registry.LocateDecisions.Decision;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.TargetFormat;

/** How sure an answer is at the asked instant. */
class GradesTest {

    private static final Duration SKEW = Registry.CLOCK_SKEW;
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Instant FIRST = ASKED.minus(SKEW);
    private static final Instant LAST = ASKED.plus(SKEW);
    private static final Instant FRESH = NOW.minus(Duration.ofHours(1));

    @Test
    void registration_and_address_plan_over_the_whole_window_are_certain() {
        Decision.Found found = found(Scene.certain());
        assertThat(found.verdict())
                .isEqualTo(new LocateDecisions.Verdict(
                        Grade.CERTAIN, Optional.of(RESELLER), Optional.of(LONG_AGO), Optional.empty()));
        assertThat(found.now().vpsRef()).isEqualTo(Assets.vpsRef(1));
        assertThat(found.match().guest().uuid()).isEqualTo(Assets.uuid(1));
    }

    @Test
    void a_registration_alone_is_a_claim_and_at_most_probable() {
        assertThat(grade(Scene.certain().plan())).isEqualTo(Grade.PROBABLE);
    }

    @Test
    void an_address_seen_by_the_hypervisor_on_the_same_guest_is_as_good_as_the_plan() {
        assertThat(grade(Scene.certain().observed(guest(1, LONG_AGO, NOW, IP)))).isEqualTo(Grade.CERTAIN);
        assertThat(grade(Scene.certain().observed(guest(2, LONG_AGO, NOW, IP)))).isEqualTo(Grade.PROBABLE);
        assertThat(grade(Scene.certain().observed(guest(1, LONG_AGO, NOW, "192.0.2.8"))))
                .isEqualTo(Grade.PROBABLE);
    }

    @Test
    void the_registration_must_cover_the_clock_skew_on_both_sides_to_the_millisecond() {
        assertThat(grade(since(FIRST))).isEqualTo(Grade.CERTAIN);
        assertThat(grade(since(FIRST.plus(MILLI)))).isEqualTo(Grade.PROBABLE);
        assertThat(grade(releasedAt(LAST.plus(MILLI)))).isEqualTo(Grade.CERTAIN);
        assertThat(grade(releasedAt(LAST))).isEqualTo(Grade.PROBABLE);
    }

    @Test
    void the_observation_must_cover_the_clock_skew_on_both_sides_to_the_millisecond() {
        assertThat(grade(Scene.certain().plan(planned(IP, 1, FIRST, LAST.plus(MILLI)))))
                .isEqualTo(Grade.CERTAIN);
        assertThat(grade(Scene.certain().plan(planned(IP, 1, FIRST.plus(MILLI), Instant.MAX))))
                .isEqualTo(Grade.PROBABLE);
        assertThat(grade(Scene.certain().plan(planned(IP, 1, FIRST, LAST)))).isEqualTo(Grade.PROBABLE);
        assertThat(grade(Scene.certain().observed(guest(1, FIRST, LAST, IP)))).isEqualTo(Grade.CERTAIN);
        assertThat(grade(Scene.certain().observed(guest(1, FIRST, LAST.minus(MILLI), IP))))
                .isEqualTo(Grade.PROBABLE);
        assertThat(grade(Scene.certain().observed(guest(1, FIRST.plus(MILLI), LAST, IP))))
                .isEqualTo(Grade.PROBABLE);
    }

    @Test
    void the_prefix_must_have_been_rented_for_the_whole_window() {
        assertThat(grade(Scene.certain().rented(rented("192.0.2.0/24", RESELLER, FIRST, LAST.plus(MILLI)))))
                .isEqualTo(Grade.CERTAIN);
        assertThat(grade(Scene.certain().rented(rented("192.0.2.0/24", RESELLER, FIRST.plus(MILLI), Instant.MAX))))
                .isEqualTo(Grade.PROBABLE);
        assertThat(grade(Scene.certain().rented(rented("192.0.2.0/24", RESELLER, FIRST, LAST))))
                .isEqualTo(Grade.PROBABLE);
    }

    @Test
    void a_back_dated_registration_is_probable_from_one_millisecond_beyond_24_hours() {
        Instant edge = ASKED.plus(Duration.ofHours(24));
        assertThat(grade(recordedAt(edge))).isEqualTo(Grade.CERTAIN);
        assertThat(grade(recordedAt(edge.plus(MILLI)))).isEqualTo(Grade.PROBABLE);
    }

    @Test
    void repeating_a_registration_daily_does_not_make_it_look_back_dated() {
        Scene scene = Scene.of(row(record(1, 1, LONG_AGO, ip(IP)), LONG_AGO));
        for (int day = 1; day <= 30; day++) {
            Instant at = LONG_AGO.plus(Duration.ofDays(day));
            scene = scene.and(row(record(1, 1, at, ip(IP)), at), row(record(1, 1, LONG_AGO, ip(IP)), at));
        }
        assertThat(grade(scene.and(row(record(1, 1, LONG_AGO, ip(IP)), FRESH)))).isEqualTo(Grade.CERTAIN);
    }

    @Test
    void a_row_recorded_after_the_order_never_lifts_the_answer() {
        Instant order = NOW.minus(Duration.ofHours(10));
        Decision late = recordedAt(order.plus(MILLI)).orderedAt(order).decide();
        assertThat(late).isInstanceOf(Decision.Unknown.class);
        assertThat(late.verdict().grade()).isEqualTo(Grade.PROBABLE);
        assertThat(grade(recordedAt(order).orderedAt(order))).isEqualTo(Grade.PROBABLE);
    }

    @Test
    void a_row_recorded_after_the_order_cannot_make_a_certain_answer_ambiguous_either() {
        Instant order = NOW.minus(Duration.ofHours(10));
        Scene claimed = Scene.certain()
                .and(row(record(2, 2, LONG_AGO, ip(IP)), order.plus(MILLI)))
                .orderedAt(order);
        assertThat(grade(claimed)).isEqualTo(Grade.CERTAIN);
    }

    @Test
    void who_claims_an_address_last_holds_it_but_while_the_other_claims_it_too_only_probably() {
        Instant claimed = LONG_AGO.plusSeconds(60);
        Scene both = Scene.certain()
                .and(row(record(2, 2, claimed, ip(IP)), claimed), row(record(2, 2, claimed, ip(IP)), FRESH))
                .plan(planned(IP, 2, LONG_AGO, Instant.MAX));
        assertThat(found(both).now().vpsRef()).isEqualTo(Assets.vpsRef(2));
        assertThat(grade(both)).isEqualTo(Grade.PROBABLE);
        Scene released = both.and(row(record(1, 1, claimed), claimed));
        assertThat(grade(released)).isEqualTo(Grade.CERTAIN);
        assertThat(released.decide().verdict().since()).contains(claimed);
    }

    @Test
    void an_address_that_was_claimed_by_another_asset_and_released_by_it_is_nobodys() {
        Instant claimed = LONG_AGO.plusSeconds(60);
        Scene scene = Scene.certain()
                .and(
                        row(record(2, 2, claimed, ip(IP)), claimed),
                        row(record(2, 2, claimed.plusSeconds(60)), claimed.plusSeconds(60)));
        assertThat(scene.decide()).isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void a_statement_that_arrives_late_speaks_from_its_instant_to_the_next() {
        Instant between = LONG_AGO.plusSeconds(60);
        Scene late = Scene.certain()
                .and(
                        row(record(1, 1, ASKED.minusSeconds(3_600), ip(IP)), ASKED.minusSeconds(3_600)),
                        row(record(1, 1, between, ip("192.0.2.9")), FRESH));
        assertThat(grade(late)).isEqualTo(Grade.CERTAIN);
        assertThat(late.decide().verdict().since()).contains(ASKED.minusSeconds(3_600));
    }

    @Test
    void a_claim_corrected_for_its_own_instant_never_was() {
        Instant claimed = LONG_AGO.plusSeconds(60);
        Scene scene = Scene.certain()
                .and(row(record(2, 2, claimed, ip(IP)), claimed), row(record(2, 2, claimed), claimed.plusSeconds(1)));
        assertThat(grade(scene)).isEqualTo(Grade.CERTAIN);
        assertThat(found(scene).now().vpsRef()).isEqualTo(Assets.vpsRef(1));
    }

    @Test
    void two_assets_on_different_parts_of_one_address_are_ambiguous_but_the_reseller_is_known() {
        Decision decision = Scene.certain()
                .and(row(record(2, 2, LONG_AGO, ports(IP, 1000, 1999)), LONG_AGO))
                .asking(Assets.targetPort(IP, 1500))
                .decide();
        assertThat(decision).isInstanceOf(Decision.Ambiguous.class);
        assertThat(decision.verdict().reseller()).contains(RESELLER);
        assertThat(decision.verdict().grade()).isEqualTo(Grade.AMBIGUOUS);
    }

    @Test
    void a_prefix_around_the_address_is_a_candidate_too() {
        Decision decision = Scene.certain()
                .and(row(record(2, 2, LONG_AGO, ip("192.0.2.0/28")), LONG_AGO))
                .decide();
        assertThat(decision).isInstanceOf(Decision.Ambiguous.class);
    }

    @Test
    void a_shared_address_needs_the_port() {
        Scene shared = Scene.of(
                row(record(1, 1, LONG_AGO, ports(IP, 1000, 1999)), LONG_AGO),
                row(record(1, 1, LONG_AGO, ports(IP, 1000, 1999)), FRESH),
                row(record(2, 2, LONG_AGO, ports(IP, 2000, 2999)), LONG_AGO));
        assertThat(shared.decide()).isInstanceOf(Decision.Ambiguous.class);
        assertThat(found(shared.asking(Assets.targetPort(IP, 1999))).now().vpsRef())
                .isEqualTo(Assets.vpsRef(1));
        assertThat(shared.asking(Assets.targetPort(IP, 3000)).decide()).isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void one_registered_range_of_a_shared_address_is_not_the_whole_address() {
        Scene shared = Scene.of(row(record(1, 1, LONG_AGO, ports(IP, 1000, 1999)), FRESH));
        assertThat(shared.decide()).isInstanceOf(Decision.Ambiguous.class);
    }

    @Test
    void an_ipv6_address_inside_a_registered_prefix_is_found_in_any_spelling() {
        Scene scene = Scene.of(
                        row(record(1, 1, LONG_AGO, ip("2001:db8:7::/64")), LONG_AGO),
                        row(record(1, 1, LONG_AGO, ip("2001:db8:7::/64")), FRESH))
                .rented(rented("2001:db8::/32", RESELLER, LONG_AGO, Instant.MAX))
                .plan(planned("2001:db8:7::/64", 1, LONG_AGO, Instant.MAX));
        assertThat(grade(scene.asking(Assets.target("2001:DB8:7:0::1")))).isEqualTo(Grade.CERTAIN);
        assertThat(scene.asking(Assets.target("2001:db8:8::1")).decide()).isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void without_any_registration_the_prefix_table_gives_the_party_of_record_as_probable() {
        Decision decision = Scene.of().decide();
        assertThat(decision).isInstanceOf(Decision.Unknown.class);
        assertThat(decision.verdict())
                .isEqualTo(new LocateDecisions.Verdict(
                        Grade.PROBABLE, Optional.of(RESELLER), Optional.of(LONG_AGO), Optional.empty()));
    }

    @Test
    void an_address_that_is_not_the_hosters_is_unknown() {
        Decision decision = Scene.of().rented().decide();
        assertThat(decision).isInstanceOf(Decision.Unknown.class);
        assertThat(decision.verdict().grade()).isEqualTo(Grade.UNKNOWN);
    }

    @Test
    void a_prefix_that_changed_hands_within_the_window_names_nobody() {
        Decision decision = Scene.of()
                .rented(
                        rented("192.0.2.0/24", RESELLER, LONG_AGO, ASKED),
                        rented("192.0.2.0/24", OTHER, ASKED, Instant.MAX))
                .decide();
        assertThat(decision.verdict().grade()).isEqualTo(Grade.AMBIGUOUS);
        assertThat(decision.verdict().reseller()).isEmpty();
    }

    @Test
    void a_claim_left_open_by_a_reseller_who_lost_the_prefix_counts_for_nothing() {
        Decision decision = Scene.certain()
                .rented(rented("192.0.2.0/24", OTHER, LONG_AGO, Instant.MAX))
                .decide();
        assertThat(decision).isInstanceOf(Decision.Unknown.class);
        assertThat(decision.verdict().reseller()).contains(OTHER);
    }

    @Test
    void an_asset_is_found_by_its_reference_its_uuid_and_its_number_too() {
        Scene scene = Scene.certain().observed(guest(1, LONG_AGO, NOW));
        for (var target : List.of(
                Assets.target(TargetFormat.VPS_REF, Assets.vpsRef(1)),
                Assets.target(TargetFormat.UUID, Assets.uuid(1) + "@" + Assets.CLUSTER),
                Assets.target(TargetFormat.VM_ID, "101@" + Assets.CLUSTER))) {
            assertThat(grade(scene.asking(target))).as("%s", target.format()).isEqualTo(Grade.CERTAIN);
        }
        assertThat(scene.asking(Assets.target(TargetFormat.UUID, Assets.uuid(1) + "@elsewhere"))
                        .decide())
                .isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void a_guest_with_addresses_in_two_prefixes_of_one_reseller_is_his() {
        Scene scene = Scene.certain()
                .observed(guest(1, LONG_AGO, NOW, IP, "2001:db8::7"))
                .rented(
                        rented("192.0.2.0/24", RESELLER, LONG_AGO, Instant.MAX),
                        rented("2001:db8::/32", RESELLER, LONG_AGO, Instant.MAX));
        Scene ofTwo = scene.rented(
                rented("192.0.2.0/24", RESELLER, LONG_AGO, Instant.MAX),
                rented("2001:db8::/32", OTHER, LONG_AGO, Instant.MAX));
        for (var target : List.of(
                Assets.target(TargetFormat.VPS_REF, Assets.vpsRef(1)),
                Assets.target(TargetFormat.UUID, Assets.uuid(1) + "@" + Assets.CLUSTER),
                Assets.target(TargetFormat.VM_ID, "101@" + Assets.CLUSTER))) {
            assertThat(grade(scene.asking(target))).as("%s", target.format()).isEqualTo(Grade.CERTAIN);
            assertThat(grade(ofTwo.asking(target))).as("%s", target.format()).isEqualTo(Grade.AMBIGUOUS);
        }
    }

    @Test
    void a_server_of_one_reseller_and_a_switch_port_of_another_are_two_landlords() {
        Scene elsewhere =
                Scene.of().rented(place(Kind.SERVER, "node-1", RESELLER), place(Kind.PORT, "switch-1.7", OTHER));
        assertThat(elsewhere.decide().verdict().grade()).isEqualTo(Grade.AMBIGUOUS);
        assertThat(elsewhere.decide().verdict().reseller()).isEmpty();
        Scene sameName = Scene.of().rented(place(Kind.SERVER, "node-1", RESELLER), place(Kind.PORT, "node-1", OTHER));
        assertThat(sameName.decide().verdict().reseller()).contains(RESELLER);
    }

    private static Assignment place(Kind kind, String name, PartyId to) {
        return new Assignment(kind, name, to, LONG_AGO, Optional.empty(), LONG_AGO);
    }

    @Test
    void a_host_name_or_a_text_that_is_no_target_is_looked_up_nowhere() {
        assertThat(Wanted.of(Assets.target(TargetFormat.HOST_NAME, "shop.example")))
                .isEmpty();
        assertThat(Wanted.of(Assets.target("shop.example"))).isEmpty();
        assertThat(Wanted.of(Assets.target(TargetFormat.UUID, Assets.uuid(1)))).isEmpty();
        assertThat(Wanted.of(Assets.target(TargetFormat.VM_ID, "@" + Assets.CLUSTER)))
                .isEmpty();
    }

    private static Scene since(Instant validFrom) {
        return Scene.of(row(record(1, 1, validFrom, ip(IP)), validFrom), row(record(1, 1, validFrom, ip(IP)), FRESH));
    }

    private static Scene releasedAt(Instant instant) {
        return Scene.certain().and(row(record(1, 1, instant), instant), row(record(1, 1, instant), FRESH));
    }

    private static Scene recordedAt(Instant instant) {
        return Scene.of(row(record(1, 1, LONG_AGO, ip(IP)), instant));
    }

    private static Grade grade(Scene scene) {
        return scene.decide().verdict().grade();
    }

    private static Decision.Found found(Scene scene) {
        assertThat(scene.decide()).isInstanceOf(Decision.Found.class);
        return (Decision.Found) scene.decide();
    }
}
