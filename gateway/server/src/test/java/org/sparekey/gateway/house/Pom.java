// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.house;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a module's own pom says, as far as the rules ask. */
record Pom(String path, String artifact, boolean aggregator, List<Dependency> dependencies) {

    record Dependency(String group, String artifact, String scope) {

        boolean test() {
            return scope.equals("test");
        }
    }

    static List<Pom> all() {
        return SourceTree.ending("/pom.xml").stream().map(Pom::read).toList();
    }

    static Pom read(SourceFile file) {
        try {
            var project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(file.text())))
                    .getDocumentElement();
            return new Pom(
                    file.path(),
                    text(project, "artifactId"),
                    text(project, "packaging").equals("pom"),
                    children(project, "dependencies")
                            .flatMap(all -> children(all, "dependency"))
                            .map(Pom::dependency)
                            .toList());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(file.path(), e);
        }
    }

    private static Dependency dependency(Element element) {
        return new Dependency(text(element, "groupId"), text(element, "artifactId"), text(element, "scope"));
    }

    private static String text(Element element, String name) {
        return children(element, name)
                .map(Node::getTextContent)
                .map(String::strip)
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> children(Element element, String name) {
        var nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node instanceof Element && node.getNodeName().equals(name))
                .map(Element.class::cast);
    }
}
