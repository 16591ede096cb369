// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.sparklosses.report.Svg.Point;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page that was written, which is well-formed XML too. */
final class Page {

  private Page() {}

  static Document parse(String page) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(page)));
  }

  static boolean hasSection(Document document, String id) {
    return elements(document.getElementsByTagName("section")).stream()
        .anyMatch(section -> section.getAttribute("id").equals(id));
  }

  static Element section(Document document, String id) {
    for (Element section : elements(document.getElementsByTagName("section"))) {
      if (section.getAttribute("id").equals(id)) {
        return section;
      }
    }
    throw new AssertionError("no section " + id);
  }

  /** The figures within an element, in order. */
  static List<Element> figures(Element within) {
    return elements(within.getElementsByTagName("figure"));
  }

  static String caption(Element figure) {
    return figure.getElementsByTagName("figcaption").item(0).getTextContent();
  }

  /** The points of a polyline or polygon. */
  static List<Point> points(Element line) {
    return Arrays.stream(line.getAttribute("points").split(" ", -1))
        .map(pair -> pair.split(",", -1))
        .map(pair -> new Point(Double.parseDouble(pair[0]), Double.parseDouble(pair[1])))
        .toList();
  }

  static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** The text of each row of the section's tables. */
  static List<String> rows(Element section) {
    return elements(section.getElementsByTagName("tbody")).stream()
        .flatMap(body -> elements(body.getElementsByTagName("tr")).stream())
        .map(Node::getTextContent)
        .toList();
  }

  static List<Element> ofClass(Element within, String tag, String type) {
    return elements(within.getElementsByTagName(tag)).stream()
        .filter(element -> element.getAttribute("class").equals(type))
        .toList();
  }

  static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
