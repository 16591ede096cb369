// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drawing, element by element; what they look like the style sheet says by their type. */
final class Svg {

  private final StringBuilder svg = new StringBuilder();

  /**
   * An empty drawing.
   *
   * @param title what it is, for those who cannot see it
   * @param description what it shows
   */
  Svg(double width, double height, String title, String description) {
    svg.append("<svg role=\"img\" viewBox=\"0 0 ")
        .append(number(width))
        .append(' ')
        .append(number(height))
        .append("\"><title>")
        .append(Html.escape(title))
        .append("</title><desc>")
        .append(Html.escape(description))
        .append("</desc>");
  }

  /** A place on the drawing; y points down. */
  record Point(double x, double y) {

    @Override
    public String toString() {
      return number(x) + "," + number(y);
    }
  }

  void line(String type, double x1, double y1, double x2, double y2) {
    element("line", type)
        .append(" x1=\"")
        .append(number(x1))
        .append("\" y1=\"")
        .append(number(y1))
        .append("\" x2=\"")
        .append(number(x2))
        .append("\" y2=\"")
        .append(number(y2))
        .append("\"/>");
  }

  /** A rectangle that says something when it is pointed at. */
  void rectangle(String type, double x, double y, double width, double height, String title) {
    element("rect", type)
        .append(" x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\"><title>")
        .append(Html.escape(title))
        .append("</title></rect>");
  }

  /** A circle that says something when it is pointed at. */
  void circle(String type, Point centre, double radius, String title) {
    element("circle", type)
        .append(" r=\"")
        .append(number(radius))
        .append("\" cx=\"")
        .append(number(centre.x))
        .append("\" cy=\"")
        .append(number(centre.y))
        .append("\"><title>")
        .append(Html.escape(title))
        .append("</title></circle>");
  }

  /** A line through points. */
  void polyline(String type, List<Point> points) {
    path("polyline", type, points);
  }

  /** What a line through points and back to the first encloses. */
  void polygon(String type, List<Point> points) {
    path("polygon", type, points);
  }

  private void path(String tag, String type, List<Point> points) {
    element(tag, type)
        .append(" points=\"")
        .append(points.stream().map(Point::toString).collect(Collectors.joining(" ")))
        .append("\"/>");
  }

  /**
   * Text beside a point.
   *
   * @param anchor which end of it is at the point: start, middle or end
   */
  void text(double x, double y, String anchor, String text) {
    svg.append("<text x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" text-anchor=\"")
        .append(anchor)
        .append("\">")
        .append(Html.escape(text))
        .append("</text>");
  }

  /** Text from below to above, its middle at the point. */
  void uprightText(double x, double y, String text) {
    svg.append("<text transform=\"translate(")
        .append(number(x))
        .append(' ')
        .append(number(y))
        .append(") rotate(-90)\" text-anchor=\"middle\">")
        .append(Html.escape(text))
        .append("</text>");
  }

  /** The drawing with a caption beneath. */
  String figure(String caption) {
    return "<figure>"
        + svg
        + "</svg><figcaption>"
        + Html.escape(caption)
        + "</figcaption></figure>";
  }

  private StringBuilder element(String tag, String type) {
    return svg.append('<').append(tag).append(" class=\"").append(type).append('"');
  }

  private static String number(double v) {
    return String.format(Locale.ROOT, "%.2f", v);
  }
}
