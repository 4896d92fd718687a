// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.gateway.registry.Assets.IP;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.NOW;
import static org.sparekey.gateway.registry.Assets.end;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.named;
import static org.sparekey.gateway.registry.Assets.record;
import static org.sparekey.gateway.registry.Assets.row;
import static org.sparekey.gateway.registry.Comparison.guest;
import static org.sparekey.protocol.coverage.AssetState.CONTRADICTING;
import static org.sparekey.protocol.coverage.AssetState.DUPLICATE;
import static org.sparekey.protocol.coverage.AssetState.GHOST;
import static org.sparekey.protocol.coverage.AssetState.MATCHED;
import static org.sparekey.protocol.coverage.AssetState.RETIRED;
import static org.sparekey.protocol.coverage.AssetState.STALE;
import static org.sparekey.protocol.coverage.AssetState.UNREGISTERED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.protocol.coverage.Finding;
import org.sparekey.protocol.coverage.Share;

/** The seven states, and what tries to pass for another one. */
class ReconcileDecisionsTest {

    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Registered ONE = row(record(1, 1, LONG_AGO, ip(IP)), LONG_AGO);

    @Test
    void two_identifiers_and_a_fresh_word_match() {
        Comparison matched = Comparison.of(ONE).listed(guest(1, IP));
        assertThat(matched.states()).containsExactly(MATCHED);
        assertThat(matched.picture().assets()).isEqualTo(new Share(1, 1));
        assertThat(matched.picture().addresses()).isEqualTo(new Share(1, 1));
    }

    @Test
    void what_ends_at_an_onward_seller_is_counted_apart_and_covered_all_the_same() {
        Registered soldOn = row(Assets.soldOn(record(1, 1, LONG_AGO, ip(IP))), LONG_AGO);
        Registered kept = row(record(2, 2, LONG_AGO), LONG_AGO);
        Comparison both = Comparison.of(soldOn, kept).listed(guest(1, IP), guest(2));

        assertThat(both.picture().onward()).isOne();
        assertThat(both.picture().assets()).isEqualTo(new Share(2, 2));
        assertThat(Comparison.of(kept).listed(guest(2)).picture().onward()).isZero();
    }

    @Test
    void a_word_older_than_a_day_is_stale_and_covers_nothing() {
        Comparison fresh = Comparison.of(ONE).listed(guest(1, IP));
        assertThat(fresh.attestedAt(NOW.minus(Duration.ofHours(24)).plus(MILLI)).states())
                .containsExactly(MATCHED);
        Comparison stale = fresh.attestedAt(NOW.minus(Duration.ofHours(24)));
        assertThat(stale.states()).containsExactly(STALE);
        assertThat(stale.picture().assets()).isEqualTo(new Share(0, 1));
    }

    @Test
    void a_guest_without_registration_is_unregistered_after_an_hour_and_young_before() {
        Observation young = Assets.guest(1, NOW.minus(ReconcileDecisions.GRACE).plus(MILLI), NOW);
        assertThat(Comparison.of().listed(young).states()).isEmpty();
        assertThat(Comparison.of().listed(young).picture().counts().young()).isEqualTo(1);
        assertThat(Comparison.of().listed(young).picture().assets()).isEqualTo(Share.NONE);
        Observation old = Assets.guest(1, NOW.minus(ReconcileDecisions.GRACE), NOW);
        assertThat(Comparison.of().listed(old).states()).containsExactly(UNREGISTERED);
        assertThat(Comparison.of().listed(old).picture().assets()).isEqualTo(new Share(0, 1));
    }

    @Test
    void a_guest_that_is_nobodys_is_for_the_hoster_to_explain() {
        Reconciled decided =
                Comparison.of().listed(guest(1)).rentedTo(Optional.empty()).decide();
        assertThat(decided.pictures()).isEmpty();
        assertThat(decided.nobodys()).extracting(Finding::state).containsExactly(UNREGISTERED);
    }

    @Test
    void a_guest_that_does_not_run_needs_no_registration() {
        Observation off = guest(1);
        Observation asleep = new Observation(
                off.cluster(),
                off.uuid(),
                off.vmId(),
                off.diskIds(),
                off.macs(),
                off.addresses(),
                off.configurationHash(),
                false,
                off.seenFrom(),
                off.seenTo());
        assertThat(Comparison.of().listed(asleep).states()).isEmpty();
        assertThat(Comparison.of(ONE).listed(asleep).states()).containsExactly(MATCHED);
    }

