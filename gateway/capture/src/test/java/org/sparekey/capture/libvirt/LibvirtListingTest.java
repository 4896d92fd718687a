// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Tools;
import org.sparekey.capture.listing.Gap;
import org.sparekey.capture.listing.ListedGuest;
import org.sparekey.capture.listing.Listing;
import org.sparekey.testkit.guest.TestGuests;

class LibvirtListingTest {

    private static final String GOOD = "6f0e8b1a-0000-4000-8000-000000000101";
    private static final String BAD = "6f0e8b1a-0000-4000-8000-000000000102";

    @TempDir
    Path directory;

    @Test
    void running_and_defined_guests_and_containers_are_listed_from_the_daemon_itself() throws Exception {
        Tools.require("virsh", "libvirtd", "virtlogd", "qemu-system-x86_64", "mke2fs", "busybox");
        try (TestGuests guests = TestGuests.start(InstantSource.system(), "listed")) {
            String defined = "<domain type='qemu'><name>asleep</name><uuid>" + GOOD + "</uuid>"
                    + "<memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os><devices>"
                    + "<disk type='file' device='disk'><source file='/nowhere/asleep.raw'/><target dev='vda'/></disk>"
                    + "</devices></domain>";
            Path xml = Files.writeString(guests.directory().resolve("asleep.xml"), defined);
            guests.virsh("define", xml.toString());
            try {
                Listing listing =
                        new LibvirtListing("ams-1", List.of(host(LibvirtSettings.debian("ams-1", directory)))).list();
                assertThat(listing.complete()).as(listing.gaps().toString()).isTrue();
                ListedGuest live = guest(listing, "listed");
                assertThat(live.running()).isTrue();
                assertThat(live.uuid()).contains(guests.guest("listed").uuid().toString());
                assertThat(live.diskIds())
                        .containsExactly(guests.guest("listed").disk().toString());
                ListedGuest asleep = guest(listing, "asleep");
                assertThat(asleep.running()).isFalse();
                assertThat(asleep.diskIds()).containsExactly("/nowhere/asleep.raw");
            } finally {
                guests.virsh("undefine", "asleep");
            }
        }
    }

    @Test
    void one_unreadable_description_is_a_gap_and_the_other_guests_are_listed() throws IOException {
        Listing listing = listing("""
            case "$*" in
              *--state-running*) echo %1$s;;
              *list*) echo %1$s; echo %2$s;;
              *dumpxml*%1$s*) echo "<domain type='lxc'><name>ct</name><uuid>%1$s</uuid></domain>";;
              *) echo "<domain>";;
            esac
            """.formatted(GOOD, BAD));
        assertThat(listing.guests()).extracting(ListedGuest::vmId).containsExactly("ct");
        assertThat(listing.guests().get(0).kind()).isEqualTo(ListedGuest.Kind.CONTAINER);
        assertThat(listing.guests().get(0).node()).contains("host-1");
        assertThat(listing.gaps()).containsExactly(new Gap(BAD, Gap.Reason.MALFORMED));
    }

    @Test
    void a_host_that_is_away_is_a_gap() throws IOException {
        assertThat(listing("exit 1").gaps()).containsExactly(new Gap("host-1", Gap.Reason.UNREACHABLE));
    }

    @Test
    void a_guest_that_comes_while_the_guests_are_listed_is_a_gap() throws IOException {
        Path count = directory.resolve("count");
        Listing listing = listing("""
            case "$*" in
              *--all*) test -e %1$s && echo %2$s; touch %1$s;;
            esac
            """.formatted(count, GOOD));
        assertThat(listing.guests()).isEmpty();
        assertThat(listing.gaps()).containsExactly(new Gap("host-1", Gap.Reason.CHANGED_WHILE_LISTED));
    }

    /** A stand-in for virsh, because the real one cannot be made to fail in these ways. */
    private Listing listing(String script) throws IOException {
        Path virsh = Files.writeString(directory.resolve("virsh"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(virsh, PosixFilePermissions.fromString("rwx------"));
        LibvirtSettings settings = new LibvirtSettings("test:///default", "ams-1", directory, virsh, "nobody", 100);
        return new LibvirtListing("ams-1", List.of(host(settings))).list();
    }

    private static LibvirtListing.Host host(LibvirtSettings settings) {
        return new LibvirtListing.Host(Optional.of("host-1"), settings);
    }

    private static ListedGuest guest(Listing listing, String name) {
        return listing.guests().stream()
                .filter(one -> one.vmId().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
