// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.evidence.GuestLinks;
import org.w3c.dom.Element;

/**
 * The link state of one domain's interfaces (libvirt, formatdomain, "Modifying virtual link state"). The domain is named by
 * its UUID and each interface by its hardware address, so that no name a reseller chose says what is switched.
 */
final class Links {

    /** Interfaces whose link QEMU itself switches. */
    private static final Set<String> SWITCHED = Set.of("network", "bridge", "ethernet", "direct", "user");

    private final Virsh virsh;

    Links(Virsh virsh) {
        this.virsh = virsh;
    }

    GuestLinks of(Guest guest) throws IOException {
        String uuid = guest.uuid().toString();
        Map<String, String> facts = Domains.facts(virsh.run("dominfo", uuid));
        boolean runs = !facts.getOrDefault("State", "").equals("shut off");
        boolean stays = facts.getOrDefault("Persistent", "").equals("yes");
        Map<String, Boolean> now = runs ? read(uuid) : Map.of();
        Map<String, Boolean> next = stays ? read(uuid, "--inactive") : Map.of();
        Set<String> macs = new java.util.LinkedHashSet<>(now.keySet());
        macs.addAll(next.keySet());
        List<GuestLinks.Link> links = new ArrayList<>();
        for (String mac : macs) {
            links.add(new GuestLinks.Link(mac, Optional.ofNullable(now.get(mac)), Optional.ofNullable(next.get(mac))));
        }
        return new GuestLinks(GuestLinks.Reach.LINK, links);
    }

    /** A crash in between leaves some of them cut: whoever comes next looks, and cuts or restores the rest. */
    GuestLinks cut(Guest guest) throws IOException {
        GuestLinks found = of(guest);
        if (found.links().isEmpty()) {
            throw new CaptureException(CaptureRefusal.NETWORK_ABSENT, "the guest has no interface");
        }
        for (GuestLinks.Link link : found.links()) {
            set(guest, link, link.now().map(_ -> false), link.next().map(_ -> false));
        }
        GuestLinks after = of(guest);
        if (!after.cut()) {
            throw new CaptureException(CaptureRefusal.LINKS_NOT_AS_SET, "a link is still up");
        }
        return after;
    }

    GuestLinks restore(Guest guest, GuestLinks before) throws IOException {
        for (GuestLinks.Link link : of(guest).links()) {
            Optional<GuestLinks.Link> was = before.link(link.mac());
            if (was.isPresent()) {
                // A guest that was off when it was isolated and runs now gets at once what it was to start with.
                Optional<Boolean> now = was.get().now().or(was.get()::next);
                Optional<Boolean> next = was.get().next().or(was.get()::now);
                set(guest, link, link.now().flatMap(_ -> now), link.next().flatMap(_ -> next));
            }
        }
        GuestLinks after = of(guest);
        if (!after.givesBack(before)) {
            throw new CaptureException(CaptureRefusal.LINKS_NOT_AS_SET, "a link is not what it was");
        }
        return after;
    }

    private void set(Guest guest, GuestLinks.Link link, Optional<Boolean> now, Optional<Boolean> next)
            throws IOException {
        String uuid = guest.uuid().toString();
        // The next start first: a guest that restarts in between comes up as it is to be.
        if (next.isPresent() && !next.equals(link.next())) {
            virsh.run("domif-setlink", uuid, link.mac(), word(next.get()), "--config");
        }
        if (now.isPresent() && !now.equals(link.now())) {
            virsh.run("domif-setlink", uuid, link.mac(), word(now.get()));
        }
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private Map<String, Boolean> read(String uuid, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("dumpxml", uuid));
        command.addAll(List.of(more));
        return parse(virsh.run(command.toArray(String[]::new)));
    }

    /** Up unless it says down. What has no link that could be cut is refused whole: half an isolation is none. */
    static Map<String, Boolean> parse(String xml) throws CaptureException {
        Element domain = Xml.root(xml);
        Map<String, Boolean> links = new java.util.LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Element devices : Xml.children(domain, "devices")) {
            if (!Xml.children(devices, "hostdev").isEmpty()) {
                throw outOfReach("a device of the host is the guest's own");
            }
            for (Element network : Xml.children(devices, "interface")) {
                String mac = mac(network);
                if (!SWITCHED.contains(network.getAttribute("type"))) {
                    throw outOfReach("an interface of a kind whose link cannot be cut");
                }
                if (mac.isEmpty() || !seen.add(mac)) {
                    throw new CaptureException(
                            CaptureRefusal.NETWORK_AMBIGUOUS, "an interface without a hardware address of its own");
                }
                links.put(mac, Xml.attribute(network, "link", "state").noneMatch("down"::equals));
            }
        }
        if (unseenByLibvirt(domain)) {
            throw outOfReach("the guest was given a network past libvirt");
        }
        return links;
    }

    /** Arguments handed to QEMU directly may hold an interface that libvirt does not know. */
    private static boolean unseenByLibvirt(Element domain) {
        return Xml.children(domain, "qemu:commandline").stream()
                .flatMap(given -> Xml.children(given, "qemu:arg").stream())
                .anyMatch(argument ->
                        argument.getAttribute("value").toLowerCase(Locale.ROOT).matches(".*(net|nic|vfio|tap).*"));
    }

    private static CaptureException outOfReach(String words) {
        return new CaptureException(CaptureRefusal.NETWORK_OUT_OF_REACH, words);
    }

    private static String mac(Element network) {
        return Xml.attribute(network, "mac", "address").findFirst().orElse("").toLowerCase(Locale.ROOT);
    }
}
