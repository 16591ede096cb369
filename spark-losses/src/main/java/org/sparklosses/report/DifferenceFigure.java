// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.sparklosses.compare.Difference;

/**
 * Differences with their intervals as SVG: a line for each, on one scale, with a rule at no
 * difference.
 */
final class DifferenceFigure {

  private static final double LEFT = 230;
  private static final double WIDTH = 720;
  private static final double RIGHT = 20;
  private static final double TOP = 14;
  private static final double LINE = 26;
  private static final double FOOT = 44;

  /**
   * A line of the figure.
   *
   * @param isClear whether the difference is beyond noise
   */
  record Line(String label, Difference difference, boolean isClear) {}

  private final List<Line> lines;
  private final double low;
  private final double high;
  private final Svg svg;

  private DifferenceFigure(String title, List<Line> lines) {
    this.lines = lines;
    svg =
        new Svg(
            WIDTH,
            TOP + LINE * lines.size() + FOOT,
            title,
            "Difference to the baseline with its interval, line by line.");
    double least = 0;
    double most = 0;
    for (Line line : lines) {
      for (double end : ends(line.difference())) {
        least = Math.min(least, end);
        most = Math.max(most, end);
      }
    }
    double margin = most > least ? 0.06 * (most - least) : 1;
    low = least - margin;
    high = most + margin;
  }

  /** The ends of what is drawn, as far as they are finite. */
  private static double[] ends(Difference d) {
    return DoubleStream.of(d.difference(), d.interval().low(), d.interval().high())
        .filter(Double::isFinite)
        .toArray();
  }

  /**
   * The figure with its caption.
   *
   * @param title what is compared
   */
  static String of(String title, List<Line> lines, String caption) {
    return new DifferenceFigure(title, lines).draw(caption);
  }

  private String draw(String caption) {
    axis();
    for (int i = 0; i < lines.size(); i++) {
      line(lines.get(i), TOP + LINE * (i + 0.5));
    }
    return svg.figure(caption);
  }

  private void axis() {
    double foot = TOP + LINE * lines.size();
    double step = step((high - low) / 5);
    for (double k = Math.ceil(low / step); k * step <= high; k++) {
      double v = k * step;
      svg.line(v == 0 ? "diagonal" : "grid", x(v), TOP, x(v), foot);
      svg.text(x(v), foot + 16, "middle", label(v, step));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2, foot + 36, "middle", "difference to the baseline");
  }

  /** The least of 1, 2 or 5 times a power of ten that is at least so large. */
  private static double step(double least) {
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String label(double v, double step) {
    int decimals = (int) Math.max(0, -Math.floor(StrictMath.log10(step)));
    return String.format(Locale.ROOT, "%." + decimals + "f", v == 0 ? 0.0 : v)
        .replace("-", "\u2212");
  }

  private void line(Line line, double y) {
    Difference d = line.difference();
    svg.text(LEFT - 12, y + 4, "end", shortened(line.label()));
    if (!Double.isFinite(d.difference())) {
      return;
    }
    if (Double.isFinite(d.interval().low()) && Double.isFinite(d.interval().high())) {
      svg.line(
          line.isClear() ? "gap" : "curve", x(d.interval().low()), y, x(d.interval().high()), y);
    }
    svg.circle("point", new Svg.Point(x(d.difference()), y), 4.5, describe(line));
  }

  private static String describe(Line line) {
    Difference d = line.difference();
    return "%s: %s (%s to %s)"
        .formatted(
            line.label(),
            Html.number(d.difference()),
            Html.number(d.interval().low()),
            Html.number(d.interval().high()));
  }

  private static String shortened(String label) {
    return label.length() <= 34 ? label : label.substring(0, 33) + "\u2026";
  }

  private double x(double v) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (v - low) / (high - low);
  }
}
