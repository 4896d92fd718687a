// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

/** What identifies a guest in its description (libvirt, formatdomain). Disks are spelled as the hoster's inventory does. */
final class DomainXml {

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

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
        boolean container = domain.getAttribute("type").equals("lxc");
        Optional<String> uuid =
                text("uuid").map(one -> one.toLowerCase(Locale.ROOT)).filter(one -> one.matches(UUID_FORM));
        return new Guest(
                container ? AssetKind.CONTAINER : AssetKind.VM,
                name,
                Optional.empty(),
                uuid,
                macs(),
                disks(),
                List.of(),
                running);
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

    /** Everything the guest can write; a disk whose source has no name (vhost-user, an empty tray) identifies nothing. */
    private List<String> disks() {
        List<String> disks = new ArrayList<>();
        for (Element disk : devices("disk")) {
            String device = disk.getAttribute("device");
            boolean writes = (device.isEmpty() || device.equals("disk"))
                    && children(disk, "readonly").isEmpty();
            if (writes) {
                children(disk, "source").stream()
                        .findFirst()
                        .map(source -> diskId(disk.getAttribute("type"), source))
                        .filter(id -> !id.isEmpty())
                        .ifPresent(disks::add);
            }
        }
        return disks;
    }

    private static String diskId(String type, Element source) {
        return switch (type) {
            case "file" -> source.getAttribute("file");
            case "block" -> source.getAttribute("dev");
            case "network" -> joined(source.getAttribute("protocol"), ":", source.getAttribute("name"));
            case "volume" -> joined(source.getAttribute("pool"), "/", source.getAttribute("volume"));
            default -> "";
        };
    }

    private static String joined(String first, String between, String second) {
        return first.isEmpty() || second.isEmpty() ? "" : first + between + second;
    }

    private List<String> macs() {
        return devices("interface").stream()
                .flatMap(network -> children(network, "mac").stream().limit(1))
                .map(mac -> mac.getAttribute("address").toLowerCase(Locale.ROOT))
                .filter(mac -> mac.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}"))
                .distinct()
                .toList();
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
