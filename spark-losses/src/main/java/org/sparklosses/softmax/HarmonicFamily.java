// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Probabilities from distances to class centres. */
public final class HarmonicFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Harmonic loss";
  }

  @Override
  public String use() {
    return "Where a model gives distances to the centres of the classes instead of logits."
        + " The unit of the distances does not matter.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(harmonicMax(), harmonicLoss());
  }

  private static RowFunction harmonicMax() {
    return RowFunction.define("harmonic_max")
        .parameters(distances(), exponent())
        .result(ResultType.ARRAY)
        .summary("Probabilities that fall with a power of the distance.")
        .formula("p_i = d_i^-n / sum_j d_j^-n; zero distances share all mass equally")
        .range("[0, 1], sums to 1; NaN for a row with a NaN or nothing but +inf")
        .source("Baek et al. 2025, Harmonic Loss, arXiv:2502.01628; its code applies n to d^2")
        .example("harmonic_max(array(0.5, 1.0, 2.0), n => 2)")
        .body(
            settings -> {
              double n = settings.number("n");
              return Body.arrayOfRow(row -> probabilities("harmonic_max", row.logits(), n));
            });
  }

  private static RowFunction harmonicLoss() {
    return RowFunction.define("harmonic_loss")
        .parameters(distances(), label(), exponent())
        .summary("Cross entropy of harmonic_max.")
        .formula("-log harmonic_max(d, n)_y")
        .range("[0, inf]; NaN where harmonic_max is")
        .source("Baek et al. 2025, Harmonic Loss, arXiv:2502.01628")
        .example("harmonic_loss(array(0.5, 1.0, 2.0), 0)")
        .body(
            settings -> {
              double n = settings.number("n");
              return Body.ofRow(row -> loss(row.logits(), row.label(), n));
            });
  }

  private static Parameter distances() {
    return column("distances", ParameterType.LOGITS, "distances of at least 0, one a class");
  }

  private static Parameter exponent() {
    return number("n", 1.0, Range.above(0), "the power of the distance");
  }

  private static double[] probabilities(String function, double[] d, double n) {
    int zeros = zeros(function, d);
    double[] out = new double[d.length];
    for (int j = 0; j < d.length; j++) {
      out[j] = zeros > 0 ? (d[j] == 0 ? 1.0 / zeros : 0) : -n * StrictMath.log(d[j]);
    }
    return zeros > 0 ? out : LogitRow.softmaxInPlace(out);
  }

  private static double loss(double[] d, int y, double n) {
    int zeros = zeros("harmonic_loss", d);
    if (zeros > 0) {
      return d[y] == 0 ? StrictMath.log(zeros) : Double.POSITIVE_INFINITY;
    }
    return LogitRow.crossEntropy(d.length, j -> -n * StrictMath.log(d[j]), y);
  }

  /** How many distances are 0; none for a row with a NaN, which has no probabilities. */
  private static int zeros(String function, double[] d) {
    int zeros = 0;
    double min = Double.POSITIVE_INFINITY;
    for (double x : d) {
      min = Math.min(min, x);
      zeros += x == 0 ? 1 : 0;
    }
    if (min < 0) {
      throw new IllegalArgumentException(
          function + ": distance " + min + " is negative; distances are at least 0");
    }
    return Double.isNaN(min) ? 0 : zeros;
  }
}
