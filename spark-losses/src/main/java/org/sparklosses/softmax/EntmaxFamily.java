// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.target;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Probabilities of which most are exactly 0, and their Fenchel-Young losses. */
public final class EntmaxFamily implements FunctionFamily {

  private static final String UNDEFINED = "NaN for a row with a NaN, a +inf, or nothing but -inf";

  @Override
  public String title() {
    return "Sparsemax and entmax";
  }

  @Override
  public String use() {
    return "Where improbable classes should get exactly 0: for short lists and for "
        + "reading. The losses suit models that predict by these; they are 0 once the "
        + "label leads far enough.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(sparsemax(), entmax15(), sparsemaxLoss(), entmax15Loss());
  }

  private static RowFunction sparsemax() {
    return RowFunction.define("sparsemax")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary("The probabilities nearest to the logits.")
        .formula("p_i = max(z_i - t, 0), t such that sum_i p_i = 1")
        .range("[0, 1], sums to 1, sparse; " + UNDEFINED)
        .source("Martins & Astudillo 2016, arXiv:1602.02068; deep-spin/entmax")
        .example("sparsemax(array(2.0, 1.5, -1.0))")
        .body(settings -> Body.arrayOfRow(row -> probabilities(row.logits(), false)));
  }

  private static RowFunction entmax15() {
    return RowFunction.define("entmax15")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary("Probabilities between softmax and sparsemax: 1.5-entmax.")
        .formula("p_i = max(z_i / 2 - t, 0)^2, t such that sum_i p_i = 1")
        .range("[0, 1], sums to 1, sparse; " + UNDEFINED)
        .source("Peters et al. 2019, arXiv:1905.05702; deep-spin/entmax")
        .example("entmax15(array(2.0, 1.5, -1.0))")
        .body(settings -> Body.arrayOfRow(row -> probabilities(row.logits(), true)));
  }

  private static RowFunction sparsemaxLoss() {
    return RowFunction.define("sparsemax_loss")
        .parameters(logits(), target())
        .summary("The loss whose prediction is sparsemax: 0 once the label leads by 1.")
        .formula("sum_i (p_i - t_i) z_i + (sum_i t_i^2 - sum_i p_i^2) / 2, p = sparsemax(z)")
        .range("[0, inf]; " + UNDEFINED)
        .source("Martins & Astudillo 2016, arXiv:1602.02068; Blondel et al. 2019, arXiv:1901.02324")
        .example("sparsemax_loss(array(2.0, 1.5, -1.0), 0)")
        .body(
            settings -> {
              boolean soft = settings.softTarget();
              return Body.ofRow(row -> loss(row, soft, false));
            });
  }

  private static RowFunction entmax15Loss() {
    return RowFunction.define("entmax15_loss")
        .parameters(logits(), target())
        .summary("The loss whose prediction is entmax15: 0 once the label leads by 2.")
        .formula("sum_i (p_i - t_i) z_i + (sum_i t_i^1.5 - sum_i p_i^1.5) / 0.75, p = entmax15(z)")
        .range("[0, inf]; " + UNDEFINED)
        .source("Peters et al. 2019, arXiv:1905.05702; deep-spin/entmax")
        .example("entmax15_loss(array(2.0, 1.5, -1.0), 0)")
        .body(
            settings -> {
              boolean soft = settings.softTarget();
              return Body.ofRow(row -> loss(row, soft, true));
            });
  }

  private static double[] probabilities(double[] z, boolean entmax) {
    double max = LogitRow.max(z);
    if (!isDefined(max)) {
      return LogitRow.undefined(z.length);
    }
    double threshold = threshold(z, max, entmax);
    double[] out = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      out[j] = probability(z[j] - max, threshold, entmax);
    }
    return out;
  }

  /** The Fenchel-Young loss, on the distances to the maximum: those of likely classes are small. */
  private static double loss(Row row, boolean soft, boolean entmax) {
    double[] z = row.logits();
    double max = LogitRow.max(z);
    if (!isDefined(max)) {
      return Double.NaN;
    }
    double threshold = threshold(z, max, entmax);
    DoubleUnaryOperator power = entmax ? p -> p * Math.sqrt(p) / 0.75 : p -> p * p / 2;
    double predicted = 0;
    for (double x : z) {
      double p = probability(x - max, threshold, entmax);
      predicted += p == 0 ? 0 : p * (x - max) - power.applyAsDouble(p);
    }
    return soft
        ? predicted - given(row, max, power)
        : predicted - (z[row.label()] - max) + power.applyAsDouble(1);
  }

  /** {@code sum_i t_i z_i - sum_i power(t_i)}, less the maximum that the prediction lacks too. */
  private static double given(Row row, double max, DoubleUnaryOperator power) {
    double[] z = row.logits();
    double sum = 0;
    double missing = 1;
    double[] t = row.array(1);
    for (int j = 0; j < t.length; j++) {
      missing -= t[j];
      sum += t[j] == 0 ? 0 : t[j] * (z[j] - max) - power.applyAsDouble(t[j]);
    }
    return sum - missing * max;
  }

  private static double threshold(double[] z, double max, boolean entmax) {
    return entmax ? SparseThreshold.entmax15(z, max) : SparseThreshold.sparsemax(z, max);
  }

  private static double probability(double distance, double threshold, boolean entmax) {
    if (entmax) {
      double root = Math.max(distance / 2 - threshold, 0);
      return root * root;
    }
    return Math.max(distance - threshold, 0);
  }

  private static boolean isDefined(double max) {
    return Math.abs(max) < Double.POSITIVE_INFINITY;
  }
}
