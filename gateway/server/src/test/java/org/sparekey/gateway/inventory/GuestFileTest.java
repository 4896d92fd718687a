// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;

class GuestFileTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String HEADER = "kind,node,vm,uuid,state,disks,macs,addresses\n";
    private static final String SHOP = "VM,node-1,101,6F0E8B1A-0000-4000-8000-000000000101,RUNNING,/vm/a /vm/b,"
            + "52:54:00:00:00:01,192.0.2.7 2001:db8::7\n";
    private static final String MAIL = "CONTAINER,,102,,STOPPED,,,\n";

    @TempDir
    Path directory;

    @Test
    void guests_are_read_with_what_identifies_them() throws IOException {
        Listing listing = listing(HEADER + SHOP + MAIL + "END,,2,,,,,\n", Duration.ZERO);
        assertThat(listing.complete()).isTrue();
        ListedGuest shop = listing.guests().get(0);
        assertThat(shop.node()).contains("node-1");
        assertThat(shop.uuid()).contains("6f0e8b1a-0000-4000-8000-000000000101");
        assertThat(shop.diskIds()).containsExactly("/vm/a", "/vm/b");
        assertThat(shop.addresses()).containsExactly("192.0.2.7", "2001:db8::7");
        assertThat(shop.running()).isTrue();
        ListedGuest mail = listing.guests().get(1);
        assertThat(mail.kind()).isEqualTo(ListedGuest.Kind.CONTAINER);
        assertThat(mail.uuid()).isEmpty();
        assertThat(mail.running()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                HEADER,
                HEADER + SHOP,
                HEADER + SHOP + "END,,2,,,,,\n",
                HEADER + SHOP + SHOP + "END,,2,,,,,\n",
                HEADER + "END,,1,,,,,\n" + SHOP,
                HEADER + SHOP + "END,,1,,,,,\nEND,,1,,,,,\n",
                HEADER + "VM,,101,,PAUSED,,,\nEND,,1,,,,,\n",
                HEADER + "PHONE,,101,,RUNNING,,,\nEND,,1,,,,,\n",
                "kind,vm\nEND,0\n",
                HEADER + "END,,-1,,,,,\n"
            })
    void half_a_file_is_no_listing(String csv) throws IOException {
        Listing listing = listing(csv, Duration.ZERO);
        assertThat(listing.guests()).isEmpty();
        assertThat(listing.gaps()).containsExactly(new Gap("guests.csv", Gap.Reason.MALFORMED));
    }

    @Test
    void an_empty_cluster_is_a_complete_listing_of_nothing() throws IOException {
        assertThat(listing(HEADER + "END,,0,,,,,\n", Duration.ZERO).complete()).isTrue();
    }

    @Test
    void a_file_that_nobody_writes_any_more_says_nothing() throws IOException {
        String csv = HEADER + "END,,0,,,,,\n";
        assertThat(listing(csv, Inventory.MAX_GAP).complete()).isTrue();
        assertThat(listing(csv, Inventory.MAX_GAP.plusMillis(1)).gaps())
                .containsExactly(new Gap("guests.csv", Gap.Reason.UNREACHABLE));
        assertThat(new GuestFile("ams", directory.resolve("none.csv"), () -> NOW)
                        .list()
                        .gaps())
                .containsExactly(new Gap("none.csv", Gap.Reason.UNREACHABLE));
    }

    private Listing listing(String csv, Duration age) throws IOException {
        Path file = Files.writeString(directory.resolve("guests.csv"), csv);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        return new GuestFile("ams", file, () -> NOW).list();
    }
}
