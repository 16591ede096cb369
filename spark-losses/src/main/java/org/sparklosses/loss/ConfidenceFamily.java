// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** Losses that steer how sure a model is. */
public final class ConfidenceFamily implements FunctionFamily {

  /** The smallest 1 - p_y whose logarithm the bonus takes. */
  private static final double SMALLEST_COMPLEMENT = 1e-5;

  @Override
  public String title() {
    return "Losses about confidence";
  }

  @Override
  public String use() {
    return "To reward rows that are right (encouraging_loss), to restrain the largest "
        + "logit (max_suppression_loss), or to measure confidence against correctness "
        + "(correctness_aware_loss).";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(encouraging(), maxSuppression(), correctnessAware());
  }

  private static RowFunction encouraging() {
    return RowFunction.define("encouraging_loss")
        .parameters(
            logits(),
            label(),
            number(
                "log_end",
                0.75,
                Range.openClosed(0, 1),
                "the p_y from which the bonus is a tangent; 1 for none"))
        .summary("Cross entropy with a bonus for rows that are classified well.")
        .formula(
            "-log p_y + log max(1 - p_y, 1e-5); for p_y > log_end: -log p_y + log(1 - log_end) -"
                + " (p_y - log_end) / (1 - log_end)")
        .range("any number; negative where p_y is high")
        .source("Zhao et al. 2022, Well-classified Examples are Underestimated, arXiv:2110.06537")
        .example("encouraging_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double logEnd = settings.number("log_end");
              return Body.ofStatistics(s -> s.crossEntropy() + bonus(s.labelComplement(), logEnd));
            });
  }

  /** Of {@code 1 - p_y}. */
  private static double bonus(double complement, double logEnd) {
    double end = 1 - logEnd;
    return complement < end
        ? StrictMath.log(end) - (end - complement) / end
        : StrictMath.log(Math.max(complement, SMALLEST_COMPLEMENT));
  }

  private static RowFunction maxSuppression() {
    return RowFunction.define("max_suppression_loss")
        .parameters(
            logits(), label(), number("alpha", 0.1, Range.any(), "the weight of the second term"))
        .summary("Cross entropy plus how far the largest logit is above the mean.")
        .formula("-log p_y + alpha (max z - mean z)")
        .range("[0, inf] for alpha >= 0")
        .source("Zhou et al. 2025, MaxSup, arXiv:2502.15798")
        .example("max_suppression_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double alpha = settings.number("alpha");
              return Body.ofStatistics(
                  s -> s.crossEntropy() + Mass.times(alpha, s.max() - s.sum() / s.classes()));
            });
  }

  private static RowFunction correctnessAware() {
    return RowFunction.define("correctness_aware_loss")
        .parameters(
            logits(), label(), number("power", 2.0, Range.above(0), "the power of the distance"))
        .summary("The distance of the confidence from 1 if the prediction is right, else from 0.")
        .formula("|max_c p_c - [argmax z = y]|^power")
        .range("[0, 1]")
        .source("Liu et al. 2024, arXiv:2404.13016")
        .example("correctness_aware_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double power = settings.number("power");
              return Body.ofStatistics(s -> Powers.of(distance(s), power));
            });
  }

  private static double distance(RowStatistics s) {
    return s.isCorrect() ? (s.sumExp() - 1) * s.confidence() : s.confidence();
  }
}
