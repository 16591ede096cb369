// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.List;
import java.util.Map;

/**
 * The squared kernel calibration error (Widmann, Lindsten, Zachariah 2019, arXiv:1910.11385) with
 * the kernel exp(-||p - q|| / scale) times the identity: means of h(i, j) = exp(-||p_i - p_j|| /
 * scale) (e_i - p_i) . (e_j - p_j), e the labels one-hot. Quadratic in the rows: of a sample that
 * is uniform.
 *
 * <p>Parts: {@code biased}, over all pairs; {@code unbiased}, over the pairs of two rows; {@code
 * linear}, over rows 0 and 1, 2 and 3, ... Unbiased ones can be negative; NaN without a pair.
 *
 * @param scale of the kernel, above 0
 */
public record Skce(double scale) {

  private static final List<String> PARTS = List.of("biased", "unbiased", "linear");

  /** Checks the range. */
  public Skce {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("scale is " + scale + ": it must be above 0");
    }
  }

  /**
   * Of rows in memory.
   *
   * @param p rows of probabilities
   * @param label the class of each row
   */
  public Map<String, Double> of(double[][] p, int[] label) {
    int n = p.length;
    CompensatedSum diagonal = new CompensatedSum();
    CompensatedSum above = new CompensatedSum();
    CompensatedSum neighbours = new CompensatedSum();
    for (int i = 0; i < n; i++) {
      diagonal.add(pair(p[i], label[i], p[i], label[i]));
      for (int j = i + 1; j < n; j++) {
        double h = pair(p[i], label[i], p[j], label[j]);
        above.add(h);
        if (i % 2 == 0 && j == i + 1) {
          neighbours.add(h);
        }
      }
    }
    int blocks = n / 2;
    double pairs = 0.5 * n * (n - 1);
    return Parts.named(
        PARTS,
        (diagonal.value() + 2 * above.value()) / ((double) n * n),
        above.value() / pairs,
        neighbours.value() / blocks);
  }

  /**
   * Of rows that occur more than once: {@code biased} and {@code unbiased}.
   *
   * @param p different rows of probabilities
   * @param label the class of each row
   * @param count how often each occurs
   */
  public Map<String, Double> of(double[][] p, int[] label, long[] count) {
    CompensatedSum diagonal = new CompensatedSum();
    CompensatedSum pairs = new CompensatedSum();
    double rows = 0;
    for (int i = 0; i < p.length; i++) {
      double self = pair(p[i], label[i], p[i], label[i]);
      diagonal.add(count[i] * self);
      pairs.add(0.5 * count[i] * (count[i] - 1) * self);
      rows += count[i];
      for (int j = i + 1; j < p.length; j++) {
        pairs.add((double) count[i] * count[j] * pair(p[i], label[i], p[j], label[j]));
      }
    }
    return Parts.named(
        PARTS.subList(0, 2),
        (diagonal.value() + 2 * pairs.value()) / (rows * rows),
        pairs.value() / (0.5 * rows * (rows - 1)));
  }

  private double pair(double[] p, int label, double[] q, int other) {
    double square = 0;
    double product = 0;
    for (int k = 0; k < p.length; k++) {
      square += (p[k] - q[k]) * (p[k] - q[k]);
      product += ((k == label ? 1 : 0) - p[k]) * ((k == other ? 1 : 0) - q[k]);
    }
    return StrictMath.exp(-Math.sqrt(square) / scale) * product;
  }
}
