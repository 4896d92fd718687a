// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;

/**
 * libvirt's own test files, as Debian's source package holds them: the descriptions of guests of every hypervisor that it
 * drives, and as many files that describe something else. The hoster's inventory and the reseller's agent both read every
 * one of them, and must read it alike: an identifier that only one side sees keeps a machine from being matched.
 */
public final class PublishedDomains {

    private static final Pattern DOMAIN =
            Pattern.compile("^(?:<\\?xml[^>]*\\?>|<!--.*?-->|\\s)*<domain[\\s>].*", Pattern.DOTALL);

    /** Of libvirt 9.0.0 (Debian 12): how many there are, and SHA-256 over {@code path TAB line LF}, sorted by path. */
    private static final String KNOWN_RELEASE = "libvirt_9.0.0.orig.tar.xz";

    private static final int KNOWN_DOMAINS = 2_100;
    private static final String KNOWN_DIGEST = "aa292a492af849ac41f5e8bea62d9adf70a504d9523f56f3c5bb6ff00e0dc2a6";

    /** What is expected of some files that any release has, by path below {@code tests/}. */
    private static final Map<String, String> KNOWN = known();

    private PublishedDomains() {}

    private static Map<String, String> known() {
        String qemu = "VM|QEMUGuest1|c7a5fdbd-edaf-9455-926a-d65c16db1809|";
        Map<String, String> known = new HashMap<>();
        known.put("net-virtio.xml", qemu + "00:11:22:33:44:55|/dev/HostVG/QEMUGuest1|");
        known.put("net-user-addr.xml", qemu + "00:11:22:33:44:55|/dev/HostVG/QEMUGuest1|");
        known.put("disk-network-rbd.xml", qemu + "|rbd:pool/image|");
        known.put("disk-nvme.xml", qemu + "||");
        known.put("disk-shared.xml", qemu + "||");
        known.put("disk-cdrom.xml", qemu + "||");
        known.put("disk-scsi-lun-passthrough.xml", qemu + "|/dev/HostVG/QEMUGuest1 /dev/HostVG/QEMUGuest2|");
        known.put(
                "lxc-ethernet.xml",
                "CONTAINER|8675309|e21987a5-e98e-9c99-0e35-803e4d9ad1fe|00:16:3e:0f:ef:8a|/mach/8675309|"
                        + "192.168.122.12 192.168.122.13");
        known.put(
                "lxc-disk-formats.xml",
                "CONTAINER|demo|8369f1ac-7e46-e869-4ca5-759d51478066||/root/container.img /root/container.qcow2|");
        known.put("lxc-filesystem-root.xml", "CONTAINER|demo|8369f1ac-7e46-e869-4ca5-759d51478066|||");
        known.put("domain-openvz-simple.xml", "CONTAINER|100|7109d234-f5a8-30a6-5dd2-39ca85ce3958|||");
        known.put(
                "test-vif-multi-ip.xml",
                "VM|XenGuest2|c7a5fdb2-cdaf-9455-926a-d65c16db1809|00:16:3e:66:92:9c|/dev/HostVG/XenGuest2|"
                        + "10.0.0.1 10.1.1.1 2000::1");
        return Map.copyOf(known);
    }

    /** Skips where the source package is absent. Whatever {@code side} throws fails the test. */
    public static void areReadAlike(Function<String, Described> side) throws Exception {
        DebianSource source = DebianSource.require("libvirt");
        SortedMap<String, Described> read = new TreeMap<>();
        Map<String, String> seen = new HashMap<>();
        source.each(".xml", (path, content) -> {
            String xml = new String(content, StandardCharsets.UTF_8);
            Described described = side.apply(xml);
            assertEquals(DOMAIN.matcher(xml).matches(), described.taken(), path + ": " + described.line());
            read.put(path, described);
            seen.put(path.substring(path.lastIndexOf('/') + 1), path);
        });
        KNOWN.forEach((name, expected) -> assertEquals(
                expected,
                read.getOrDefault(seen.get(name), Described.refused("absent")).line(),
                name));
        long domains = read.values().stream().filter(Described::taken).count();
        assertTrue(domains >= KNOWN_DOMAINS * 9 / 10 && read.size() > domains, domains + " of " + read.size());
        if (source.name().equals(KNOWN_RELEASE)) {
            assertEquals(KNOWN_DOMAINS, domains);
            assertEquals(KNOWN_DIGEST, digest(read));
        }
    }

    private static String digest(SortedMap<String, Described> read) {
        StringBuilder lines = new StringBuilder();
        read.forEach((path, described) -> {
            if (described.taken()) {
                lines.append(path).append('\t').append(described.line()).append('\n');
            }
        });
        return Digest.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }
}
