// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.kernel.RowStatistics;

/**
 * Losses divided by their sum over all labels, which makes them robust to noisy labels. One class
 * gives NaN: no loss divided by no loss.
 */
public final class NormalizedFamily implements FunctionFamily {

  private static final String SOURCE = "Ma et al. 2020, arXiv:2006.13554";
  private static final String FOCAL = "nfl";
  private static final String MEAN_ABSOLUTE_ERROR = "mae";

  @Override
  public String title() {
    return "Normalized and active-passive losses";
  }

  @Override
  public String use() {
    return "Where labels are wrong at random: a loss that sums to 1 over all labels is "
        + "robust to such noise, and a passive part makes up for its slow learning.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        crossEntropy(),
        focal(),
        meanAbsoluteError(),
        reverseCrossEntropy(),
        generalizedCrossEntropy(),
        activePassive());
  }

  private static RowFunction crossEntropy() {
    return RowFunction.define("normalized_cross_entropy_loss")
        .parameters(logits(), label())
        .summary("The label's share of the cross entropies of all labels.")
        .formula("log p_y / sum_k log p_k")
        .range("[0, 1]; NaN for one class or p_y = 0")
        .source(SOURCE)
        .example("normalized_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(NormalizedFamily::crossEntropy));
  }

  private static double crossEntropy(RowStatistics s) {
    int classes = s.classes();
    double mean = (s.max() - s.sum() / classes) + s.logOfSum();
    return s.crossEntropy() / (classes * mean);
  }

  private static Parameter gamma() {
    return number("gamma", 0.5, Range.atLeast(0), "how strongly easy rows are discounted");
  }

  private static RowFunction focal() {
    return RowFunction.define("normalized_focal_loss")
        .parameters(logits(), label(), gamma())
        .summary("The label's share of the focal losses of all labels.")
        .formula("f(p_y) / sum_k f(p_k); f(p) = -(1-p)^gamma log p")
        .range("[0, 1]; NaN for one class or p_y = 0")
        .source(SOURCE)
        .example("normalized_focal_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double gamma = settings.number("gamma");
              return Body.ofRowAndStatistics(row -> focal(row, gamma));
            });
  }

  private static double focal(Row row, double gamma) {
    RowStatistics s = row.statistics();
    double logSum = s.logOfSum();
    double sum = 0;
    for (double z : row.logits()) {
      sum += FocalFamily.focal((s.max() - z) + logSum, gamma);
    }
    return FocalFamily.focal(s.crossEntropy(), gamma) / sum;
  }

  private static RowFunction meanAbsoluteError() {
    return RowFunction.define("normalized_mae_loss")
        .parameters(logits(), label())
        .summary("The label's share of the absolute errors of all labels.")
        .formula("(1 - p_y) / (C - 1)")
        .range("[0, 1/(C-1)]; NaN for one class")
        .source(SOURCE)
        .example("normalized_mae_loss(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(NormalizedFamily::shareOfComplement));
  }

  private static RowFunction reverseCrossEntropy() {
    return RowFunction.define("normalized_reverse_cross_entropy_loss")
        .parameters(logits(), label())
        .summary("The label's share of the reverse cross entropies of all labels.")
        .formula("(1 - p_y) / (C - 1): log 0 cancels, which makes it normalized_mae_loss")
        .range("[0, 1/(C-1)]; NaN for one class")
        .source(SOURCE)
        .example("normalized_reverse_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(NormalizedFamily::shareOfComplement));
  }

  private static double shareOfComplement(RowStatistics s) {
    return s.labelComplement() / (s.classes() - 1);
  }

  private static RowFunction generalizedCrossEntropy() {
    return RowFunction.define("normalized_generalized_cross_entropy_loss")
        .parameters(
            logits(),
            label(),
            number("q", 0.7, Range.openClosed(0, 1), "near 0 cross entropy, 1 is 1 - p_y"))
        .summary("The label's share of the generalized cross entropies of all labels.")
        .formula("(1 - p_y^q) / (C - sum_k p_k^q)")
        .range("[0, 1]; NaN for one class")
        .source(SOURCE)
        .example("normalized_generalized_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double q = settings.number("q");
              return Body.ofRowAndStatistics(row -> generalizedCrossEntropy(row, q));
            });
  }

  private static double generalizedCrossEntropy(Row row, double q) {
    RowStatistics s = row.statistics();
    double logSum = s.logOfSum();
    double sum = 0;
    for (double z : row.logits()) {
      sum += -Powers.expm1(-q * ((s.max() - z) + logSum));
    }
    return -Powers.expm1(-q * s.crossEntropy()) / sum;
  }

  private static RowFunction activePassive() {
    return RowFunction.define("active_passive_loss")
        .parameters(
            logits(),
            label(),
            choice(
                "active",
                List.of("nce", FOCAL),
                "the normalized loss: of cross entropy or of the focal loss"),
            choice(
                "passive",
                List.of("rce", MEAN_ABSOLUTE_ERROR),
                "reverse cross entropy or mean absolute error 2 (1 - p_y)"),
            number("alpha", 1.0, Range.any(), "the weight of the active loss"),
            number("beta", 1.0, Range.any(), "the weight of the passive loss"),
            gamma(),
            RobustFamily.logZero())
        .summary("A normalized loss plus one that is bounded from the start.")
        .formula("alpha active + beta passive")
        .range("[0, inf) for weights >= 0; NaN for one class or p_y = 0")
        .source(SOURCE)
        .example("active_passive_loss(array(2.0, 0.5, -1.0), 0, active => 'nfl')")
        .body(NormalizedFamily::activePassive);
  }

  private static Body activePassive(Settings settings) {
    double alpha = settings.number("alpha");
    double gamma = settings.number("gamma");
    double bound =
        settings.text("passive").equals(MEAN_ABSOLUTE_ERROR) ? 2 : -settings.number("log_zero");
    double factor = settings.number("beta") * bound;
    if (settings.text("active").equals(FOCAL)) {
      return Body.ofRowAndStatistics(
          row -> alpha * focal(row, gamma) + factor * row.statistics().labelComplement());
    }
    return Body.ofStatistics(s -> alpha * crossEntropy(s) + factor * s.labelComplement());
  }
}
