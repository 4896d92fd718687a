// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.sparekey.protocol.registration.AssetKind;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What identifies a guest in its description (libvirt, formatdomain). Everything is taken and spelled as the hoster's
 * inventory does: one identifier that only one side sees keeps a machine from being matched.
 */
final class DomainXml {

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String UUID_WITHOUT_DASHES =
            "^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$";
    private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";
    private static final String NO_MAC = "00:00:00:00:00:00";

    /** As many as a registration may name. */
    private static final int MAX_OF_A_KIND = 256;

    private final Element domain;

    private DomainXml(Element domain) {
        this.domain = domain;
    }

    /** @throws SourceException when it is not a description of a guest with a name */
    static Guest guest(String xml, boolean running) throws SourceException {
        try {
            Element domain = document(xml).getDocumentElement();
            if (!domain.getTagName().equals("domain")) {
                throw new SourceException("not a description of a guest");
            }
            return new DomainXml(domain).guest(running);
        } catch (SAXException | ParserConfigurationException | IOException e) {
            throw new SourceException("a guest's description is not well-formed", e);
        }
    }

    private Guest guest(boolean running) throws SourceException {
        String name = text("name").orElseThrow(() -> new SourceException("a guest without a name"));
        return new Guest(
                container() ? AssetKind.CONTAINER : AssetKind.VM,
                name,
                Optional.empty(),
                uuid(),
                macs(),
                disks(),
                addresses(),
                running);
    }

    private boolean container() {
        String type = domain.getAttribute("type");
        return type.equals("lxc")
                || type.equals("openvz")
                || type.equals("vz")
                        && children(domain, "os").stream()
                                .flatMap(os -> children(os, "type").stream())
                                .anyMatch(os -> os.getTextContent().equals("exe"));
    }

    /** Also written without dashes; the one that firmware gives when nobody set it identifies nothing. */
    private Optional<String> uuid() {
        return text("uuid")
                .map(one -> one.toLowerCase(Locale.ROOT).replaceFirst(UUID_WITHOUT_DASHES, "$1-$2-$3-$4-$5"))
                .filter(one -> one.matches(UUID_FORM) && !one.equals(NO_UUID));
    }

    /** No DTD, no entity, nothing loaded: a description may hold what a customer typed. */
    private static Document document(String xml) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    /**
     * What is the guest's own: no medium, nothing read-only or shared, and nothing whose source has no name (vhost-user, an
     * empty tray). A virtual machine's folders of the host are not its own.
     */
    private List<String> disks() {
        Stream<Element> folders = container() ? devices("filesystem").stream() : Stream.empty();
        return once(Stream.concat(devices("disk").stream(), folders)
                .filter(one -> !one.getAttribute("device").matches("cdrom|floppy"))
                .filter(one -> children(one, "readonly").isEmpty()
                        && children(one, "shareable").isEmpty())
                .flatMap(one -> children(one, "source").stream().limit(1).map(source -> diskId(one, source)))
                .filter(id -> !id.isBlank()));
    }

    private static String diskId(Element device, Element source) {
        return switch (device.getAttribute("type")) {
            case "network" -> joined(source.getAttribute("protocol"), ":", source.getAttribute("name"));
            case "volume" -> joined(source.getAttribute("pool"), "/", source.getAttribute("volume"));
            case "nvme", "vhostuser", "vhostvdpa", "ram", "template", "bind" -> "";
            case "mount" -> root(device, source);
            default ->
                Stream.of("file", "dev", "dir", "name")
                        .map(source::getAttribute)
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("");
        };
    }

    /** A folder of the host is a container's own only as its root; the host's own root is nobody's. */
    private static String root(Element device, Element source) {
        boolean root = children(device, "target").stream()
                .anyMatch(one -> one.getAttribute("dir").equals("/"));
        String folder = source.getAttribute("dir");
        return root && !folder.equals("/") ? folder : "";
    }

    private static String joined(String first, String between, String second) {
        return first.isEmpty() || second.isEmpty() ? "" : first + between + second;
    }

    private List<String> macs() {
        return once(devices("interface").stream()
                .flatMap(network -> children(network, "mac").stream().limit(1))
                .map(mac -> mac.getAttribute("address").toLowerCase(Locale.ROOT))
                .filter(mac -> mac.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}") && !mac.equals(NO_MAC)));
    }

    /** The guest's end of each wire; behind a network of type {@code user} nobody outside ever sees it. */
    private List<String> addresses() {
        return once(devices("interface").stream()
                .filter(network -> !network.getAttribute("type").equals("user"))
                .flatMap(network -> children(network, "ip").stream())
                .flatMap(ip -> Addresses.parsed(ip.getAttribute("address")).stream()));
    }

    private static List<String> once(Stream<String> values) {
        return values.distinct().limit(MAX_OF_A_KIND).sorted().toList();
    }

    private List<Element> devices(String name) {
        return children(domain, "devices").stream()
                .flatMap(devices -> children(devices, name).stream())
                .toList();
    }

    private Optional<String> text(String name) {
        return children(domain, name).stream()
                .findFirst()
                .map(element -> element.getTextContent().strip())
                .filter(content -> !content.isEmpty());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
