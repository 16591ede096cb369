// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparklosses.metric.MetricResult;

/**
 * What a score is made of, as bars: from its uncertainty down by what the predictions tell apart,
 * up by what they are miscalibrated.
 */
final class DecompositionFigure {

  /** What each of the metrics calls its parts. */
  private record Parts(String title, String score, String miscalibration, String discrimination) {}

  private static final Map<String, Parts> KNOWN =
      Map.of(
          "murphy_decomposition",
          new Parts("Murphy's decomposition", "brier", "reliability", "resolution"),
          "corp_decomposition",
          new Parts(
              "Decomposition by isotonic recalibration",
              "score",
              "miscalibration",
              "discrimination"),
          "log_loss_binned_decomposition",
          new Parts("Decomposition of the log loss", "log_loss", "reliability", "resolution"));

  private static final double LABELS = 118;
  private static final double BARS = 220;
  private static final double VALUES = 82;
  private static final double ROW = 34;
  private static final double THICK = 18;

  /** A bar from one number to another. */
  private record Bar(String type, String label, double from, double to, double value) {

    boolean isFinite() {
      return Double.isFinite(from) && Double.isFinite(to);
    }
  }

  private DecompositionFigure() {}

  /** Whether the metric is such a decomposition. */
  static boolean draws(MetricResult metric) {
    return KNOWN.containsKey(metric.name());
  }

  /** The figure with its caption. */
  static String of(MetricResult metric) {
    Parts parts = KNOWN.get(metric.name());
    List<Bar> bars = bars(metric, parts);
    double most =
        bars.stream()
            .filter(Bar::isFinite)
            .mapToDouble(bar -> Math.max(bar.from, bar.to))
            .max()
            .orElse(0);
    Svg svg =
        new Svg(
            LABELS + BARS + VALUES,
            bars.size() * ROW + 8,
            parts.title,
            "A score as uncertainty less discrimination plus miscalibration.");
    svg.line("grid", LABELS, 0, LABELS, bars.size() * ROW + 8);
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, bars.get(i), i * ROW + 8, most);
    }
    return svg.figure(caption(metric, parts));
  }

  private static List<Bar> bars(MetricResult metric, Parts parts) {
    double uncertainty = value(metric, "uncertainty");
    double discrimination = value(metric, parts.discrimination);
    double miscalibration = value(metric, parts.miscalibration);
    double best = uncertainty - discrimination;
    List<Bar> bars = new ArrayList<>();
    bars.add(new Bar("neutral", "uncertainty", 0, uncertainty, uncertainty));
    bars.add(new Bar("bar", "\u2212 " + parts.discrimination, uncertainty, best, discrimination));
    bars.add(
        new Bar("loss", "+ " + parts.miscalibration, best, best + miscalibration, miscalibration));
    if (metric.values().containsKey("wbv")) {
      double within = value(metric, "wbv") - value(metric, "wbc");
      double before = best + miscalibration;
      bars.add(new Bar("neutral", "+ within bins", before, before + within, within));
    }
    double score = value(metric, parts.score);
    bars.add(new Bar("total", "= " + parts.score.replace('_', ' '), 0, score, score));
    return bars;
  }

  private static void draw(Svg svg, Bar bar, double top, double most) {
    svg.text(LABELS - 8, top + THICK / 2 + 4, "end", bar.label);
    if (bar.isFinite() && most > 0) {
      double left = BARS * Math.min(bar.from, bar.to) / most;
      double width = Math.max(1, BARS * Math.abs(bar.to - bar.from) / most);
      svg.rectangle(bar.type, LABELS + left, top, width, THICK, bar.label);
    }
    svg.text(LABELS + BARS + VALUES - 4, top + THICK / 2 + 4, "end", Html.number(bar.value));
  }

  private static String caption(MetricResult metric, Parts parts) {
    boolean isLog =
        metric.name().startsWith("log_loss") || "log".equals(metric.parameters().get("score"));
    boolean isBinned = metric.values().containsKey("wbv");
    return "%s, %s: %s %s = uncertainty \u2212 %s + %s%s. Uncertainty is the score of the overall rate."
        .formatted(
            parts.title,
            String.valueOf(metric.parameters().get("of")).replace('_', ' '),
            isLog ? "log loss (nats)" : "Brier score",
            Html.number(value(metric, parts.score)),
            parts.discrimination,
            parts.miscalibration,
            isBinned ? " + variance less covariance within bins" : "");
  }

  private static double value(MetricResult metric, String part) {
    return metric.values().getOrDefault(part, Double.NaN);
  }
}
