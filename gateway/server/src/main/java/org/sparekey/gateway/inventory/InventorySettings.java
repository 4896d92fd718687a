// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param interval between two looks at the hypervisors; at most 15 minutes (3-signed-api, Reconciliation)
 * @param run false where a test takes the steps by hand
 * @param libvirt further clusters of libvirt hosts, beside that of the capture driver
 * @param proxmox clusters of Proxmox VE
 * @param csv clusters that the hoster lists himself, see {@link GuestFile}
 */
@ConfigurationProperties("sparekey.inventory")
record InventorySettings(
        @DefaultValue("5m") Duration interval,
        @DefaultValue("true") boolean run,
        @DefaultValue List<Libvirt> libvirt,
        @DefaultValue List<Proxmox> proxmox,
        @DefaultValue List<Csv> csv) {

    static final Duration LONGEST = Duration.ofMinutes(15);

    InventorySettings {
        libvirt = List.copyOf(libvirt);
        proxmox = List.copyOf(proxmox);
        csv = List.copyOf(csv);
        if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "sparekey.inventory.interval is more than nothing and at most 15 minutes");
        }
        List<String> clusters = Stream.of(
                        libvirt.stream().map(Libvirt::cluster),
                        proxmox.stream().map(Proxmox::cluster),
                        csv.stream().map(Csv::cluster))
                .flatMap(names -> names)
                .toList();
        if (clusters.stream().distinct().count() != clusters.size()) {
            throw new IllegalArgumentException("sparekey.inventory: two sources list one cluster");
        }
    }

    /** @param hosts at least one; a host with virtual machines and containers is named twice */
    record Libvirt(String cluster, List<Host> hosts) {}

    /**
     * @param uri as {@code virsh -c} takes it: {@code qemu:///system}, {@code lxc:///system}, {@code qemu+ssh://host/system}
     * @param node what registrations call the host
     */
    record Host(String uri, @Nullable String node) {}

    /**
     * @param tokenFile {@code USER@REALM!TOKENID=SECRET}; a role with {@code VM.Audit} on {@code /vms} and
     *     {@code Sys.Audit} on {@code /} is enough and all it should have
     * @param ca the cluster's {@code pve-root-ca.pem}
     */
    record Proxmox(String cluster, URI origin, Path tokenFile, Path ca) {}

    record Csv(String cluster, Path file) {}
}
