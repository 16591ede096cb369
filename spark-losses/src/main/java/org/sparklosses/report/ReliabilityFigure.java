package org.sparklosses.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.metric.ReliabilityTable.Bin;

/**
 * A reliability diagram as SVG, with the histogram of the predictions beneath. The band covers two
 * binomial standard deviations around the diagonal: where a calibrated model's bins would lie.
 */
final class ReliabilityFigure {

  private static final double LEFT = 46;
  private static final double TOP = 12;
  private static final double SIDE = 360;
  private static final double HISTOGRAM_TOP = TOP + SIDE + 36;
  private static final double HISTOGRAM_HEIGHT = 90;
  private static final double WIDTH = LEFT + SIDE + 14;
  private static final double HEIGHT = HISTOGRAM_TOP + HISTOGRAM_HEIGHT + 40;

  private final ReliabilityTable table;
  private final List<Bin> filled;
  private final StringBuilder svg = new StringBuilder();

  private ReliabilityFigure(ReliabilityTable table) {
    this.table = table;
    filled =
        table.bins().stream()
            .filter(bin -> bin.sumWeight() > 0)
            .sorted(Comparator.comparingDouble(Bin::meanPredicted))
            .toList();
  }

  /** The figure with its caption. */
  static String of(ReliabilityTable table) {
    return new ReliabilityFigure(table).draw();
  }

  private String draw() {
    String name = table.source().toLowerCase(Locale.ROOT).replace('_', ' ');
    svg.append("<figure><svg role=\"img\" viewBox=\"0 0 ")
        .append(point(WIDTH, HEIGHT).replace(',', ' '))
        .append("\"><title>Reliability diagram, ")
        .append(Html.escape(name))
        .append("</title><desc>Observed frequency against predicted probability in ")
        .append(table.bins().size())
        .append(" bins, and the share of the weight in each bin.</desc>");
    grid();
    band();
    line("diagonal", x(0), y(0), x(1), y(1));
    bins();
    histogram();
    svg.append("</svg><figcaption>")
        .append(Html.escape(Character.toUpperCase(name.charAt(0)) + name.substring(1)))
        .append(", ")
        .append(table.bins().size())
        .append(" bins closed on the ")
        .append(Html.escape(table.side()))
        .append(". Red: the gap to the diagonal. Shaded: two standard deviations around it, where")
        .append(" a calibrated model's bins would lie.")
        .append(hasIntervals() ? " Bars: intervals of what was observed." : "")
        .append(" Below: share of the rows by weight.")
        .append("</figcaption></figure>");
    return svg.toString();
  }

  private boolean hasIntervals() {
    return filled.stream().anyMatch(bin -> bin.interval().isPresent());
  }

  private void grid() {
    for (int i = 0; i <= 5; i++) {
      double v = i / 5.0;
      if (i > 0 && i < 5) {
        line("grid", x(v), y(0), x(v), y(1));
        line("grid", x(0), y(v), x(1), y(v));
      }
      text(LEFT - 7, y(v) + 4, "end", label(v));
      text(x(v), HISTOGRAM_TOP + HISTOGRAM_HEIGHT + 16, "middle", label(v));
    }
    rectangle("frame", LEFT, TOP, SIDE, SIDE, "");
    text(x(0.5), HEIGHT - 6, "middle", "predicted probability");
    svg.append("<text transform=\"translate(12 ")
        .append(number(y(0.5)))
        .append(") rotate(-90)\" text-anchor=\"middle\">observed frequency</text>");
  }

  private void band() {
    if (filled.isEmpty()) {
      return;
    }
    List<String> outline = new ArrayList<>();
    for (Bin bin : filled) {
      outline.add(edge(bin, 2));
    }
    for (int i = filled.size() - 1; i >= 0; i--) {
      outline.add(edge(filled.get(i), -2));
    }
    svg.append("<polygon class=\"band\" points=\"")
        .append(String.join(" ", outline))
        .append("\"/>");
  }

