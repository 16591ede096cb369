// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.report.Svg.Point;

/**
 * The curve that a metric of ordered scores gives, as SVG: the receiver operating characteristic,
 * precision over recall, or risk over coverage. Its table has the columns x and y in front.
 */
final class CurveFigure {

  /** Below this coverage the risk is that of a few rows and does not decide the scale. */
  private static final double LEAST_COVERAGE = 0.02;

  private final MetricResult metric;
  private final List<List<Double>> points;

  private CurveFigure(MetricResult metric, NumberTable table) {
    this.metric = metric;
    points = table.rows().stream().filter(CurveFigure::isDefined).toList();
  }

  /** Whether the table is such a curve. */
  static boolean draws(NumberTable table) {
    return List.of("roc_curve", "precision_recall_curve", "risk_coverage").contains(table.name());
  }

  /** The figure with its caption. */
  static String of(MetricResult metric, NumberTable table) {
    CurveFigure figure = new CurveFigure(metric, table);
    return switch (table.name()) {
      case "roc_curve" -> figure.roc();
      case "precision_recall_curve" -> figure.precisionRecall();
      default -> figure.riskCoverage();
    };
  }

  private String roc() {
    Svg svg = drawing("ROC curve", "True positive rate over false positive rate.");
    Plot plot =
        Plot.square(svg, Axis.share("false positive rate"), Axis.share("true positive rate"));
    plot.frame();
    plot.foot();
    plot.line("diagonal", 0, 0, 1, 1);
    plot.curve(points.stream().map(p -> plot.point(p.get(0), p.get(1))).toList());
    return svg.figure("ROC of " + found() + ": area " + value() + ". Dashed: chance.");
  }

  private String precisionRecall() {
    Svg svg = drawing("Precision over recall", "Precision over recall, threshold by threshold.");
    Plot plot = Plot.square(svg, Axis.share("recall"), Axis.share("precision"));
    plot.frame();
    plot.foot();
    double rate = last();
    plot.level("diagonal", rate);
    plot.curve(steps(plot, points.stream().filter(p -> p.get(0) > 0).toList()));
    return svg.figure(
        "Precision and recall of %s: average precision %s. Dashed: their share of all rows, %s."
            .formatted(found(), value(), Html.number(rate)));
  }

  private String riskCoverage() {
    double most = largest(point -> point.get(0) < LEAST_COVERAGE ? 0 : point.get(1));
    boolean isCut = largest(point -> point.get(1)) > most;
    Svg svg = drawing("Risk over coverage", "Error rate of the rows kept over their share.");
    Plot plot =
        Plot.square(
            svg,
            Axis.share("coverage: share of the rows kept"),
            Axis.upTo("error rate of the rows kept", most));
    plot.frame();
    plot.foot();
    double rate = last();
    plot.level("diagonal", rate);
    plot.curve(steps(plot, points));
    return svg.figure(
        "Risk and coverage, the most certain rows by %s kept first: area %s. Dashed: error rate of"
                .formatted(score(), value())
            + " all rows, %s.".formatted(Html.number(rate))
            + (isCut ? " At the left the curve is above the frame." : ""));
  }

  private Svg drawing(String title, String description) {
    return new Svg(Plot.WIDTH, Plot.TOP + Plot.SIDE + Plot.FOOT, title, description);
  }

  /** The level of each point from the one before on, whose rows are not its; the first from 0. */
  private static List<Point> steps(Plot plot, List<List<Double>> points) {
    List<Point> steps = new ArrayList<>();
    double x = 0;
    for (List<Double> point : points) {
      steps.add(plot.point(x, point.get(1)));
      x = point.get(0);
      steps.add(plot.point(x, point.get(1)));
    }
    return steps;
  }

  private double largest(ToDoubleFunction<List<Double>> number) {
    return points.stream().mapToDouble(number).max().orElse(0);
  }

  /** The level of all rows. */
  private double last() {
    return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).get(1);
  }

  /** Which rows are to be found, and by what. */
  private String found() {
    return switch (String.valueOf(metric.parameters().get("of"))) {
      case "top_label" -> "right predictions by " + score();
      case "mistake" -> "mistakes by low " + score();
      case "positive_logit" -> "class 1 by its logit";
      default -> "class 1 by its probability";
    };
  }

  private String score() {
    String score = String.valueOf(metric.parameters().get("score"));
    return score.equals("msp") ? "confidence" : score.replace('_', ' ');
  }

  private String value() {
    double bound = metric.values().getOrDefault("error_bound", 0.0);
    return Html.number(metric.value())
        + (bound > 0 ? " (exact to " + Html.number(bound) + ")" : "");
  }

  private static boolean isDefined(List<Double> point) {
    return DoubleStream.of(point.get(0), point.get(1)).noneMatch(Double::isNaN);
  }
}
