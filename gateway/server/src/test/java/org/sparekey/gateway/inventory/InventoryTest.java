// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.gateway.Rooms;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.IpPrefix;

/** Over a real PostgreSQL and the image-file driver. */
class InventoryTest {

    private static final Instant START = Instant.parse("2026-03-10T12:00:00.000Z");
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final IpPrefix ADDRESS = IpPrefix.parse("192.0.2.7");
    private static final String UUID_1 = "00000000-0000-4000-8000-000000000001";

    @TempDir
    static Path directory;

    private static Rooms rooms;

    @BeforeAll
    static void start() {
        rooms = Rooms.start(directory, START, true);
    }

    @AfterAll
    static void stop() {
        rooms.close();
    }

    @BeforeEach
    void begin() {
        rooms.forget();
        rooms.clock().set(START);
        rooms.guests(List.of());
    }

    @Test
    void the_landlord_is_found_by_the_prefix_that_was_rented_at_that_instant() {
        assertThat(imported("PREFIX,192.0.2.0/28,palmstrand," + at(0) + "," + at(2)))
                .isEqualTo(new Imported.Done(1));
        assertThat(imported("PREFIX,192.0.2.0/24,duinrand," + at(2) + ",")).isEqualTo(new Imported.Done(1));
        assertThat(inventory().landlord(ADDRESS, time(0))).contains(new PartyId("palmstrand"));
        assertThat(inventory().landlord(ADDRESS, time(2).minusMillis(1))).contains(new PartyId("palmstrand"));
        assertThat(inventory().landlord(ADDRESS, time(2))).contains(new PartyId("duinrand"));
        assertThat(inventory().landlord(ADDRESS, time(0).minusMillis(1))).isEmpty();
        assertThat(inventory().landlord(IpPrefix.parse("192.0.3.7"), time(2))).isEmpty();
    }

    @Test
    void a_correction_does_not_change_what_was_known_before() {
        imported("PREFIX,192.0.2.0/28,palmstrand," + at(0) + ",");
        rooms.clock().set(time(5));
        imported("PREFIX,192.0.2.0/28,palmstrand," + at(0) + "," + at(3));
        assertThat(inventory().landlord(ADDRESS, time(4))).isEmpty();
        assertThat(inventory().assignments(ADDRESS, time(4)).get(0).holdsAt(time(4)))
                .isTrue();
    }

    @Test
    void a_file_with_one_bad_row_imports_nothing_and_a_good_one_is_in_the_log() {
        long before = imports();
        assertThat(imported("PREFIX,192.0.2.0/28,palmstrand," + at(0) + ",\r\nPREFIX,x,palmstrand," + at(0) + ","))
                .isInstanceOf(Imported.Refused.class);
        assertThat(inventory().landlord(ADDRESS, time(1))).isEmpty();
        assertThat(imports()).isEqualTo(before);
        imported("PREFIX,192.0.2.0/28,palmstrand," + at(0) + ",");
        assertThat(imports()).isEqualTo(before + 1);
    }

    @Test
    void an_unchanged_guest_is_one_interval_however_often_it_is_seen() {
        rooms.guests(List.of(guest("disk-1", List.of("192.0.2.7"))));
        look(3);
        assertThat(intervals()).containsExactly(List.of(time(0), time(2)));
        assertThat(inventory().observations(ADDRESS)).hasSize(1);
        assertThat(inventory().running()).hasSize(1);
    }

    @Test
    void a_changed_guest_begins_a_new_interval() {
        rooms.guests(List.of(guest("disk-1", List.of())));
        look(2);
        rooms.guests(List.of(guest("disk-2", List.of())));
        rooms.clock().set(time(2));
        inventory().observe();
        assertThat(intervals()).containsExactlyInAnyOrder(List.of(time(0), time(1)), List.of(time(2), time(2)));
    }

    @Test
    void a_listing_that_fails_changes_nothing_and_removes_nobody() {
        rooms.guests(List.of(guest("disk-1", List.of())));
        look(1);
        rooms.hypervisorAway();
        rooms.clock().set(time(1));
        assertThat(inventory().observe()).isInstanceOf(Poll.Incomplete.class);
        assertThat(intervals()).containsExactly(List.of(time(0), time(0)));
        rooms.guests(List.of(guest("disk-1", List.of())));
        rooms.clock().set(time(2));
        inventory().observe();
        assertThat(intervals()).containsExactly(List.of(time(0), time(2)));
    }

    @Test
    void after_a_long_gap_nothing_is_said_about_the_time_between() {
        rooms.guests(List.of(guest("disk-1", List.of())));
        look(1);
        Instant late = START.plus(Inventory.MAX_GAP).plusMillis(1);
        rooms.clock().set(late);
        assertThat(inventory().running()).isEmpty();
        inventory().observe();
        assertThat(intervals()).containsExactlyInAnyOrder(List.of(time(0), time(0)), List.of(late, late));
        assertThat(inventory().running()).hasSize(1);
    }

    @Test
    void a_guest_that_is_gone_is_not_running_any_more_and_stays_in_history() {
        rooms.guests(List.of(guest("disk-1", List.of())));
        look(1);
        rooms.guests(List.of());
        rooms.clock().set(time(1));
        assertThat(inventory().observe()).isEqualTo(new Poll.Complete(time(1), 0));
        assertThat(inventory().running()).isEmpty();
        assertThat(inventory().observations("cluster-a", Optional.empty(), Optional.of("101")))
                .hasSize(1);
    }

    @Test
    void the_live_guest_is_asked_of_the_hypervisor_itself() throws IOException {
        rooms.guests(List.of(guest("disk-1", List.of())));
        assertThat(inventory().guest("cluster-a", UUID_1)).isPresent();
        assertThat(inventory().guest("cluster-b", UUID_1)).isEmpty();
    }

    private static Inventory inventory() {
        return rooms.bean(Inventory.class);
    }

    private static void look(int times) {
        for (int i = 0; i < times; i++) {
            rooms.clock().set(time(i));
            inventory().observe();
        }
    }

    private static List<List<Instant>> intervals() {
        return inventory().observations("cluster-a", Optional.of(UUID_1), Optional.empty()).stream()
                .map(seen -> List.of(seen.seenFrom(), seen.seenTo()))
                .toList();
    }

    private static Imported imported(String row) {
        String csv = "kind,value,reseller,from,to\r\n" + row + "\r\n";
        return inventory().importAssignments(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static long imports() {
        return rooms.entries("inventory.assignments-imported");
    }

    private static ImageDirectory.Entry guest(String disk, List<String> addresses) {
        return new ImageDirectory.Entry(
                "guest-1",
                UUID.fromString(UUID_1),
                "101",
                Optional.of(true),
                List.of(new ImageDirectory.DiskEntry("vda", "raw", disk)),
                List.of("52:54:00:00:00:01"),
                addresses);
    }

    private static Instant time(int steps) {
        return START.plus(STEP.multipliedBy(steps));
    }

    private static String at(int steps) {
        return Wire.text(time(steps));
    }
}
