// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import java.util.function.DoubleBinaryOperator;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Row;

/** Sums over the classes of two distributions, the first two columns of a row. */
final class Distributions {

  private Distributions() {}

  /** The column {@code p}. */
  static Parameter p() {
    return Parameter.column(
        "p", ParameterType.LOGITS, "probabilities, one a class; used as they are");
  }

  /** The column {@code q}. */
  static Parameter q() {
    return Parameter.column(
        "q", ParameterType.LOGITS, "the probabilities it is compared with; used as they are");
  }

  /**
   * {@code sum_i term(p_i, q_i)}; NaN with a NaN.
   *
   * @throws IllegalArgumentException for a negative entry
   */
  static double sum(String function, Row row, DoubleBinaryOperator term) {
    double[] p = row.array(0);
    double[] q = row.array(1);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += isNumber(function, p, q, i) ? term.applyAsDouble(p[i], q[i]) : Double.NaN;
    }
    return sum;
  }

  /**
   * Whether neither entry of a class is NaN.
   *
   * @throws IllegalArgumentException for a negative entry
   */
  static boolean isNumber(String function, double[] p, double[] q, int i) {
    if (p[i] < 0 || q[i] < 0) {
      throw new IllegalArgumentException(
          function
              + ": "
              + (p[i] < 0 ? "p[" + i + "] = " + p[i] : "q[" + i + "] = " + q[i])
              + " is negative; give probabilities, of logits their softmax");
    }
    return !Double.isNaN(p[i]) && !Double.isNaN(q[i]);
  }

  /** {@code a log(a / b)}: 0 for a = 0, else infinite for b = 0. */
  static double relativeEntropy(double a, double b) {
    return a == 0 ? 0 : b == 0 ? Double.POSITIVE_INFINITY : a * logRatio(a, b);
  }

  /** {@code log(a / b)} for a, b > 0, whose quotient may overflow. */
  static double logRatio(double a, double b) {
    double ratio = a / b;
    return ratio >= Double.MIN_NORMAL && ratio < Double.POSITIVE_INFINITY
        ? StrictMath.log(ratio)
        : StrictMath.log(a) - StrictMath.log(b);
  }
}
