// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.report.Svg.Point;

/**
 * The smoothed reliability curve of {@code smooth_ece} as SVG, with the density of the predictions
 * beneath. The curve is drawn where there are rows.
 */
final class SmoothFigure {

  /** Fewer rows than that say too little of a rate. */
  private static final int LEAST_ROWS = 5;

  private static final double DENSITY_TOP = Plot.TOP + Plot.SIDE + 24;
  private static final double DENSITY_HEIGHT = 90;
  private static final double HEIGHT = DENSITY_TOP + DENSITY_HEIGHT + Plot.FOOT;

  private final MetricResult metric;
  private final List<Row> rows;

  /** A point of the curve. */
  private record Row(double predicted, double observed, double density) {}

  private SmoothFigure(MetricResult metric, NumberTable table) {
    this.metric = metric;
    rows = table.rows().stream().map(r -> new Row(r.get(0), r.get(1), r.get(2))).toList();
  }

  /** Whether the table is such a curve. */
  static boolean draws(NumberTable table) {
    return table.name().equals("smooth_reliability");
  }

  /**
   * The figure with its caption.
   *
   * @param rows how many rows the curve is of
   */
  static String of(MetricResult metric, NumberTable table, long rows) {
    return new SmoothFigure(metric, table).draw(rows);
  }

  private String draw(long count) {
    String of = String.valueOf(metric.parameters().get("of")).replace('_', ' ');
    double sigma = metric.values().getOrDefault("sigma", Double.NaN);
    Svg svg =
        new Svg(
            Plot.WIDTH,
            HEIGHT,
            "Smoothed reliability, " + of,
            "Observed frequency over predicted probability, both smoothed, and the density of the"
                + " predictions.");
    Axis predicted = Axis.share("predicted probability");
    Plot curve = Plot.square(svg, predicted, Axis.share("observed frequency, smoothed"));
    curve.frame();
    curve.line("diagonal", 0, 0, 1, 1);
    // At t a row counts exp(-(t - p)^2 / 2 sigma^2), and the density is the mean over their
    // integral.
    double least = LEAST_ROWS / (count * sigma * Math.sqrt(2 * Math.PI));
    for (List<Point> run : runs(curve, least)) {
      curve.curve(run);
    }
    density(svg, predicted);
    return svg.figure(
        "%s, smoothed: smooth calibration error %s, which is the bandwidth too. Drawn where at least"
                .formatted(
                    of.substring(0, 1).toUpperCase(Locale.ROOT) + of.substring(1),
                    Html.number(metric.value()))
            + " %d rows are near. Below: density of the predictions.".formatted(LEAST_ROWS));
  }

  /** The stretches of the curve where the density is not less. */
  private List<List<Point>> runs(Plot plot, double least) {
    List<List<Point>> runs = new ArrayList<>();
    boolean isOpen = false;
    for (Row row : rows) {
      boolean isNear = row.density >= least && !Double.isNaN(row.observed);
      if (isNear) {
        if (!isOpen) {
          runs.add(new ArrayList<>());
        }
        runs.get(runs.size() - 1).add(plot.point(row.predicted, row.observed));
      }
      isOpen = isNear;
    }
    return runs;
  }

  private void density(Svg svg, Axis predicted) {
    double most = rows.stream().mapToDouble(Row::density).max().orElse(0);
    Plot plot =
        new Plot(svg, predicted, new Axis("density", most, 2 * most), DENSITY_TOP, DENSITY_HEIGHT);
    plot.frame();
    plot.foot();
    List<Point> outline = new ArrayList<>();
    outline.add(plot.point(0, 0));
    rows.forEach(row -> outline.add(plot.point(row.predicted, row.density)));
    outline.add(plot.point(1, 0));
    svg.polygon("bar", outline);
  }
}
