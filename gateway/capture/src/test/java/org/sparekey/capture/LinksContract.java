// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.sparekey.protocol.evidence.GuestLinks;

/** What every driver keeps about the links of a guest, whatever a link is there. */
public record LinksContract(Hypervisor hypervisor, UUID target, UUID neighbour) {

    public void holds() throws IOException {
        GuestLinks before = links(target);
        GuestLinks others = links(neighbour);
        assertThat(before.links()).isNotEmpty();
        assertThat(before.cut()).isFalse();

        GuestLinks cut = hypervisor.isolate(guest(target));
        assertThat(cut.cut()).isTrue();
        assertThat(cut.links())
                .extracting(GuestLinks.Link::mac)
                .containsExactlyElementsOf(guest(target).macs());
        assertThat(links(target)).as("read again").isEqualTo(cut);
        assertThat(hypervisor.isolate(guest(target))).as("a second time").isEqualTo(cut);
        assertThat(links(neighbour)).as("the neighbour").isEqualTo(others);
        assertThat(guest(target).configurationHash())
                .as("what officers signed for")
                .isEqualTo(guest(target).configurationHash());

        assertThat(hypervisor.restore(guest(target), before)).isEqualTo(before);
        assertThat(hypervisor.restore(guest(target), before))
                .as("a second time")
                .isEqualTo(before);
        assertThat(links(target)).isEqualTo(before);
        assertThat(links(neighbour)).as("the neighbour").isEqualTo(others);
    }

    private GuestLinks links(UUID uuid) throws IOException {
        return hypervisor.links(guest(uuid));
    }

    private Guest guest(UUID uuid) throws IOException {
        return hypervisor.guests().stream()
                .filter(guest -> guest.uuid().equals(uuid))
                .findFirst()
                .orElseThrow();
    }
}