    @Test
    void not_seen_is_a_ghost_only_after_a_complete_listing_that_is_younger_than_the_registration() {
        assertThat(Comparison.of(ONE).states()).containsExactly(GHOST);
        assertThat(Comparison.of(ONE).incomplete().states()).isEmpty();
        assertThat(Comparison.of(ONE).incomplete().picture().counts().unobserved())
                .isEqualTo(1);
        assertThat(Comparison.of(ONE).completeAt(LONG_AGO).states()).isEmpty();
        Registered later = row(record(1, 1, NOW, ip(IP)), LONG_AGO);
        assertThat(Comparison.of(later).completeAt(NOW).states()).isEmpty();
    }

    @Test
    void an_unreachable_node_ends_nothing_by_mistake() {
        Registered two = row(record(2, 2, LONG_AGO), LONG_AGO);
        Comparison half = Comparison.of(ONE, two).listed(guest(1, IP)).incomplete();
        assertThat(half.states()).containsExactly(MATCHED);
        assertThat(half.picture().counts().unobserved()).isEqualTo(1);
        assertThat(half.decide().complete()).isFalse();
    }

    @Test
    void an_ended_asset_is_retired_and_if_it_still_runs_its_guest_is_unregistered() {
        Registered ended = row(end(1, 1, NOW.minus(Duration.ofDays(1))), NOW.minus(Duration.ofDays(1)));
        assertThat(Comparison.of(ended).states()).containsExactly(RETIRED);
        assertThat(Comparison.of(ended).listed(guest(1)).states()).containsExactly(UNREGISTERED);
        Registered longSince = row(end(1, 1, NOW.minus(ReconcileDecisions.RETIRED_SHOWN)), LONG_AGO);
        assertThat(Comparison.of(longSince).states()).isEmpty();
    }

    @Test
    void a_clone_with_the_same_uuid_is_unregistered_and_does_not_cover_itself() {
        Observation clone = guest(Assets.uuid(1), "999", "disk-999", "52:54:00:00:99:99");
        Comparison cloned = Comparison.of(ONE).listed(guest(1, IP)).and(clone);
        assertThat(cloned.states()).containsExactlyInAnyOrder(MATCHED, UNREGISTERED);
        assertThat(cloned.picture().assets()).isEqualTo(new Share(1, 2));
    }

    @Test
    void a_clone_that_took_the_cards_too_makes_both_doubtful() {
        Observation clone = guest(Assets.uuid(1), "999", "disk-999", "52:54:00:00:00:01");
        assertThat(Comparison.of(ONE).listed(guest(1, IP)).and(clone).states()).containsExactly(DUPLICATE);
    }

    @Test
    void a_cloned_card_alone_confuses_nobody() {
        Observation other = guest("", "999", "disk-999", "52:54:00:00:00:01");
        assertThat(Comparison.of(ONE).listed(guest(1, IP)).and(other).states())
                .containsExactlyInAnyOrder(MATCHED, UNREGISTERED);
    }

    @Test
    void a_number_that_is_used_again_does_not_inherit_the_registration() {
        Observation successor = guest(Assets.uuid(77), "101", "disk-77", "52:54:00:00:00:77");
        assertThat(Comparison.of(ONE).listed(successor).states()).containsExactly(CONTRADICTING);
        assertThat(Comparison.of(ONE).listed(successor).picture().assets()).isEqualTo(new Share(0, 1));
    }

    @Test
    void a_number_that_is_used_again_with_its_disk_name_is_still_another_guest() {
        Registered before = row(Assets.onProxmox(record(1, 1, LONG_AGO), "local-lvm:vm-101-disk-0"), LONG_AGO);
        Observation successor = guest(Assets.uuid(77), "101", "local-lvm:vm-101-disk-0", "52:54:00:00:00:77");
        assertThat(Comparison.of(before).listed(successor).states()).containsExactly(CONTRADICTING);
        Registered bare =
                row(Assets.onProxmox(Assets.fourColumns(record(1, 1, LONG_AGO)), "local-lvm:vm-101-disk-0"), LONG_AGO);
        assertThat(Comparison.of(bare).listed(successor).states()).containsExactly(CONTRADICTING);
    }

    @Test
    void a_renamed_guest_stays_the_one_it_is() {
        Observation renamed = guest(Assets.uuid(1), "renamed", "disk-1", "52:54:00:00:00:01");
        assertThat(Comparison.of(ONE).listed(renamed).states()).containsExactly(MATCHED);
    }

