// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * A running sum with the accuracy of twice the precision of a double (Neumaier 1974): for figures
 * that are computed from sums that are exact already, in a fixed order.
 */
public final class CompensatedSum {

  private double sum;
  private double lost;

  /** A sum of nothing. */
  public CompensatedSum() {}

  CompensatedSum(double start) {
    sum = start;
  }

  /** The sum of these terms. */
  public static double of(double... terms) {
    CompensatedSum sum = new CompensatedSum();
    for (double term : terms) {
      sum.add(term);
    }
    return sum.value();
  }

  /** Adds a term. */
  public void add(double x) {
    double next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? (sum - next) + x : (x - next) + sum;
    sum = next;
  }

  /** The sum so far. */
  public double value() {
    // An infinite sum has lost infinity minus infinity.
    return Double.isNaN(lost) ? sum : sum + lost;
  }
}
