// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** The two losses that are called Z-loss. */
public final class ZLossFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Z-losses";
  }

  @Override
  public String use() {
    return "shift_scale_invariant_z_loss judges how far the label stands out, whatever the"
        + " scale of the logits. log_z_squared_loss watches the drift of the normaliser "
        + "that precedes divergence of large models.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(shiftScaleInvariant(), logZSquared());
  }

  private static RowFunction shiftScaleInvariant() {
    return RowFunction.define("shift_scale_invariant_z_loss")
        .parameters(
            logits(),
            label(),
            number("a", 1.0, Range.above(0), "the steepness"),
            number("b", 0.0, Range.any(), "the standard score at which the loss bends"))
        .summary("How far the label's standard score among the logits falls short of b.")
        .formula(
            "softplus(a (b - c)) / a; c = (z_y - mean z) / std z, 0 for equal logits; softplus(x) ="
                + " log(1 + e^x)")
        .range("(0, inf)")
        .source("de Brebisson & Vincent 2016, The Z-loss, arXiv:1604.08859")
        .example("shift_scale_invariant_z_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double a = settings.number("a");
              double b = settings.number("b");
              return Body.ofRowAndStatistics(
                  row -> Logistic.softplus(a * (b - standardScore(row))) / a);
            });
  }

  /** From the distances to the maximum, so that a shift of the logits loses no digits. */
  private static double standardScore(Row row) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    if (s.max() == s.min()) {
      return 0;
    }
    double[] z = row.logits();
    double sum = 0;
    for (double v : z) {
      sum += v - s.max();
    }
    double mean = sum / z.length;
    double squares = 0;
    for (double v : z) {
      double d = (v - s.max()) - mean;
      squares += d * d;
    }
    return ((s.labelLogit() - s.max()) - mean) / StrictMath.sqrt(squares / z.length);
  }

  private static RowFunction logZSquared() {
    return RowFunction.define("log_z_squared_loss")
        .parameters(logits(), number("coefficient", 1e-4, Range.any(), "a factor"))
        .summary("The auxiliary loss that keeps the normaliser of the softmax near 1.")
        .formula("coefficient (log sum_j exp(z_j))^2")
        .range("[0, inf] for coefficient >= 0")
        .source("Chowdhery et al. 2022, PaLM, arXiv:2204.02311 (z-loss)")
        .example("log_z_squared_loss(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              double coefficient = settings.number("coefficient");
              return Body.ofStatistics(
                  s -> {
                    double logSum = s.logSumExp();
                    return s.positiveInfinities() > 0
                        ? Double.NaN
                        : Mass.times(coefficient, logSum * logSum);
                  });
            });
  }
}
