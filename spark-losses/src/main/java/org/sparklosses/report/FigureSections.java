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

  /** The sections of curves and of decompositions, as far as there are any. */
  String curves() {
    List<String> curves = new ArrayList<>();
    List<String> decompositions = new ArrayList<>();
    for (MetricResult metric : result.overall().metrics()) {
      metric.numbers().stream()
          .filter(CurveFigure::draws)
          .map(table -> CurveFigure.of(metric, table))
          .forEach(curves::add);
      if (DecompositionFigure.draws(metric)) {
        decompositions.add(DecompositionFigure.of(metric));
      }
    }
    return section(
            "curves",
            "Discrimination",
            "How well a score tells one kind of rows from the other, threshold by threshold.",
            curves)
        + section(
            "decompositions",
            "Decomposition",
            "Uncertainty is the score of always predicting the overall rate.",
            decompositions);
  }

  /** The section of confusions: of the whole matrix if a metric gives it. */
  String confusions() {
    return tables()
        .filter(Confusions::draws)
        .min(Comparator.comparing(table -> !Confusions.isMatrix(table)))
        .map(table -> Confusions.of(table, result.classes()))
        .orElse("");
  }

  private Stream<NumberTable> tables() {
    return result.overall().metrics().stream().flatMap(metric -> metric.numbers().stream());
  }

  private static String section(String id, String title, String lead, List<String> figures) {
    return figures.isEmpty()
        ? ""
        : "<section id=\"%s\"><h2>%s</h2><p class=\"quiet\">%s</p><div class=\"figures\">"
                .formatted(id, title, lead)
            + String.join("", figures)
            + "</div></section>";
  }
}
