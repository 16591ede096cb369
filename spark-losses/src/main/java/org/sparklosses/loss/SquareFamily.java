// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.target;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** Losses that square probabilities or logits. */
public final class SquareFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Square and spherical scores";
  }

  @Override
  public String use() {
    return "Where one confident error should not dominate a mean: Brier and the spherical "
        + "score are proper and bounded. squentropy suits models trained with it.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(brier(), squentropy(), spherical());
  }

  private static RowFunction brier() {
    return RowFunction.define("brier_loss")
        .parameters(logits(), target())
        .summary("The squared distance of the probabilities from the label.")
        .formula("sum_c (p_c - t_c)^2, with t the one-hot of a class index")
        .range("[0, 2] for labels that are probabilities")
        .source("Brier 1950; the sum over classes, not its half nor its mean")
        .example("brier_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings ->
                settings.softTarget()
                    ? Body.ofRowAndStatistics(SquareFamily::brier)
                    : Body.ofStatistics(RowStatistics::brier));
  }

  private static RowFunction squentropy() {
    return RowFunction.define("squentropy_loss")
        .parameters(logits(), label())
        .summary("Cross entropy plus the mean square of the other classes' logits.")
        .formula("-log p_y + sum_{j != y} z_j^2 / (C - 1)")
        .range("[0, inf]; 0 for one class")
        .source("Hui, Belkin & Wright 2023, arXiv:2302.03952")
        .example("squentropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings ->
                Body.ofStatistics(
                    s ->
                        s.crossEntropy()
                            + (s.classes() == 1 ? 0 : s.sumSquaresOthers() / (s.classes() - 1))));
  }

  private static double brier(Row row) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    double[] z = row.logits();
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      double d = StrictMath.exp(z[c] - s.max()) / s.sumExp() - t[c];
      sum += d * d;
    }
    return sum;
  }

  private static RowFunction spherical() {
    return RowFunction.define("spherical_score_loss")
        .parameters(logits(), target())
        .summary("One less the cosine between probabilities and label: the spherical score.")
        .formula("1 - sum_c p_c t_c / sqrt(sum_c p_c^2), with t the one-hot of a class index")
        .range("[0, 1] for labels that are probabilities")
        .source("Gneiting & Raftery 2007, the spherical scoring rule")
        .example("spherical_score_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings ->
                settings.softTarget()
                    ? Body.ofRowAndStatistics(SquareFamily::spherical)
                    : Body.ofStatistics(
                        s -> spherical(s, StrictMath.exp(s.labelLogit() - s.max()))));
  }

  private static double spherical(Row row) {
    RowStatistics s = row.statistics();
    double[] z = row.logits();
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      sum += StrictMath.exp(z[c] - s.max()) * t[c];
    }
    return spherical(s, sum);
  }

  private static double spherical(RowStatistics s, double product) {
    return s.hasSoftmax() ? 1 - product / StrictMath.sqrt(s.sumExpSquares()) : Double.NaN;
  }
}
