// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import java.util.Arrays;

/**
 * The threshold below which a class has probability 0. Only candidates are kept, and repeatedly
 * fewer, in place of a full sort: expected linear time. After {@link #ROUNDS} rounds the candidates
 * that are left are sorted, so that no row costs more than a sort.
 */
final class SparseThreshold {

  private static final int ROUNDS = 32;

  private double[] candidates = new double[64];
  private int size;

  private SparseThreshold() {}

  /**
   * {@code t} with {@code sum_j max(z_j - max - t, 0) = 1}: that of sparsemax (Martins and
   * Astudillo 2016; the rounds are those of Michelot 1986).
   */
  static double sparsemax(double[] z, double max) {
    SparseThreshold row = new SparseThreshold();
    row.collect(z, max, 1);
    for (int round = 0; round < ROUNDS; round++) {
      double threshold = (row.sum(row.size) - 1) / row.size;
      if (!row.keepAbove(threshold)) {
        return threshold;
      }
    }
    return row.sortedSparsemax();
  }

  /**
   * {@code t} with {@code sum_j max((z_j - max) / 2 - t, 0)^2 = 1}: that of 1.5-entmax (Peters et
   * al. 2019). The rounds are Newton's on the norm of the positive parts, a convex function of t,
   * so that they approach from below and drop no class of the support.
   */
  static double entmax15(double[] z, double max) {
    SparseThreshold row = new SparseThreshold();
    row.collect(z, max, 0.5);
    double threshold = -1;
    for (int round = 0; round < ROUNDS; round++) {
      double exact = row.root(row.size);
      if (row.allAbove(exact)) {
        return exact;
      }
      threshold = row.newton(threshold);
      row.keepAbove(threshold);
    }
    return row.sortedEntmax15();
  }

  /** The scaled distances to the maximum that are above -1, which no threshold falls below. */
  private void collect(double[] z, double max, double scale) {
    double limit = max - 1 / scale;
    for (double x : z) {
      if (x > limit) {
        if (size == candidates.length) {
          candidates = Arrays.copyOf(candidates, Math.min(2 * size, z.length));
        }
        candidates[size++] = (x - max) * scale;
      }
    }
    if (size == 0) {
      // A maximum so large that max - 1 is the same number: no other class is near it.
      candidates[size++] = 0;
    }
  }

  private double sum(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += candidates[i];
    }
    return sum;
  }

  /** Drops what is not above; whether there was any. */
  private boolean keepAbove(double threshold) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (candidates[i] > threshold) {
        candidates[kept++] = candidates[i];
      }
    }
    boolean dropped = kept < size;
    size = kept;
    return dropped;
  }

  private boolean allAbove(double threshold) {
    for (int i = 0; i < size; i++) {
      if (!(candidates[i] > threshold)) {
        return false;
      }
    }
    return true;
  }

  private double newton(double threshold) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double part = candidates[i] - threshold;
      sum += part;
      squares += part * part;
    }
    double norm = Math.sqrt(squares);
    return threshold + (norm - 1) * norm / sum;
  }

  /**
   * The smaller t with {@code sum (u - t)^2 = 1} over the first candidates; NaN if there is none.
   */
  private double root(int count) {
    double mean = sum(count) / count;
    double scatter = 0;
    for (int i = 0; i < count; i++) {
      scatter += (candidates[i] - mean) * (candidates[i] - mean);
    }
    return mean - Math.sqrt((1 - scatter) / count);
  }

  private double sortedSparsemax() {
    sortDescending();
    double sum = 0;
    double threshold = Double.NaN;
    for (int i = 0; i < size; i++) {
      sum += candidates[i];
      if (1 + (i + 1) * candidates[i] > sum) {
        threshold = (sum - 1) / (i + 1);
      }
    }
    return threshold;
  }

  private double sortedEntmax15() {
    sortDescending();
    double mean = 0;
    double scatter = 0;
    double threshold = Double.NaN;
    for (int i = 0; i < size; i++) {
      double difference = candidates[i] - mean;
      mean += difference / (i + 1);
      scatter += difference * (candidates[i] - mean);
      double root = mean - Math.sqrt(Math.max(0, (1 - scatter) / (i + 1)));
      if (root > candidates[i]) {
        break;
      }
      threshold = root;
    }
    return threshold;
  }

  private void sortDescending() {
    Arrays.sort(candidates, 0, size);
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      double larger = candidates[j];
      candidates[j] = candidates[i];
      candidates[i] = larger;
    }
  }
}
