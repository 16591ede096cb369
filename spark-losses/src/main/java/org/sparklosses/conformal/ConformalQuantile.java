// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Thresholds of scores that are in memory: exact order statistics, +infinity where there are too
 * few scores.
 */
public final class ConformalQuantile {

  /** What rounding of sums may take from a share that is reached. */
  static final double ROUNDING = 1e-12;

  private ConformalQuantile() {}

  /**
   * The {@link ConformalRank}-th smallest score.
   *
   * @param scores any numbers but NaN
   * @param alpha in (0, 1)
   */
  public static double of(double[] scores, double alpha) {
    long rank = ConformalRank.of(scores.length, alpha);
    if (rank > scores.length) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[(int) rank - 1];
  }

  /**
   * The least score q such that the weights of the scores up to q are at least {@code 1 - alpha} of
   * all and that of the new row (Tibshirani et al. 2019, Barber et al. 2023).
   *
   * @param scores any numbers but NaN
   * @param weights of the scores, at least 0
   * @param alpha in (0, 1)
   * @param testWeight the weight of the new row, at least 0
   */
  public static double weighted(
      double[] scores, double[] weights, double alpha, double testWeight) {
    ConformalRank.checkAlpha(alpha);
    double all = Arrays.stream(weights).sum() + testWeight;
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int i : order) {
      sum += weights[i];
      if (sum / all >= 1 - alpha - ROUNDING) {
        return scores[i];
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
