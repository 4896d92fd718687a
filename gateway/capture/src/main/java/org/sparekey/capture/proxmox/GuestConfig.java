// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.proxmox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparekey.capture.listing.Identifiers;
import tools.jackson.databind.JsonNode;

/**
 * A guest's configuration as {@code /nodes/NODE/qemu|lxc/VMID/config} gives it: keys with property strings
 * ({@code virtio=BC:24:11:00:00:01,bridge=vmbr0}). Only what identifies is read.
 */
final class GuestConfig {

    private static final Pattern NETWORK = Pattern.compile("net[0-9]{1,2}");
    private static final Pattern CLOUD_INIT = Pattern.compile("ipconfig[0-9]{1,2}");
    private static final Pattern STORAGE =
            Pattern.compile("(ide|sata|scsi|virtio|efidisk|tpmstate|mp)[0-9]{1,3}|rootfs");

    /** Before the MAC in a virtual machine's network key; a container says {@code hwaddr}. */
    private static final Pattern MODEL = Pattern.compile(
            "(virtio|e1000|e1000e|e1000-82540em|e1000-82544gc|e1000-82545em|i82551|i82557b|i82559er|ne2k_isa|ne2k_pci"
                    + "|pcnet|rtl8139|vmxnet3|hwaddr|macaddr)");

    private final Map<String, String> values = new HashMap<>();

    GuestConfig(JsonNode data) {
        data.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asString("")));
    }

    /** Of {@code smbios1}; a container has none. */
    Optional<String> uuid() {
        return Optional.ofNullable(
                        properties(values.getOrDefault("smbios1", "")).get("uuid"))
                .flatMap(Identifiers::uuid);
    }

    boolean template() {
        return values.getOrDefault("template", "").equals("1");
    }

    Identifiers identifiers() {
        return Identifiers.of(storage(), macs(), addresses());
    }

    /**
     * A CD-ROM is not the guest's own, and {@code none} is no volume. A cloud-init image is made anew at each start, and a
     * folder of the host may be mounted into any number of containers.
     */
    private Stream<String> storage() {
        return of(STORAGE)
                .filter(value -> !"cdrom".equals(properties(value).get("media")))
                .map(GuestConfig::volume)
                .filter(volume -> !volume.equals("none") && !volume.contains("cloudinit"))
                .filter(volume -> !volume.startsWith("/") || volume.startsWith("/dev/"));
    }

    private Stream<String> macs() {
        return of(NETWORK)
                .flatMap(value -> properties(value).entrySet().stream()
                        .filter(property -> MODEL.matcher(property.getKey()).matches())
                        .map(Map.Entry::getValue));
    }

    /** What the hoster configured: {@code ip=} and {@code ip6=} of cloud-init and of containers' cards. */
    private Stream<String> addresses() {
        return Stream.concat(of(CLOUD_INIT), of(NETWORK)).flatMap(value -> {
            Map<String, String> properties = properties(value);
            return Stream.of("ip", "ip6").flatMap(key -> Optional.ofNullable(properties.get(key)).stream());
        });
    }

    private Stream<String> of(Pattern keys) {
        return values.entrySet().stream()
                .filter(entry -> keys.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .sorted();
    }

    /** The key of the first property may be left out, and it need not stand first. */
    private static String volume(String value) {
        Map<String, String> properties = properties(value);
        String named = properties.getOrDefault("file", properties.getOrDefault("volume", ""));
        return named.isEmpty() ? parts(value).get(0) : named;
    }

    private static Map<String, String> properties(String value) {
        Map<String, String> properties = new HashMap<>();
        for (String part : parts(value)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                properties.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return properties;
    }

    private static List<String> parts(String value) {
        return new ArrayList<>(List.of(value.split(",", -1)));
    }
}