  private String edge(Bin bin, double deviations) {
    double p = bin.meanPredicted();
    double v = p + deviations * bin.bandDeviation();
    return point(x(p), y(Math.max(0, Math.min(1, v))));
  }

  private void bins() {
    List<String> curve = new ArrayList<>();
    for (Bin bin : filled) {
      double p = bin.meanPredicted();
      line("gap", x(p), y(p), x(p), y(bin.meanObserved()));
      curve.add(point(x(p), y(bin.meanObserved())));
    }
    svg.append("<polyline class=\"curve\" points=\"")
        .append(String.join(" ", curve))
        .append("\"/>");
    filled.forEach(bin -> bin.interval().ifPresent(interval -> error(bin, interval)));
    for (Bin bin : filled) {
      svg.append("<circle class=\"point\" r=\"4\" cx=\"")
          .append(number(x(bin.meanPredicted())))
          .append("\" cy=\"")
          .append(number(y(bin.meanObserved())))
          .append("\"><title>")
          .append(describe(bin))
          .append("</title></circle>");
    }
  }

  /** An error bar. */
  private void error(Bin bin, ConfidenceInterval interval) {
    if (Double.isNaN(interval.low())) {
      return;
    }
    double x = x(bin.meanPredicted());
    line("error", x, y(interval.low()), x, y(interval.high()));
    line("error", x - 3, y(interval.low()), x + 3, y(interval.low()));
    line("error", x - 3, y(interval.high()), x + 3, y(interval.high()));
  }

  private void histogram() {
    double total = filled.stream().mapToDouble(Bin::sumWeight).sum();
    double largest = filled.stream().mapToDouble(Bin::sumWeight).max().orElse(0);
    for (Bin bin : filled) {
      double height = HISTOGRAM_HEIGHT * bin.sumWeight() / largest;
      double right = Math.max(bin.upper(), bin.lower() + 0.004);
      rectangle(
          "bar",
          x(bin.lower()) + 0.5,
          HISTOGRAM_TOP + HISTOGRAM_HEIGHT - height,
          x(Math.min(1, right)) - x(bin.lower()) - 1,
          height,
          describe(bin));
    }
    double base = HISTOGRAM_TOP + HISTOGRAM_HEIGHT;
    line("grid", LEFT, base, LEFT + SIDE, base);
    text(
        LEFT - 7,
        HISTOGRAM_TOP + 10,
        "end",
        total > 0 ? Math.round(100 * largest / total) + "%" : "");
  }

  private static String describe(Bin bin) {
    return Html.escape(
        String.format(
            Locale.ROOT,
            "%s to %s: %s rows, predicted %s, observed %s",
            label(bin.lower()),
            label(bin.upper()),
            Html.count(bin.count()),
            Html.number(bin.meanPredicted()),
            Html.number(bin.meanObserved())
                + bin.interval().map(interval -> " " + Html.interval(interval)).orElse("")));
  }

  private void rectangle(
      String type, double x, double y, double width, double height, String title) {
    svg.append("<rect class=\"")
        .append(type)
        .append("\" x=\"")
        .append(number(x))
        .append("\" y=\"")
        .append(number(y))
        .append("\" width=\"")
        .append(number(Math.max(0.5, width)))
        .append("\" height=\"")
        .append(number(height))
        .append("\"><title>")
        .append(title)
        .append("</title></rect>");
  }

  private void line(String type, double x1, double y1, double x2, double y2) {
    svg.append("<line class=\"")
        .append(type)
        .append("\" x1=\"")
        .append(number(x1))
        .append("\" y1=\"")
        .append(number(y1))
        .append("\" x2=\"")
        .append(number(x2))
        .append("\" y2=\"")
        .append(number(y2))
        .append("\"/>");
  }

  private void text(double x, double y, String anchor, String text) {
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

  private static String point(double x, double y) {
    return number(x) + "," + number(y);
  }

  private static String number(double v) {
    return String.format(Locale.ROOT, "%.2f", v);
  }
}