    @Test
    void two_registrations_of_one_guest_are_both_refused_belief() {
        Registered twice = row(named(record(1, 1, LONG_AGO), "vps-invented-other1"), LONG_AGO);
        Comparison both = Comparison.of(ONE, twice).listed(guest(1, IP));
        assertThat(both.states()).containsExactly(DUPLICATE, DUPLICATE);
        assertThat(both.picture().assets()).isEqualTo(new Share(0, 1));
    }

    @Test
    void who_names_the_guest_of_another_first_has_a_contradiction_and_no_coverage() {
        Comparison taken = Comparison.of(ONE).listed(guest(1, IP)).rentedTo(Optional.of(Assets.OTHER));
        assertThat(taken.states()).containsExactly(CONTRADICTING);
        assertThat(taken.picture().assets()).isEqualTo(Share.NONE);
        Reconciled.Picture rightful =
                Objects.requireNonNull(taken.decide().pictures().get(Assets.OTHER));
        assertThat(rightful.findings()).extracting(Finding::state).containsExactly(UNREGISTERED);
        assertThat(rightful.assets()).isEqualTo(new Share(0, 1));
    }

    @Test
    void an_address_that_nobody_registered_lowers_the_share_of_addresses_only() {
        Comparison more = Comparison.of(ONE).listed(guest(1, IP, "192.0.2.200"));
        assertThat(more.picture().assets()).isEqualTo(new Share(1, 1));
        assertThat(more.picture().addresses()).isEqualTo(new Share(1, 2));
    }

    @Test
    void every_guest_is_counted_once_and_no_registration_is_lost() {
        for (int vps = 1; vps <= 60; vps++) {
            List<Registered> rows = new ArrayList<>();
            List<Observation> guests = new ArrayList<>();
            for (int i = 1; i <= vps; i++) {
                if (i % 3 != 0) {
                    rows.add(row(record(i, i, LONG_AGO), LONG_AGO));
                }
                if (i % 4 != 0) {
                    guests.add(guest(i));
                }
            }
            Reconciled.Picture picture = Comparison.of(rows.toArray(Registered[]::new))
                    .listed(guests.toArray(Observation[]::new))
                    .picture();
            assertThat(picture.assets().total()).isEqualTo(guests.size());
            assertThat(picture.counts().matched() + picture.counts().ghost()).isEqualTo(rows.size());
            assertThat(picture.assets().covered()).isEqualTo(picture.counts().matched());
            assertThat(picture.counts().unregistered())
                    .isEqualTo(guests.size() - picture.counts().matched());
        }
    }

    @Test
    void a_finding_dates_from_the_later_of_registration_and_first_sight_and_names_where_it_was_said_to_be() {
        Registered young = row(record(1, 1, NOW.minus(Duration.ofHours(2)), ip(IP)), NOW.minus(Duration.ofHours(2)));
        Finding registeredLater =
                Comparison.of(young).listed(guest(1, IP)).picture().findings().get(0);
        assertThat(registeredLater.since()).isEqualTo(NOW.minus(Duration.ofHours(2)));
        Observation seenLater = Assets.guest(1, NOW.minus(Duration.ofHours(3)), NOW, IP);
        Finding seen = Comparison.of(ONE).listed(seenLater).picture().findings().get(0);
        assertThat(seen.since()).isEqualTo(NOW.minus(Duration.ofHours(3)));

        Registered onNode = row(Assets.onNode(record(1, 1, LONG_AGO, ip(IP)), "node9"), LONG_AGO);
        assertThat(Comparison.of(onNode).picture().findings().get(0).node()).contains("node9");
    }

    @Test
    void an_unregistered_guest_is_named_by_uuid_only_where_it_has_one() {
        Finding named = Comparison.of().listed(guest(1)).picture().findings().get(0);
        assertThat(named.uuid()).contains(Assets.uuid(1));
        Finding nameless = Comparison.of()
                .listed(guest("", "107", "disk-7", "52:54:00:00:00:07"))
                .picture()
                .findings()
                .get(0);
        assertThat(nameless.uuid()).isEmpty();
    }

    @Test
    void an_unregistered_guest_makes_a_picture_of_a_landlord_who_registered_nothing() {
        assertThat(Comparison.of().listed(guest(1)).decide().pictures()).containsOnlyKeys(Assets.RESELLER);
    }
}
