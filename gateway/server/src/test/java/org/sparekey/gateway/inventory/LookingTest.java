// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.GuestSource;
import org.sparekey.capture.listing.Identifiers;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;
import org.sparekey.gateway.Rooms;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Several sources, half listings, and what follows from them; over a real PostgreSQL. */
class LookingTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final String A = "00000000-0000-4000-8000-00000000000a";
    private static final String B = "00000000-0000-4000-8000-00000000000b";

    @TempDir
    static Path directory;

    private static Rooms rooms;

    private final Scripted ams = new Scripted("ams");
    private final Scripted rtm = new Scripted("rtm");
    private int steps;

    @BeforeAll
    static void start() {
        rooms = Rooms.start(directory, START, false);
    }

    @AfterAll
    static void stop() {
        rooms.close();
    }

    @BeforeEach
    void begin() {
        rooms.forget();
    }

    /** Says what the test lets it say. */
    private static final class Scripted implements GuestSource {

        private final String cluster;
        private Listing next;

        Scripted(String cluster) {
            this.cluster = cluster;
            this.next = new Listing(cluster, List.of(), List.of());
        }

        @Override
        public String name() {
            return "scripted " + cluster;
        }

        @Override
        public Listing list() {
            return next;
        }

        void says(ListedGuest... guests) {
            next = new Listing(cluster, List.of(guests), List.of());
        }

        void saysHalf(ListedGuest... guests) {
            next = new Listing(cluster, List.of(guests), List.of(new Gap("node-2", Gap.Reason.NODE_OFFLINE)));
        }
    }

    @Test
    void a_guest_that_half_a_listing_leaves_out_is_still_there() {
        ams.says(guest("101", A), guest("102", B));
        assertThat(look()).isInstanceOf(Poll.Complete.class);
        ams.saysHalf(guest("101", A));
        assertThat(look()).isInstanceOf(Poll.Incomplete.class);
        assertThat(there()).containsExactlyInAnyOrder("101", "102");
        assertThat(standing().completeAt()).containsEntry("ams", at(0));
        assertThat(standing().gapped()).containsExactly("scripted ams");
        assertThat(standing().whole()).isFalse();
        ams.says(guest("101", A));
        look();
        assertThat(there()).containsExactly("101");
        assertThat(standing().whole()).isTrue();
    }

    @Test
    void after_too_long_without_a_whole_listing_only_what_was_seen_lately_counts_and_nothing_is_complete() {
        ams.says(guest("101", A), guest("102", B));
        look();
        ams.saysHalf(guest("101", A));
        for (int i = 0; i < 4; i++) {
            look();
        }
        assertThat(there()).containsExactly("101");
        assertThat(standing().completeAt()).doesNotContainKey("ams");
    }

    @Test
    void a_renamed_guest_is_one_guest_also_in_half_a_listing() {
        ams.says(guest("shop", A), guest("mail", B));
        look();
        ams.saysHalf(guest("webshop", A));
        look();
        assertThat(there()).containsExactlyInAnyOrder("webshop", "mail");
    }

    @Test
    void a_number_that_is_used_again_is_the_new_guest_also_in_half_a_listing() {
        ams.says(guest("101", A));
        look();
        ams.saysHalf(guest("101", B));
        look();
        assertThat(standing().guests()).extracting(Observation::uuid).containsExactly(B);
        assertThat(standing().guests().get(0).seenFrom()).isEqualTo(at(1));
    }

    @Test
    void a_guest_that_is_listed_on_two_hosts_while_it_moves_is_one_guest() {
        ams.says(guest("101", A, "node-1", false), guest("101", A, "node-2", true));
        look();
        assertThat(standing().guests()).extracting(Observation::node).containsExactly(Optional.of("node-2"));
    }

    @Test
    void one_source_that_is_away_does_not_keep_another_from_being_believed() {
        ams.says(guest("101", A));
        rtm.saysHalf();
        assertThat(look()).isInstanceOf(Poll.Incomplete.class);
        assertThat(there()).containsExactly("101");
        assertThat(standing().completeAt()).containsOnlyKeys("ams");
    }

    @Test
    void ten_thousand_unchanged_guests_are_one_interval_each() {
        List<ListedGuest> fleet = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            fleet.add(guest(Integer.toString(i), "00000000-0000-4000-8000-%012d".formatted(i)));
        }
        ams.says(fleet.toArray(ListedGuest[]::new));
        look();
        look();
        assertThat(standing().guests())
                .hasSize(10_000)
                .allMatch(one -> one.seenFrom().equals(at(0)));
        assertThat(rooms.jdbc()
                        .sql("SELECT count(*) FROM inventory_observation")
                        .query(Long.class)
                        .single())
                .isEqualTo(10_000);
    }

    private Poll look() {
        rooms.clock().set(at(steps));
        return looking().look(at(steps++));
    }

    private List<String> there() {
        return standing().guests().stream().map(Observation::vmId).toList();
    }

    private Standing standing() {
        return looking().standing(at(steps - 1));
    }

    private Looking looking() {
        return new Looking(
                List.of(ams, rtm),
                new ListingTable(rooms.jdbc()),
                new ObservationTable(rooms.jdbc()),
                new TransactionTemplate(rooms.bean(PlatformTransactionManager.class)));
    }

    private static Instant at(int step) {
        return START.plus(STEP.multipliedBy(step));
    }

    private static ListedGuest guest(String vmId, String uuid) {
        return guest(vmId, uuid, "node-1", true);
    }

    private static ListedGuest guest(String vmId, String uuid, String node, boolean running) {
        return ListedGuest.of(
                "scripted",
                ListedGuest.Kind.VM,
                "ams",
                Optional.of(node),
                vmId,
                vmId,
                Optional.of(uuid),
                running,
                Identifiers.of(Stream.of("/vm/" + uuid), Stream.of(), Stream.of()));
    }
}
