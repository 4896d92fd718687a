// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the driver takes from a domain's description (libvirt, formatdomain). */
record DomainXml(String name, UUID uuid, List<Source> disks, List<String> macs) {

    /** @param file whether the source is a file or block device of this machine, so that its opens can be watched */
    record Source(String target, String format, String id, boolean file) {}

    static DomainXml parse(String xml) throws IOException {
        try {
            Element domain = document(xml).getDocumentElement();
            return new DomainXml(
                    text(domain, "name"), UUID.fromString(text(domain, "uuid")), disks(domain), macs(domain));
        } catch (SAXException | ParserConfigurationException | IllegalArgumentException e) {
            throw new CaptureException(CaptureRefusal.HYPERVISOR_FAILED, "a domain's description is malformed", e);
        }
    }

    /** No DTD, no entity, nothing loaded: a description may hold what a reseller typed. */
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

    /** Everything a guest can write: no CD-ROM, no floppy, nothing read-only or passed through as a LUN. */
    private static List<Source> disks(Element domain) {
        List<Source> disks = new ArrayList<>();
        for (Element disk : children(child(domain, "devices"), "disk")) {
            String device = disk.getAttribute("device");
            if ((device.isEmpty() || device.equals("disk"))
                    && children(disk, "readonly").isEmpty()) {
                disks.add(source(disk));
            }
        }
        return disks;
    }

    private static Source source(Element disk) {
        Element source = child(disk, "source");
        String id = switch (disk.getAttribute("type")) {
            case "file" -> source.getAttribute("file");
            case "block" -> source.getAttribute("dev");
            case "network" -> source.getAttribute("protocol") + ":" + source.getAttribute("name");
            case "volume" -> source.getAttribute("pool") + "/" + source.getAttribute("volume");
            default -> throw new IllegalArgumentException("a disk of a kind that is not known");
        };
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a disk without a source");
        }
        return new Source(
                child(disk, "target").getAttribute("dev"),
                child(disk, "driver").getAttribute("type"),
                id,
                id.startsWith("/"));
    }

    private static List<String> macs(Element domain) {
        return children(child(domain, "devices"), "interface").stream()
                .map(network -> child(network, "mac").getAttribute("address").toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent();
    }

    private static Element child(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name));
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
