// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Softmax with a temperature that the row itself sets. */
public final class ScaledSoftmaxFamily implements FunctionFamily {

  private static final String SDM_PAPER = "Schmaltz 2025, arXiv:2509.12760, arXiv:2502.20167";

  @Override
  public String title() {
    return "Softmax with a scale of its own";
  }

  @Override
  public String use() {
    return "Where one temperature does not fit all rows: rows with different numbers of "
        + "classes (scalable_softmax), rows that softmax leaves too flat "
        + "(adaptive_temperature_softmax), rows that come with their similarity and "
        + "distance to the training data (sdm_activation).";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(scalable(), adaptiveTemperature(), sdmActivation(), sdmLoss());
  }

  private static RowFunction scalable() {
    return RowFunction.define("scalable_softmax")
        .parameters(
            logits(),
            number("s", 0.43, Range.any(), "how the factor grows with log C"),
            number("b", 0.0, Range.any(), "the factor's constant part"))
        .result(ResultType.ARRAY)
        .summary("Softmax that stays as peaked when there are more classes.")
        .formula("softmax((s log C + b) z)")
        .range("[0, 1], sums to 1; NaN where softmax is")
        .source("Nakanishi 2025, SSMax, arXiv:2501.19399")
        .example("scalable_softmax(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              double s = settings.number("s");
              double b = settings.number("b");
              return Body.arrayOfRow(
                  row -> {
                    double[] z = row.logits();
                    return LogitRow.scaledSoftmax(z, s * StrictMath.log(z.length) + b);
                  });
            });
  }

  private static RowFunction adaptiveTemperature() {
    return RowFunction.define("adaptive_temperature_softmax")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary("Softmax, sharpened where its entropy is high.")
        .formula(
            "softmax(b z); H = entropy of softmax(z); b = max(1, -0.037 H^4 + 0.481 H^3 - 2.3 H^2"
                + " + 4.917 H - 1.791) if H > 0.5 else 1")
        .range("[0, 1], sums to 1; NaN where softmax is")
        .source("Velickovic et al. 2024, arXiv:2410.01104")
        .example("adaptive_temperature_softmax(array(2.0, 0.5, -1.0))")
        .body(
            settings ->
                Body.arrayOfRowAndStatistics(
                    row ->
                        LogitRow.scaledSoftmax(
                            row.logits(), sharpening(row.statistics().entropy()))));
  }

  private static RowFunction sdmActivation() {
    return RowFunction.define("sdm_activation")
        .parameters(logits(), similarity(), distance())
        .result(ResultType.ARRAY)
        .summary("Softmax, sharpened by similarity to training data and flattened by distance.")
        .formula("p_i = (2 + q)^(d z_i) / sum_j (2 + q)^(d z_j)")
        .range("[0, 1], sums to 1; NaN where softmax is")
        .source(SDM_PAPER)
        .example("sdm_activation(array(2.0, 0.5, -1.0), 3.0, 0.5)")
        .body(
            settings ->
                Body.arrayOfRow(
                    row -> {
                      double q = row.number(1);
                      double d = row.number(2);
                      checkSdm("sdm_activation", q, d);
                      return LogitRow.scaledSoftmax(row.logits(), StrictMath.log(2 + q) * d);
                    }));
  }

  private static RowFunction sdmLoss() {
    return RowFunction.define("sdm_loss")
        .parameters(logits(), label(), similarity(), distance())
        .summary("Cross entropy of sdm_activation, to base 2 + q.")
        .formula("-log_(2 + q) sdm_activation(z, q, d)_y")
        .range("[0, inf]; NaN where softmax is")
        .source(SDM_PAPER)
        .example("sdm_loss(array(2.0, 0.5, -1.0), 0, 3.0, 0.5)")
        .body(
            settings ->
                Body.ofRow(
                    row -> {
                      double q = row.number(2);
                      double d = row.number(3);
                      checkSdm("sdm_loss", q, d);
                      return sdmLoss(row.logits(), row.label(), StrictMath.log(2 + q), d);
                    }));
  }

  private static Parameter similarity() {
    return column("q", ParameterType.DOUBLE, "similarity: the count of matches, at least 0");
  }

  private static Parameter distance() {
    return column("d", ParameterType.DOUBLE, "the distance's quantile, in [0, 1]");
  }

  private static double sdmLoss(double[] z, int y, double logBase, double d) {
    double max = LogitRow.max(z);
    double factor = logBase * d;
    return LogitRow.crossEntropy(z.length, j -> LogitRow.scaled(z[j], max, factor), y) / logBase;
  }

  private static void checkSdm(String function, double q, double d) {
    if (q < 0) {
      throw new IllegalArgumentException(
          function + ": q = " + q + " is negative; it counts matches, hence is at least 0");
    }
    if (d < 0 || d > 1) {
      throw new IllegalArgumentException(
          function + ": d = " + d + " is outside [0, 1]; it is a quantile");
    }
  }

  /** The factor of the logits at an entropy: 1 at low entropy, where sharpening is not needed. */
  private static double sharpening(double entropy) {
    if (entropy <= 0.5) {
      return 1;
    }
    double factor = -0.037;
    for (double coefficient : new double[] {0.481, -2.3, 4.917, -1.791}) {
      factor = factor * entropy + coefficient;
    }
    return Math.max(1, factor);
  }
}
