// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.ASKED;
import static org.sparekey.gateway.registry.Assets.IP;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.NOW;
import static org.sparekey.gateway.registry.Assets.end;
import static org.sparekey.gateway.registry.Assets.guest;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;
import static org.sparekey.gateway.registry.Assets.row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.gateway.registry.Assets.Scene;
import org.sparekey.gateway.registry.LocateDecisions.Decision;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.registration.RegistrationRecord;

/** From the asked instant to now: the same tenant, and running as registered. */
class FollowTest {

    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Instant FRESH = NOW.minus(Duration.ofHours(1));

    @Test
    void a_tenant_who_came_later_is_an_innocent_successor_and_stops_the_order() {
        Scene changed = Scene.certain().and(row(record(1, 2, ASKED.plus(Duration.ofHours(1)), ip(IP)), FRESH));
        assertThat(changed.decide()).isInstanceOf(Decision.TenancyChanged.class);
        assertThat(changed.decide().verdict().grade()).isEqualTo(Grade.CERTAIN);
        assertThat(changed.decide().verdict().until()).contains(ASKED.plus(Duration.ofHours(1)));
    }

    @Test
    void a_tenant_change_recorded_after_the_order_stops_it_too() {
        Instant order = NOW.minus(Duration.ofHours(10));
        Scene changed =
                Scene.certain().and(row(record(1, 2, order, ip(IP)), FRESH)).orderedAt(order);
        assertThat(changed.decide()).isInstanceOf(Decision.TenancyChanged.class);
    }

    @Test
    void a_tenancy_that_left_and_came_back_is_not_the_same_disk_any_more() {
        Scene back = Scene.certain()
                .and(
                        row(record(1, 2, ASKED.plus(Duration.ofHours(1)), ip(IP)), FRESH),
                        row(record(1, 1, ASKED.plus(Duration.ofHours(2)), ip(IP)), FRESH));
        assertThat(back.decide()).isInstanceOf(Decision.TenancyChanged.class);
    }

    @Test
    void an_asset_that_ended_is_never_followed() {
        Scene ended = Scene.certain().and(row(end(1, 1, ASKED.plus(Duration.ofHours(1))), FRESH));
        assertThat(ended.decide()).isInstanceOf(Decision.TenancyChanged.class);
    }

    @Test
    void an_asset_that_begins_within_the_clock_skew_after_now_is_not_there_yet() {
        Scene ahead = Scene.of(row(record(1, 1, NOW.plusSeconds(1), ip(IP)), NOW.minusSeconds(1)));
        Target now = new Target(TargetFormat.ADDRESS, IP, Optional.empty(), Optional.empty(), new TimeWindow(NOW, NOW));
        assertThat(ahead.asking(now).decide()).isInstanceOf(Decision.TenancyChanged.class);
        assertThat(grade(ahead.asking(now))).isEqualTo(Grade.PROBABLE);
    }

    @Test
    void two_tenants_within_the_clock_skew_are_ambiguous() {
        Scene changing = Scene.certain().and(row(record(1, 2, ASKED.plusSeconds(1), ip(IP)), ASKED));
        assertThat(changing.decide()).isInstanceOf(Decision.Ambiguous.class);
    }

    @Test
    void an_address_that_moved_after_the_asked_instant_is_followed_by_vps_and_never_resolved_again() {
        Instant moved = ASKED.plus(Duration.ofHours(3));
        Scene scene = Scene.certain()
                .and(
                        row(record(1, 1, moved, ip("192.0.2.9")), moved),
                        row(record(2, 2, moved, ip(IP)), moved),
                        row(record(1, 1, moved, ip("192.0.2.9")), FRESH));
        Decision.Found found = found(scene);
        assertThat(found.now().vpsRef()).isEqualTo(Assets.vpsRef(1));
        assertThat(found.verdict().until()).contains(moved);
        assertThat(found.verdict().grade()).isEqualTo(Grade.CERTAIN);
    }

    @Test
    void a_registration_of_four_columns_is_matched_by_its_number_and_an_address_that_the_hoster_knows() {
        RegistrationRecord four = Assets.fourColumns(record(1, 1, LONG_AGO, ip(IP)));
        Scene scene = Scene.of(row(four, FRESH));
        assertThat(scene.running(guest(1, LONG_AGO, NOW, IP)).decide()).isInstanceOf(Decision.Found.class);
        assertThat(mismatch(scene.running(guest(1, LONG_AGO, NOW)))).isEqualTo(Mismatch.TOO_FEW_IDENTIFIERS);
        assertThat(mismatch(scene.running(guest(1, LONG_AGO, NOW, "192.0.2.8"))))
                .isEqualTo(Mismatch.TOO_FEW_IDENTIFIERS);
        assertThat(mismatch(Scene.certain().running(guest(1, LONG_AGO, NOW), guest(2, LONG_AGO, NOW, IP))))
                .isEqualTo(Mismatch.CONTRADICTING);
    }

    @Test
    void a_cloned_uuid_is_no_proof() {
        Observation clone = new Observation(
                Assets.CLUSTER,
                Assets.uuid(1),
                "999",
                List.of("other-disk"),
                List.of(),
                List.of(),
                guest(1, LONG_AGO, NOW).configurationHash(),
                true,
                LONG_AGO,
                NOW);
        assertThat(mismatch(Scene.certain().running(clone))).isEqualTo(Mismatch.TOO_FEW_IDENTIFIERS);
        assertThat(Scene.certain().running(clone, guest(1, LONG_AGO, NOW)).decide())
                .isInstanceOf(Decision.Found.class);
    }

    @Test
    void identifiers_that_point_at_two_guests_contradict() {
        Observation swapped = new Observation(
                Assets.CLUSTER,
                Assets.uuid(1),
                "101",
                List.of("other-disk"),
                List.of(),
                List.of(),
                guest(1, LONG_AGO, NOW).configurationHash(),
                true,
                LONG_AGO,
                NOW);
        Observation thief = new Observation(
                Assets.CLUSTER,
                Assets.uuid(9),
                "109",
                List.of("disk-1"),
                List.of(),
                List.of(),
                swapped.configurationHash(),
                true,
                LONG_AGO,
                NOW);
        assertThat(mismatch(Scene.certain().running(swapped, thief))).isEqualTo(Mismatch.CONTRADICTING);
    }

    @Test
    void without_a_fresh_complete_listing_nothing_is_matched() {
        assertThat(mismatch(Scene.certain().running())).isEqualTo(Mismatch.NOT_OBSERVED);
    }

    @Test
    void a_registration_not_repeated_for_24_hours_is_stale() {
        Registered old = row(record(1, 1, LONG_AGO, ip(IP)), LONG_AGO);
        Instant edge = NOW.minus(Duration.ofHours(24));
        assertThat(mismatch(Scene.of(old, row(record(1, 1, LONG_AGO, ip(IP)), edge))))
                .isEqualTo(Mismatch.STALE);
        assertThat(Scene.of(old, row(record(1, 1, LONG_AGO, ip(IP)), edge.plus(MILLI)))
                        .decide())
                .isInstanceOf(Decision.Found.class);
    }

    private static Grade grade(Scene scene) {
        return scene.decide().verdict().grade();
    }

    private static Decision.Found found(Scene scene) {
        assertThat(scene.decide()).isInstanceOf(Decision.Found.class);
        return (Decision.Found) scene.decide();
    }

    private static Mismatch mismatch(Scene scene) {
        assertThat(scene.decide()).isInstanceOf(Decision.NotMatched.class);
        return ((Decision.NotMatched) scene.decide()).mismatch();
    }
}
