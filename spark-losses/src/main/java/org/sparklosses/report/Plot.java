// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.List;
import org.sparklosses.report.Svg.Point;

/**
 * A region of a drawing with two axes.
 *
 * @param svg the drawing
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param top the upper edge of the region
 * @param height its height
 */
record Plot(Svg svg, Axis x, Axis y, double top, double height) {

  /** Left of the region there are marks and the label of its vertical axis. */
  static final double LEFT = 60;

  /** The width of the region. */
  static final double SIDE = 346;

  /** The upper edge of the first region. */
  static final double TOP = 12;

  /** The width of the drawing. */
  static final double WIDTH = LEFT + SIDE + 14;

  /** Below the region there are marks and the label of its horizontal axis. */
  static final double FOOT = 40;

  private static final double LABEL_AT = 12;
  private static final double GAP = 7;

  /** A square region. */
  static Plot square(Svg svg, Axis x, Axis y) {
    return new Plot(svg, x, y, TOP, SIDE);
  }

  /** The frame, the grid and the marks of the vertical axis with its label. */
  void frame() {
    for (double tick : x.ticks()) {
      if (tick > 0 && tick < x.high()) {
        svg.line("grid", at(x, tick), top, at(x, tick), top + height);
      }
    }
    for (double tick : y.ticks()) {
      Point end = point(0, tick);
      if (tick > 0 && tick < y.high()) {
        svg.line("grid", LEFT, end.y(), LEFT + SIDE, end.y());
      }
      svg.text(LEFT - GAP, end.y() + 4, "end", Axis.text(tick));
    }
    svg.rectangle("frame", LEFT, top, SIDE, height, "");
    svg.uprightText(LABEL_AT, top + height / 2, y.label());
  }

  /** The marks of the horizontal axis and its label. */
  void foot() {
    double base = top + height;
    for (double tick : x.ticks()) {
      svg.text(at(x, tick), base + 16, "middle", Axis.text(tick));
    }
    svg.text(LEFT + SIDE / 2, base + FOOT - 6, "middle", x.label());
  }

  /** A straight line. */
  void line(String type, double x1, double y1, double x2, double y2) {
    Point from = point(x1, y1);
    Point to = point(x2, y2);
    svg.line(type, from.x(), from.y(), to.x(), to.y());
  }

  /** A level from side to side; none where it is undefined. */
  void level(String type, double v) {
    if (!Double.isNaN(v)) {
      line(type, 0, v, x.high(), v);
    }
  }

  /** A line through places of the drawing. */
  void curve(List<Point> points) {
    if (points.size() > 1) {
      svg.polyline("curve", Polyline.thinned(points, Polyline.POINTS));
    }
  }

  /** Where a pair of numbers is on the drawing; what is too large is at the edge. */
  Point point(double px, double py) {
    return new Point(at(x, px), top + height * (1 - Math.min(1, py / y.high())));
  }

  private static double at(Axis axis, double v) {
    return LEFT + SIDE * Math.min(1, v / axis.high());
  }
}
