// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.IpPrefix;
import tools.jackson.databind.JsonNode;

/** What identifies a guest in its Proxmox VE configuration: property strings of {@code key=value} between commas. */
final class ProxmoxConfig {

    private static final Pattern UUID =
            Pattern.compile("(?:^|,)uuid=([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");
    private static final Pattern MAC = Pattern.compile("(?:^|[=,])([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5})(?:,|$)");
    private static final Pattern IP = Pattern.compile("(?:^|,)ip6?=([0-9a-fA-F.:]+)(?:/[0-9]+)?(?:,|$)");
    private static final Pattern DISK_NAME =
            Pattern.compile("(?:ide|sata|scsi|virtio|efidisk|tpmstate|mp)[0-9]+|rootfs");

    private final JsonNode config;

    private ProxmoxConfig(JsonNode config) {
        this.config = config;
    }

    static Guest guest(AssetKind kind, String vm, String node, boolean running, JsonNode config) {
        ProxmoxConfig read = new ProxmoxConfig(config);
        return new Guest(
                kind, vm, Optional.of(node), read.uuid(), read.macs(), read.disks(), read.addresses(), running);
    }

    private Optional<String> uuid() {
        Matcher found = UUID.matcher(text("smbios1"));
        return found.find() ? Optional.of(found.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private List<String> macs() {
        List<String> macs = new ArrayList<>();
        for (String network : properties("net[0-9]+")) {
            Matcher found = MAC.matcher(network);
            String mac = found.find() ? found.group(1).toLowerCase(Locale.ROOT) : "";
            if (!mac.isEmpty() && !macs.contains(mac)) {
                macs.add(mac);
            }
        }
        return macs;
    }

    /** The volume ids of what the guest can write; CD-ROMs and the cloud-init drive come and go. */
    private List<String> disks() {
        List<String> disks = new ArrayList<>();
        for (String disk : properties(DISK_NAME.pattern())) {
            String volume = disk.split(",", 2)[0].replaceFirst("^(file|volume)=", "");
            boolean medium = disk.contains("media=cdrom") || volume.contains("cloudinit") || volume.equals("none");
            if (!medium && !volume.isEmpty() && !disks.contains(volume)) {
                disks.add(volume);
            }
        }
        return disks;
    }

    /** What cloud-init (ipconfigN) or the container's network line sets; dhcp, auto and manual say nothing. */
    private List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (String line : properties("(?:ipconfig|net)[0-9]+")) {
            Matcher found = IP.matcher(line);
            int from = 0;
            while (found.find(from)) {
                String address = found.group(1);
                if (isAddress(address)
                        && !addresses.contains(IpPrefix.parse(address).text())) {
                    addresses.add(IpPrefix.parse(address).text());
                }
                // The comma behind one value is the one before the next.
                from = found.end(1);
            }
        }
        return addresses;
    }

    private static boolean isAddress(String text) {
        try {
            return IpPrefix.parse(text).isAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private List<String> properties(String name) {
        return config.properties().stream()
                .filter(property ->
                        property.getKey().matches(name) && property.getValue().isString())
                .sorted(Map.Entry.comparingByKey())
                .map(property -> property.getValue().asString())
                .toList();
    }

    private String text(String name) {
        JsonNode value = config.path(name);
        return value.isString() ? value.asString() : "";
    }
}
