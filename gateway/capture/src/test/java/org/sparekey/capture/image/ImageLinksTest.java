// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;
import org.sparekey.capture.LinksContract;
import org.sparekey.capture.TestImages;
import org.sparekey.protocol.evidence.GuestLinks;

class ImageLinksTest {

    @TempDir
    Path temp;

    private TestImages images;

    @BeforeEach
    void images() throws IOException {
        images = new TestImages(temp.resolve("images"));
    }

    @Test
    void the_contract_of_links_holds() throws IOException {
        UUID mail = images.hypervisor().guests().getLast().uuid();
        new LinksContract(images.hypervisor(), TestImages.SHOP, mail).holds();
    }

    @Test
    void what_is_only_recorded_says_so() throws IOException {
        GuestLinks links = images.hypervisor().isolate(images.shop());

        assertThat(links.reach()).isEqualTo(GuestLinks.Reach.RECORDED_ONLY);
        assertThat(Files.readString(images.path(LinkBook.FILE))).contains("recorded only");
        assertThat(images.hypervisor().links(images.shop()).cut())
                .as("another process reads it")
                .isTrue();
    }

    @Test
    void a_guest_without_an_interface_is_refused() throws IOException {
        Guest shop = images.shop();
        Guest alone = new Guest(
                shop.driver(),
                shop.cluster(),
                shop.name(),
                shop.uuid(),
                shop.vmId(),
                shop.state(),
                shop.disks(),
                List.of(),
                List.of());
        refused(CaptureRefusal.NETWORK_ABSENT, alone);
    }

    @Test
    void a_torn_book_is_refused_and_not_taken_for_an_empty_one() throws IOException {
        images.hypervisor().isolate(images.shop());
        Files.writeString(images.path(LinkBook.FILE), "{\"v\":1,\"lab");
        refused(CaptureRefusal.DESCRIPTION_MALFORMED, images.shop());
    }

    @Test
    void what_was_down_before_stays_down_and_what_came_since_is_left_alone() throws IOException {
        GuestLinks.Link down = new GuestLinks.Link("52:54:00:00:00:01", Optional.empty(), Optional.of(false));
        GuestLinks before = new GuestLinks(GuestLinks.Reach.RECORDED_ONLY, List.of(down));
        images.hypervisor().isolate(images.shop());

        assertThat(images.hypervisor().restore(images.shop(), before).links()).containsExactly(down);
        GuestLinks nothing = new GuestLinks(GuestLinks.Reach.RECORDED_ONLY, List.of());
        assertThat(images.hypervisor().restore(images.shop(), nothing).links()).containsExactly(down);
    }

    private void refused(CaptureRefusal refusal, Guest guest) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> images.hypervisor().isolate(guest))
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
