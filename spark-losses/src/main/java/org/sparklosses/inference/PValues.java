// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted for the number of tests made: reject where the adjusted value is at most alpha.
 * A NaN is a test that was not made; it stays NaN and does not count.
 */
public final class PValues {

  private PValues() {}

  /**
   * Holm's step-down adjustment: the chance of any false rejection is at most alpha, whatever the
   * dependence (Holm 1979).
   */
  public static double[] holm(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    Arrays.fill(adjusted, Double.NaN);
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, (order.length - i) * p[order[i]]);
      adjusted[order[i]] = Math.min(1, largest);
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's step-up adjustment: the expected share of false rejections among all
   * is at most alpha, for independent or positively dependent tests (1995).
   */
  public static double[] benjaminiHochberg(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    Arrays.fill(adjusted, Double.NaN);
    double smallest = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      smallest = Math.min(smallest, p[order[i]] * order.length / (i + 1));
      adjusted[order[i]] = smallest;
    }
    return adjusted;
  }

  private static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .filter(i -> !Double.isNaN(checked(p[i])))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double checked(double p) {
    if (p < 0 || p > 1) {
      throw new IllegalArgumentException("p-value " + p + " is outside [0, 1]");
    }
    return p;
  }
}
