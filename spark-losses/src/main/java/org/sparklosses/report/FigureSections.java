// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.NumberTable;

/** The figures of the metrics of all rows that give a curve, a matrix or a decomposition. */
final class FigureSections {

  private final EvaluationResult result;

  FigureSections(EvaluationResult result) {
    this.result = result;
  }

  /** The figures that belong beside the reliability diagrams. */
  List<String> reliability() {
    List<String> figures = new ArrayList<>();
    for (MetricResult metric : result.overall().metrics()) {
      metric.numbers().stream()
          .filter(SmoothFigure::draws)
          .map(table -> SmoothFigure.of(metric, table, result.overall().ledger().rowsEvaluated()))
          .forEach(figures::add);
    }
    return figures;
  }

  /** The section of curves and of decompositions, if there are any. */
  String curves() {
    StringBuilder curves = new StringBuilder();
    StringBuilder decompositions = new StringBuilder();
    for (MetricResult metric : result.overall().metrics()) {
      metric.numbers().stream()
          .filter(CurveFigure::draws)
          .forEach(table -> curves.append(CurveFigure.of(metric, table)));
      if (DecompositionFigure.draws(metric)) {
        decompositions.append(DecompositionFigure.of(metric));
      }
    }
    if (curves.isEmpty() && decompositions.isEmpty()) {
      return "";
    }
    return "<section id=\"curves\"><h2>Discrimination</h2><p class=\"quiet\">How well scores tell"
        + " one kind of rows from the other, and what that is worth.</p><div"
        + " class=\"figures\">"
        + curves
        + decompositions
        + "</div></section>";
  }

  /** The section of confusions: of the whole matrix if a metric gives it. */
  String confusions() {
    return tables()
        .filter(Confusions::draws)
        .min(Comparator.comparing(table -> !Confusions.isMatrix(table)))
        .map(table -> Confusions.of(table, result))
        .orElse("");
  }

  private Stream<NumberTable> tables() {
    return result.overall().metrics().stream().flatMap(metric -> metric.numbers().stream());
  }
}
