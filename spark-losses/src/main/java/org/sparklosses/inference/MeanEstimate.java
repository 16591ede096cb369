// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import org.sparklosses.exact.ExactSums;
import org.sparklosses.score.WeightRange;

/**
 * A mean and how sure it is. Sums are exact: the order of rows does not matter.
 *
 * @param mean {@code sum w x / sum w}; NaN without rows
 * @param standardError of the mean; NaN with fewer than two units
 * @param units the independent units: rows with w above 0, or clusters of them
 */
public record MeanEstimate(double mean, double standardError, long units) {

  /**
   * The mean of rows that are independent: {@code se^2 = n/(n-1) sum w^2 (x - mean)^2 / (sum w)^2},
   * for weights of 1 the square of {@code s / sqrt(n)}.
   *
   * @param x one value a row
   * @param w one weight a row, finite and at least 0; null for 1. Rows of weight 0 do not count
   */
  public static MeanEstimate of(double[] x, double[] w) {
    ExactSums sums = new ExactSums(2);
    long count = 0;
    for (int i = 0; i < x.length; i++) {
      double weight = weight(w, i);
      if (weight > 0 && !WeightRange.ALL.contains(weight)) {
        throw new IllegalArgumentException(
            "weight of row " + i + " is " + WeightRange.ALL.told(weight));
      }
      if (weight > 0) {
        sums.add(0, weight);
        sums.add(1, weight * x[i]);
        count++;
      }
    }
    double mean = sums.value(1) / sums.value(0);
    ExactSums squares = new ExactSums(1);
    for (int i = 0; i < x.length; i++) {
      double weight = weight(w, i);
      if (weight > 0) {
        double residual = weight * (x[i] - mean);
        squares.add(0, residual * residual);
      }
    }
    return ofResiduals(mean, squares.value(0), sums.value(0), count);
  }

  /**
   * The mean of rows that are independent only from cluster to cluster: {@code se^2 = G/(G-1) sum_g
   * (sum_{i in g} w (x - mean))^2 / (sum w)^2} (CR1; Liang and Zeger 1986).
   *
   * @param weights the sum of w of each cluster; clusters of weight 0 do not count
   * @param weighted the sum of wx of each cluster
   */
  public static MeanEstimate ofClusters(double[] weights, double[] weighted) {
    ExactSums sums = new ExactSums(2);
    long clusters = 0;
    for (int g = 0; g < weights.length; g++) {
      if (weight(weights, g) > 0) {
        sums.add(0, weights[g]);
        sums.add(1, weighted[g]);
        clusters++;
      }
    }
    double mean = sums.value(1) / sums.value(0);
    ExactSums squares = new ExactSums(1);
    for (int g = 0; g < weights.length; g++) {
      if (weights[g] > 0) {
        double residual = weighted[g] - mean * weights[g];
        squares.add(0, residual * residual);
      }
    }
    return ofResiduals(mean, squares.value(0), sums.value(0), clusters);
  }

  /**
   * By the sum of the squared residuals {@code w (x - mean)} of the units.
   *
   * @param weight the sum of w
   */
  public static MeanEstimate ofResiduals(double mean, double squares, double weight, long units) {
    double correction = (double) units / (units - 1);
    double error = units > 1 ? StrictMath.sqrt(correction * squares) / weight : Double.NaN;
    return new MeanEstimate(mean, error, units);
  }

  /** The interval of a normal mean, of the given level in (0, 1). */
  public Interval interval(double level) {
    return Interval.normal(mean, standardError, level);
  }

  private static double weight(double[] w, int i) {
    double weight = w == null ? 1 : w[i];
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight of unit " + i + " is " + weight + "; weights must be finite and at least 0");
    }
    return weight;
  }
}
