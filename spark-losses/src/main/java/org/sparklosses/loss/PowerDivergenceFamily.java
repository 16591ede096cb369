// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;

/**
 * Divergences by powers of the ratio of two distributions. Both lose accuracy next to an order at
 * which they have a limit: about {@code 1e-16 / |alpha - 1|}, and {@code 1e-16 / |alpha|} for the
 * alpha-divergence. At the limit itself they are exact.
 */
public final class PowerDivergenceFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Divergences of an order";
  }

  @Override
  public String use() {
    return "To weigh where two distributions differ: a high order looks at where p exceeds"
        + " q most, a low order at their common support.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(renyi(), alpha());
  }

  private static RowFunction renyi() {
    Range orders = new Range("in [0, inf]", value -> (Double) value >= 0);
    return RowFunction.define("renyi_divergence_loss")
        .parameters(
            Distributions.p(),
            Distributions.q(),
            required("alpha", ParameterType.DOUBLE, orders, "the order; 1 is kl_divergence_loss"))
        .summary("The Renyi divergence of p from q, in nats.")
        .formula(
            "log(sum_i p_i^alpha q_i^(1 - alpha)) / (alpha - 1), over p_i > 0; alpha = 1: KL(p ||"
                + " q); alpha = inf: log max_i p_i / q_i")
        .range("[0, inf] for distributions; infinite where q_i = 0 < p_i if alpha >= 1")
        .source("Renyi 1961; van Erven & Harremoes 2012, arXiv:1206.2459")
        .example("renyi_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2), alpha => 2)")
        .body(PowerDivergenceFamily::renyi);
  }

  private static RowFunction alpha() {
    return RowFunction.define("alpha_divergence_loss")
        .parameters(
            Distributions.p(),
            Distributions.q(),
            required(
                "alpha",
                ParameterType.DOUBLE,
                Range.any(),
                "the order; 1 is KL(p || q), 0 is KL(q || p)"))
        .summary("The alpha-divergence of p from q: KL both ways, and what lies between.")
        .formula(
            "(sum_i p_i^alpha q_i^(1 - alpha) - 1) / (alpha (alpha - 1)); alpha = 1: KL(p || q);"
                + " alpha = 0: KL(q || p)")
        .range("[0, inf] for distributions")
        .source("Cichocki & Amari 2010; Amari's own order is 2 alpha - 1, up to sign")
        .example("alpha_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2), alpha => 0.5)")
        .body(PowerDivergenceFamily::alpha);
  }

  private static Body renyi(Settings settings) {
    String function = settings.owner();
    double alpha = settings.number("alpha");
    if (alpha == 1) {
      return Body.ofRow(row -> Distributions.sum(function, row, Distributions::relativeEntropy));
    }
    return alpha == Double.POSITIVE_INFINITY
        ? Body.ofRow(row -> largestLogRatio(function, row))
        : Body.ofRow(row -> logSum(function, row, alpha) / (alpha - 1));
  }

  private static Body alpha(Settings settings) {
    String function = settings.owner();
    double alpha = settings.number("alpha");
    if (alpha == 1) {
      return Body.ofRow(row -> Distributions.sum(function, row, Distributions::relativeEntropy));
    }
    if (alpha == 0) {
      return Body.ofRow(
          row -> Distributions.sum(function, row, (a, b) -> Distributions.relativeEntropy(b, a)));
    }
    return Body.ofRow(
        row -> {
          double sum =
              Distributions.sum(function, row, (a, b) -> StrictMath.exp(logTerm(a, b, alpha)));
          return (sum - 1) / (alpha * (alpha - 1));
        });
  }

  /** {@code log(a^alpha b^(1 - alpha))}, where two zeros make a term of 0. */
  private static double logTerm(double a, double b, double alpha) {
    if (a == 0 || b == 0) {
      boolean infinite = a == 0 ? b > 0 && alpha < 0 : alpha > 1;
      return infinite ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return StrictMath.log(a) + (alpha - 1) * Distributions.logRatio(a, b);
  }

  /** {@code log sum_i exp(logTerm)} in one pass, by the largest so far: powers overflow. */
  private static double logSum(String function, Row row, double alpha) {
    double[] p = row.array(0);
    double[] q = row.array(1);
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double x =
          Distributions.isNumber(function, p, q, i) ? logTerm(p[i], q[i], alpha) : Double.NaN;
      if (x > max) {
        sum = sum * StrictMath.exp(max - x) + 1;
        max = x;
      } else {
        sum += x == max ? 1 : StrictMath.exp(x - max);
      }
    }
    return max + StrictMath.log(sum);
  }

  private static double largestLogRatio(String function, Row row) {
    double[] p = row.array(0);
    double[] q = row.array(1);
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < p.length; i++) {
      if (!Distributions.isNumber(function, p, q, i)) {
        max = Double.NaN;
      } else if (p[i] > 0) {
        max = Math.max(max, Distributions.relativeEntropy(p[i], q[i]) / p[i]);
      }
    }
    return max;
  }
}
