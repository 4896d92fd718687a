// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

import java.io.IOException;
import java.util.List;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;

/** What a driver that also captures lists: all of it, or nothing. It learns its cluster's name from the first guest. */
public final class HypervisorListing implements GuestSource {

    private final Hypervisor hypervisor;
    private volatile String cluster = "";

    public HypervisorListing(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    @Override
    public String name() {
        return hypervisor.driver();
    }

    @Override
    public Listing list() {
        try {
            List<Guest> guests = hypervisor.guests();
            cluster = guests.stream().map(Guest::cluster).findFirst().orElse(cluster);
            return new Listing(cluster, guests.stream().map(ListedGuest::of).toList(), List.of());
        } catch (IOException away) {
            return new Listing(cluster, List.of(), List.of(new Gap(name(), Gap.Reason.UNREACHABLE)));
        }
    }
}
