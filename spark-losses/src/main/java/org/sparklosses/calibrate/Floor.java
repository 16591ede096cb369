// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/**
 * Keeps probabilities away from 0 and 1, which a log loss does not forgive: {@code (1 - e) q + e /
 * K} with e = 1 / (W + 1), W the weight of the rows that were fitted to. As if one row more had
 * been seen, of every class in equal parts. Order and sum of probabilities stay.
 */
public final class Floor {

  private Floor() {}

  /** e, of rows of such a weight; at least 2^-52, less of which would be lost next to 1. */
  public static double share(double weight) {
    return Math.max(1 / (weight + 1), 0x1p-52);
  }

  /** Whether a probability is 0 or 1. */
  static boolean isNeeded(double probability) {
    return !(probability > 0 && probability < 1);
  }

  /**
   * A probability with such a share of a uniform one.
   *
   * @param probability in [0, 1]
   * @param share e, in [0, 1]
   * @param classes K
   */
  public static double mixed(double probability, double share, int classes) {
    return (1 - share) * probability + share / classes;
  }

  /** As {@link #mixed(double, double, int)}, of the probability of each class. */
  public static double[] mixed(double[] probabilities, double share) {
    double[] mixed = new double[probabilities.length];
    for (int k = 0; k < mixed.length; k++) {
      mixed[k] = mixed(probabilities[k], share, mixed.length);
    }
    return mixed;
  }
}
