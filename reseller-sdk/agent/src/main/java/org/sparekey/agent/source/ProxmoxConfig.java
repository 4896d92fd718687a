// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparekey.protocol.registration.AssetKind;
import tools.jackson.databind.JsonNode;

/**
 * What identifies a guest in its Proxmox VE configuration: property strings of {@code key=value} between commas, the first
 * of which may stand without its key. Everything is taken and spelled as the hoster's inventory does.
 */
final class ProxmoxConfig {

    private static final Pattern NETWORK = Pattern.compile("net[0-9]{1,2}");
    private static final Pattern CLOUD_INIT = Pattern.compile("ipconfig[0-9]{1,2}");
    private static final Pattern STORAGE =
            Pattern.compile("(ide|sata|scsi|virtio|efidisk|tpmstate|mp)[0-9]{1,3}|rootfs");
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";
    private static final String MAC_FORM = "[0-9a-f]{2}(:[0-9a-f]{2}){5}";
    private static final String NO_MAC = "00:00:00:00:00:00";

    /** As many as a registration may name. */
    private static final int MAX_OF_A_KIND = 256;

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
        return Optional.ofNullable(
                        properties(config.path("smbios1").asString("")).get("uuid"))
                .map(uuid -> uuid.strip().toLowerCase(Locale.ROOT))
                .filter(uuid -> uuid.matches(UUID_FORM) && !uuid.equals(NO_UUID));
    }

    /** A machine's card is {@code MODEL=MAC} or has {@code macaddr}; a container's has {@code hwaddr}. */
    private List<String> macs() {
        return once(values(NETWORK)
                .flatMap(card -> properties(card).values().stream())
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter(value -> value.matches(MAC_FORM) && !value.equals(NO_MAC)));
    }

    /**
     * The volume ids of what the guest can write; CD-ROMs and the cloud-init drive come and go, and a folder of the host may
     * be mounted into any number of containers.
     */
    private List<String> disks() {
        return once(values(STORAGE)
                .filter(disk -> !"cdrom".equals(properties(disk).get("media")))
                .map(ProxmoxConfig::volume)
                .filter(volume -> !volume.isBlank() && !volume.equals("none") && !volume.contains("cloudinit"))
                .filter(volume -> !volume.startsWith("/") || volume.startsWith("/dev/")));
    }

    private static String volume(String disk) {
        Map<String, String> properties = properties(disk);
        String named = properties.getOrDefault("file", properties.getOrDefault("volume", ""));
        return named.isEmpty() ? disk.split(",", 2)[0] : named;
    }

    /** What cloud-init (ipconfigN) or the container's network line sets. */
    private List<String> addresses() {
        return once(Stream.concat(values(CLOUD_INIT), values(NETWORK))
                .map(ProxmoxConfig::properties)
                .flatMap(line -> Stream.of("ip", "ip6").flatMap(key -> Optional.ofNullable(line.get(key)).stream()))
                .flatMap(address -> Addresses.parsed(address).stream()));
    }

    private static List<String> once(Stream<String> values) {
        return values.distinct().limit(MAX_OF_A_KIND).sorted().toList();
    }

    private Stream<String> values(Pattern keys) {
        return config.properties().stream()
                .filter(property -> keys.matcher(property.getKey()).matches()
                        && property.getValue().isString())
                .map(property -> property.getValue().asString());
    }

    private static Map<String, String> properties(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                properties.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return properties;
    }
}
