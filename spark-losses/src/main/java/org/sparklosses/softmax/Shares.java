// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Probabilities in proportion to a non-negative score of each class. */
final class Shares {

  private Shares() {}

  /** {@code t(z_i) / sum_j t(z_j)}; NaN for every class when the sum is 0 or not finite. */
  static double[] of(double[] z, DoubleUnaryOperator score) {
    double[] out = new double[z.length];
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      out[j] = score.applyAsDouble(z[j]);
      sum += out[j];
    }
    if (!isTotal(sum)) {
      Arrays.fill(out, Double.NaN);
      return out;
    }
    for (int j = 0; j < z.length; j++) {
      out[j] /= sum;
    }
    return out;
  }

  /** {@code -log} of the label's share. */
  static double loss(double[] z, int label, DoubleUnaryOperator score) {
    double own = score.applyAsDouble(z[label]);
    double others = 0;
    for (int j = 0; j < z.length; j++) {
      if (j != label) {
        others += score.applyAsDouble(z[j]);
      }
    }
    return isTotal(own + others) ? StrictMath.log1p(others / own) : Double.NaN;
  }

  private static boolean isTotal(double sum) {
    return sum > 0 && sum < Double.POSITIVE_INFINITY;
  }
}
