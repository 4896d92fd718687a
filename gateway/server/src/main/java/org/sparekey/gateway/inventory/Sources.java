// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.libvirt.LibvirtListing;
import org.sparekey.capture.libvirt.LibvirtSettings;
import org.sparekey.capture.listing.GuestSource;
import org.sparekey.capture.listing.HypervisorListing;
import org.sparekey.capture.proxmox.ProxmoxListing;
import org.sparekey.capture.proxmox.ProxmoxSettings;

/** Every place that is asked for guests. */
final class Sources {

    private Sources() {}

    /** The libvirt that captures is listed like any other: a guest it cannot read must not hide the rest. */
    static List<GuestSource> of(
            HypervisorSettings capture,
            Optional<Hypervisor> hypervisor,
            InventorySettings settings,
            InstantSource clock) {
        List<GuestSource> sources = new ArrayList<>();
        if ("libvirt".equals(capture.driver())) {
            LibvirtSettings own = capture.libvirtSettings();
            sources.add(new LibvirtListing(own.cluster(), List.of(new LibvirtListing.Host(Optional.empty(), own))));
        } else {
            hypervisor.map(HypervisorListing::new).ifPresent(sources::add);
        }
        settings.libvirt().forEach(one -> sources.add(libvirt(one)));
        settings.proxmox()
                .forEach(one -> sources.add(new ProxmoxListing(
                        new ProxmoxSettings(one.cluster(), one.origin(), one.tokenFile(), one.ca()))));
        settings.csv().forEach(one -> sources.add(new GuestFile(one.cluster(), one.file(), clock)));
        return List.copyOf(sources);
    }

    private static LibvirtListing libvirt(InventorySettings.Libvirt settings) {
        return new LibvirtListing(
                settings.cluster(),
                settings.hosts().stream()
                        .map(host -> new LibvirtListing.Host(
                                Optional.ofNullable(host.node()),
                                LibvirtSettings.listing(host.uri(), settings.cluster())))
                        .toList());
    }
}
