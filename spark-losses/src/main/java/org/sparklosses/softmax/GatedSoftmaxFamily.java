// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Attention weights that need not sum to 1, and those by softplus. */
public final class GatedSoftmaxFamily implements FunctionFamily {

  // Below this, softplus(x) is exp(x) to the last bit.
  private static final double SOFTPLUS_IS_EXP = -40;

  @Override
  public String title() {
    return "Gated softmax";
  }

  @Override
  public String use() {
    return "Normalisations made for attention. A sum below 1 shows how much of a row is "
        + "gated away; softplus has heavier tails than the exponential.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(softpick(), selfAdjust(), softplusNormalize());
  }

  private static RowFunction softpick() {
    return RowFunction.define("softpick")
        .parameters(
            logits(), number("eps", 1e-8, Range.atLeast(0), "added to the scaled denominator"))
        .result(ResultType.ARRAY)
        .summary("Rectified softmax: classes with a logit of at most 0 get nothing.")
        .formula("n_i = exp(z_i - m) - exp(-m), m = max z; p_i = max(n_i, 0) / (sum_j |n_j| + eps)")
        .range(
            "[0, 1], sums to at most 1; 0 when no logit is positive; -inf counts for nothing; NaN"
                + " for a row with a NaN or a +inf")
        .source("Zuhri et al. 2025, Softpick, arXiv:2504.20966")
        .example("softpick(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              double eps = settings.number("eps");
              return Body.arrayOfRow(row -> softpick(row.logits(), eps));
            });
  }

  private static RowFunction selfAdjust() {
    return RowFunction.define("self_adjust_softmax")
        .parameters(
            logits(),
            flag("normalized", true, "whether the logits that multiply are first mapped to [0, 1]"))
        .result(ResultType.ARRAY)
        .summary("Softmax times the logits, so that its gradient does not vanish.")
        .formula(
            "g_i softmax(z)_i; g_i = (z_i - lo) / (hi - lo), lo = min(0, min z), hi = max(0, max"
                + " z); not normalized: g_i = z_i")
        .range(
            "normalized: [0, 1], sums to at most 1; 0 for a logit of -inf and where hi = lo; NaN"
                + " where softmax is")
        .source("Zheng et al. 2025, Self-Adjust Softmax, arXiv:2502.18277")
        .example("self_adjust_softmax(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              boolean normalized = settings.flag("normalized");
              return Body.arrayOfRow(row -> selfAdjust(row, normalized));
            });
  }

  private static RowFunction softplusNormalize() {
    return RowFunction.define("softplus_normalize")
        .parameters(logits(), number("scale", 1.0, Range.any(), "multiplies the logits"))
        .result(ResultType.ARRAY)
        .summary("Probabilities by softplus in place of the exponential.")
        .formula(
            "p_i = softplus(scale z_i) / sum_j softplus(scale z_j); softplus(x) = log(1 + e^x)")
        .range("[0, 1], sums to 1; 0 for -inf; NaN for a row with a NaN, a +inf, or only -inf")
        .source("Gao & Spratling 2025, arXiv:2501.13428 (its first stage)")
        .example("softplus_normalize(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              double scale = settings.number("scale");
              return Body.arrayOfRow(row -> softplusNormalize(row.logits(), scale));
            });
  }

  private static double[] softpick(double[] z, double eps) {
    double max = LogitRow.max(z);
    if (Double.isNaN(max) || max == Double.POSITIVE_INFINITY) {
      return LogitRow.undefined(z.length);
    }
    double[] out = new double[z.length];
    if (max <= 0) {
      return out;
    }
    double one = StrictMath.exp(-max);
    double sum = eps;
    for (int j = 0; j < z.length; j++) {
      if (z[j] != Double.NEGATIVE_INFINITY) {
        // exp(z) - 1 by expm1 near 0; far above it, where that would overflow, as the formula says.
        double n = z[j] < 1 ? one * StrictMath.expm1(z[j]) : StrictMath.exp(z[j] - max) - one;
        sum += Math.abs(n);
        out[j] = Math.max(n, 0);
      }
    }
    for (int j = 0; j < z.length; j++) {
      out[j] /= sum;
    }
    return out;
  }

  private static double[] selfAdjust(Row row, boolean normalized) {
    double[] z = row.logits();
    double low = 0;
    double high = 0;
    for (double x : z) {
      low = x < low && x != Double.NEGATIVE_INFINITY ? x : low;
      high = Math.max(high, x);
    }
    double[] out = LogitRow.softmaxInPlace(z.clone());
    double shift = normalized ? low : 0;
    double scale = normalized ? high - low : 1;
    for (int j = 0; j < z.length; j++) {
      // NaN stays: only an impossible class, or a row of zeros, has a gate of 0.
      boolean closed = z[j] == Double.NEGATIVE_INFINITY || scale == 0;
      out[j] *= closed ? 0 : (z[j] - shift) / scale;
    }
    return out;
  }

  private static double[] softplusNormalize(double[] z, double scale) {
    double[] out = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      out[j] = z[j] == Double.NEGATIVE_INFINITY ? z[j] : scale * z[j];
    }
    return LogitRow.max(out) < SOFTPLUS_IS_EXP
        ? LogitRow.softmaxInPlace(out)
        : Shares.of(out, GatedSoftmaxFamily::softplus);
  }

  private static double softplus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }
}
