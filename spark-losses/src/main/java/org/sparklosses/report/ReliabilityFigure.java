// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.metric.ReliabilityTable.Bin;
import org.sparklosses.report.Svg.Point;

/**
 * A reliability diagram as SVG, with the histogram of the predictions beneath. The band covers two
 * binomial standard deviations around the diagonal: where a calibrated model's bins would lie.
 */
final class ReliabilityFigure {

  /** How diagrams are read. */
  static final String READING =
      "A calibrated model is right as often as it says: its points lie on the diagonal.";

  private static final double LEFT = 46;
  private static final double TOP = 12;
  private static final double SIDE = 360;
  private static final double HISTOGRAM_TOP = TOP + SIDE + 36;
  private static final double HISTOGRAM_HEIGHT = 90;
  private static final double WIDTH = LEFT + SIDE + 14;
  private static final double HEIGHT = HISTOGRAM_TOP + HISTOGRAM_HEIGHT + 40;

  private final ReliabilityTable table;
  private final List<Bin> filled;
  private final String name;
  private final Svg svg;

  private ReliabilityFigure(ReliabilityTable table, String model) {
    this.table = table;
    filled =
        table.bins().stream()
            .filter(bin -> bin.sumWeight() > 0)
            .sorted(Comparator.comparingDouble(Bin::meanPredicted))
            .toList();
    String source = table.source().toLowerCase(Locale.ROOT).replace('_', ' ');
    name =
        model.isEmpty()
            ? Character.toUpperCase(source.charAt(0)) + source.substring(1)
            : model + ", " + source;
    svg =
        new Svg(
            WIDTH,
            HEIGHT,
            "Reliability diagram, " + (model.isEmpty() ? source : name),
            "Observed frequency against predicted probability in %d bins, and the share of the weight"
                    .formatted(table.bins().size())
                + " in each bin.");
  }

  /** The figure with its caption. */
  static String of(ReliabilityTable table) {
    return of(table, "");
  }

  /**
   * The figure with its caption.
   *
   * @param model whose predictions they are, where there are several models; else empty
   */
  static String of(ReliabilityTable table, String model) {
    return new ReliabilityFigure(table, model).draw();
  }

  private String draw() {
    grid();
    band();
    svg.line("diagonal", x(0), y(0), x(1), y(1));
    bins();
    histogram();
    return svg.figure(
        "%s, %d bins closed on the %s. Red: the gap to the diagonal. Shaded: two standard deviations"
                .formatted(name, table.bins().size(), table.side())
            + " around it, where a calibrated model's bins would lie."
            + (hasIntervals() ? " Bars: intervals of what was observed." : "")
            + " Below: share of the rows by weight.");
  }

  private boolean hasIntervals() {
    return filled.stream().anyMatch(bin -> bin.interval().isPresent());
  }

  private void grid() {
    for (int i = 0; i <= 5; i++) {
      double v = i / 5.0;
      if (i > 0 && i < 5) {
        svg.line("grid", x(v), y(0), x(v), y(1));
        svg.line("grid", x(0), y(v), x(1), y(v));
      }
      svg.text(LEFT - 7, y(v) + 4, "end", label(v));
      svg.text(x(v), HISTOGRAM_TOP + HISTOGRAM_HEIGHT + 16, "middle", label(v));
    }
    svg.rectangle("frame", LEFT, TOP, SIDE, SIDE, "");
    svg.text(x(0.5), HEIGHT - 6, "middle", "predicted probability");
    svg.uprightText(12, y(0.5), "observed frequency");
  }

  private void band() {
    if (filled.isEmpty()) {
      return;
    }
    List<Point> outline = new ArrayList<>();
    for (Bin bin : filled) {
      outline.add(edge(bin, 2));
    }
    for (int i = filled.size() - 1; i >= 0; i--) {
      outline.add(edge(filled.get(i), -2));
    }
    svg.polygon("band", outline);
  }

  private static Point edge(Bin bin, double deviations) {
    double p = bin.meanPredicted();
    double v = p + deviations * bin.bandDeviation();
    return new Point(x(p), y(Math.max(0, Math.min(1, v))));
  }

  private void bins() {
    for (Bin bin : filled) {
      double p = bin.meanPredicted();
      svg.line("gap", x(p), y(p), x(p), y(bin.meanObserved()));
    }
    svg.polyline("curve", filled.stream().map(ReliabilityFigure::centre).toList());
    filled.forEach(bin -> bin.interval().ifPresent(interval -> error(bin, interval)));
    filled.forEach(bin -> svg.circle("point", centre(bin), 4, describe(bin)));
  }

  private static Point centre(Bin bin) {
    return new Point(x(bin.meanPredicted()), y(bin.meanObserved()));
  }

  /** An error bar. */
  private void error(Bin bin, ConfidenceInterval interval) {
    if (Double.isNaN(interval.low())) {
      return;
    }
    double x = x(bin.meanPredicted());
    svg.line("error", x, y(interval.low()), x, y(interval.high()));
    svg.line("error", x - 3, y(interval.low()), x + 3, y(interval.low()));
    svg.line("error", x - 3, y(interval.high()), x + 3, y(interval.high()));
  }

  private void histogram() {
    double total = filled.stream().mapToDouble(Bin::sumWeight).sum();
    double largest = filled.stream().mapToDouble(Bin::sumWeight).max().orElse(0);
    for (Bin bin : filled) {
      double height = HISTOGRAM_HEIGHT * bin.sumWeight() / largest;
      double right = Math.max(bin.upper(), bin.lower() + 0.004);
      svg.rectangle(
          "bar",
          x(bin.lower()) + 0.5,
          HISTOGRAM_TOP + HISTOGRAM_HEIGHT - height,
          Math.max(0.5, x(Math.min(1, right)) - x(bin.lower()) - 1),
          height,
          describe(bin));
    }
    double base = HISTOGRAM_TOP + HISTOGRAM_HEIGHT;
    svg.line("grid", LEFT, base, LEFT + SIDE, base);
    svg.text(
        LEFT - 7,
        HISTOGRAM_TOP + 10,
        "end",
        total > 0 ? Math.round(100 * largest / total) + "%" : "");
  }

  private static String describe(Bin bin) {
    return String.format(
        Locale.ROOT,
        "%s to %s: %s rows, predicted %s, observed %s",
        label(bin.lower()),
        label(bin.upper()),
        Html.count(bin.count()),
        Html.number(bin.meanPredicted()),
        Html.number(bin.meanObserved())
            + bin.interval().map(interval -> " " + Html.interval(interval)).orElse(""));
  }

  private static double x(double v) {
    return LEFT + SIDE * v;
  }

  private static double y(double v) {
    return TOP + SIDE * (1 - v);
  }

  private static String label(double v) {
    String text = String.format(Locale.ROOT, "%.3f", v).replaceAll("0+$", "");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
