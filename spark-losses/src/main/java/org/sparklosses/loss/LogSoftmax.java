// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/**
 * Log-probabilities of a row of logits, computed entry by entry: {@code (z_j - max) / temperature -
 * logSum}. NaN for every class where softmax is.
 */
final class LogSoftmax {

  private static final RowKernel KERNEL = RowKernels.get();

  private final double[] logits;
  private final double temperature;
  private final double max;
  private final double logSum;

  private LogSoftmax(double[] logits, double temperature, double max, double logSum) {
    this.logits = logits;
    this.temperature = temperature;
    this.max = max;
    this.logSum = logSum;
  }

  /** Of all classes. */
  static LogSoftmax of(double[] logits, double temperature) {
    if (temperature != 1) {
      return without(logits, temperature, RowStatistics.NO_LABEL);
    }
    return of(logits, KERNEL.statistics(logits, 0, logits.length, RowStatistics.NO_LABEL));
  }

  /** Of all classes, whose statistics are known. */
  static LogSoftmax of(double[] logits, RowStatistics s) {
    return new LogSoftmax(logits, 1, s.max(), s.logOfSum());
  }

  /** Of all classes but one, whose own log-probability has no meaning. */
  static LogSoftmax without(double[] logits, double temperature, int excluded) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < logits.length; j++) {
      max = j == excluded ? max : Math.max(max, logits[j]);
    }
    double sum = 0;
    for (int j = 0; j < logits.length; j++) {
      sum += j == excluded ? 0 : StrictMath.exp((logits[j] - max) / temperature);
    }
    return new LogSoftmax(logits, temperature, max, StrictMath.log(sum));
  }

  /** How many classes the row has. */
  int classes() {
    return logits.length;
  }

  /** {@code log p_j}. */
  double logProbability(int j) {
    return (logits[j] - max) / temperature - logSum;
  }

  /** {@code p_j}. */
  double probability(int j) {
    return StrictMath.exp(logProbability(j));
  }

  /** {@code -log p_j}, never -0. */
  double crossEntropy(int j) {
    return logSum + (max - logits[j]) / temperature;
  }

  /**
   * {@code (l + 1 - t) crossEntropy(l) + (t - l) crossEntropy(l + 1)} for l the whole part of t.
   *
   * @param t in [0, classes - 1], or NaN
   */
  double interpolatedCrossEntropy(double t) {
    if (Double.isNaN(t)) {
      return t;
    }
    int low = (int) t;
    double share = t - low;
    double first = Mass.times(1 - share, crossEntropy(low));
    return share == 0 ? first : first + share * crossEntropy(low + 1);
  }

  /** {@code sum_j p_j log(p_j / q_j)} of this p: 0 for an impossible class, never negative. */
  double relativeEntropy(LogSoftmax q) {
    double sum = 0;
    for (int j = 0; j < logits.length; j++) {
      double own = logProbability(j);
      double other = q.logProbability(j);
      if (other == Double.NEGATIVE_INFINITY && own > other) {
        return Double.POSITIVE_INFINITY;
      }
      sum += own == Double.NEGATIVE_INFINITY ? 0 : StrictMath.exp(own) * (own - other);
    }
    return Math.max(0, sum);
  }
}
