// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.listing.Identifiers;
import org.sparekey.capture.listing.ListedGuest;
import org.w3c.dom.Element;

/**
 * What a domain's description says of its identity, for the inventory. Unlike {@link DomainXml}, which must know every
 * disk before it may read one, this takes whatever identifies and leaves out what does not.
 */
record DomainIdentity(ListedGuest.Kind kind, String name, Optional<String> uuid, Identifiers identifiers) {

    /** @throws CaptureException when the text is no description of a domain with a name */
    static DomainIdentity parse(String xml) throws CaptureException {
        Element domain = Xml.root(xml);
        String name = Xml.text(domain, "name").strip();
        if (!domain.getTagName().equals("domain") || name.isEmpty()) {
            throw new CaptureException(CaptureRefusal.DESCRIPTION_MALFORMED, "a description without a domain's name");
        }
        Optional<Element> devices = Xml.child(domain, "devices");
        ListedGuest.Kind kind = kind(domain);
        Stream<String> folders =
                kind == ListedGuest.Kind.CONTAINER ? storage(devices, "filesystem") : Stream.<String>empty();
        return new DomainIdentity(
                kind,
                name,
                Identifiers.uuid(Xml.text(domain, "uuid")),
                Identifiers.of(
                        Stream.concat(storage(devices, "disk"), folders),
                        interfaces(devices).stream().flatMap(one -> Xml.attribute(one, "mac", "address")),
                        interfaces(devices).stream().flatMap(DomainIdentity::addresses)));
    }

    private static ListedGuest.Kind kind(Element domain) {
        String type = domain.getAttribute("type");
        return type.equals("lxc") || type.equals("openvz") || type.equals("vz") && container(domain)
                ? ListedGuest.Kind.CONTAINER
                : ListedGuest.Kind.VM;
    }

    private static boolean container(Element domain) {
        return Xml.child(domain, "os")
                .map(os -> Xml.text(os, "type"))
                .orElse("")
                .equals("exe");
    }

    private static List<Element> interfaces(Optional<Element> devices) {
        return devices.map(one -> Xml.children(one, "interface")).orElse(List.of());
    }

    /** A CD-ROM, a floppy disk or what is marked as shared is not the guest's own: many guests share one image. */
    private static Stream<String> storage(Optional<Element> devices, String tag) {
        return devices.map(one -> Xml.children(one, tag)).orElse(List.of()).stream()
                .filter(one -> !one.getAttribute("device").matches("cdrom|floppy"))
                .filter(one -> Xml.children(one, "readonly").isEmpty()
                        && Xml.children(one, "shareable").isEmpty())
                .flatMap(one -> Xml.child(one, "source").map(source -> id(one, source)).stream());
    }

    /** Spelled as {@link DomainXml} spells it, so that a registration fits both. */
    private static String id(Element device, Element source) {
        return switch (device.getAttribute("type")) {
            case "network" -> joined(source.getAttribute("protocol"), ":", source.getAttribute("name"));
            case "volume" -> joined(source.getAttribute("pool"), "/", source.getAttribute("volume"));
            case "nvme", "vhostuser", "vhostvdpa", "ram", "template", "bind" -> "";
            case "mount" -> root(device, source);
            default -> first(source, "file", "dev", "dir", "name");
        };
    }

    /** A folder of the host is a container's own only as its root; the host's own root is nobody's. */
    private static String root(Element device, Element source) {
        boolean root = Xml.attribute(device, "target", "dir").anyMatch("/"::equals);
        String folder = source.getAttribute("dir");
        return root && !folder.equals("/") ? folder : "";
    }

    private static String joined(String one, String by, String other) {
        return one.isEmpty() || other.isEmpty() ? "" : one + by + other;
    }

    private static String first(Element source, String... attributes) {
        for (String attribute : attributes) {
            if (!source.getAttribute(attribute).isEmpty()) {
                return source.getAttribute(attribute);
            }
        }
        return "";
    }

    /**
     * {@code <ip address='192.0.2.7' prefix='24'/>}; inside {@code <source>} it is the host's end of the wire, and behind
     * a network of type {@code user} nobody outside ever sees it.
     */
    private static Stream<String> addresses(Element network) {
        if (network.getAttribute("type").equals("user")) {
            return Stream.empty();
        }
        List<String> addresses = new ArrayList<>();
        Xml.children(network, "ip").forEach(ip -> addresses.add(ip.getAttribute("address")));
        return addresses.stream();
    }
}
