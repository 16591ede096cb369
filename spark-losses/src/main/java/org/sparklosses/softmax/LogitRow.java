// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** Softmax and cross entropy of logits that a function has made from those of the row. */
public final class LogitRow {

  private static final RowKernel KERNEL = RowKernels.get();

  private LogitRow() {}

  /** Replaces logits by their softmax: NaN with a NaN, a +infinity, or nothing but -infinity. */
  static double[] softmaxInPlace(double[] z) {
    RowStatistics s = KERNEL.statistics(z, 0, z.length, RowStatistics.NO_LABEL);
    KERNEL.softmax(z, 0, z.length, s, z);
    return z;
  }

  /**
   * {@code softmax(factor z)}. A -infinity stays one whatever the factor; differences are taken
   * before the product, which would otherwise round away what large logits differ by.
   */
  static double[] scaledSoftmax(double[] z, double factor) {
    double max = max(z);
    double[] out = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      out[j] = scaled(z[j], max, factor);
    }
    return softmaxInPlace(out);
  }

  /** {@code factor (z - max)}, and -infinity for a logit of -infinity unless all are. */
  static double scaled(double z, double max, double factor) {
    return z == Double.NEGATIVE_INFINITY && max > z && !Double.isNaN(factor)
        ? z
        : factor * (z - max);
  }

  /**
   * {@code -log softmax(z)_y}, where {@code z_j} is what {@code logit} gives for j in [0, classes).
   * Reads each twice. NaN as softmax is.
   */
  public static double crossEntropy(int classes, IntToDoubleFunction logit, int y) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      max = Math.max(max, logit.applyAsDouble(j));
    }
    if (Double.isNaN(max) || Double.isInfinite(max)) {
      return Double.NaN;
    }
    double others = 0;
    for (int j = 0; j < classes; j++) {
      if (j != y) {
        others += StrictMath.exp(logit.applyAsDouble(j) - max);
      }
    }
    double label = logit.applyAsDouble(y);
    return label == max
        ? StrictMath.log1p(others)
        : (max - label) + StrictMath.log(others + StrictMath.exp(label - max));
  }

  /** The largest logit; NaN with a NaN. */
  static double max(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : z) {
      max = Math.max(max, x);
    }
    return max;
  }

  /** NaN for every class. */
  static double[] undefined(int classes) {
    double[] out = new double[classes];
    Arrays.fill(out, Double.NaN);
    return out;
  }
}
