// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;
import java.util.TreeMap;

/**
 * The least areas under the risk-coverage curve that any order of given rows has, their losses
 * being 0 or 1: the rows without loss first, none tied. With weights the order of the others
 * matters too: of two neighbours the lighter one first makes the step curve lower, the heavier one
 * first the trapezoid.
 *
 * @param correct the weight of the rows without loss
 * @param mistakes by weight of a row the number of rows with loss 1 that have it
 */
public record BestOrder(double correct, TreeMap<Double, Long> mistakes) {

  /** From here on the sum of reciprocals is had from its expansion, to the last digit. */
  private static final double FAR = 32;

  /** The area under the step curve: the mean of the risk; NaN without rows. */
  public double step() {
    return area(mistakes, 0);
  }

  /** The area by the trapezoidal rule; NaN without rows. */
  public double trapezoid() {
    return area(mistakes.descendingMap(), 0.5);
  }

  /**
   * A row of weight v that makes the weight accepted C adds {@code v (1 - correct / C)}; by the
   * trapezoidal rule the mean of that and of the same with C before the row.
   *
   * @param before the share of what stands before a row: 0 or 1/2
   */
  private double area(Map<Double, Long> inOrder, double before) {
    CompensatedSum area = new CompensatedSum();
    CompensatedSum accepted = new CompensatedSum(correct);
    for (Map.Entry<Double, Long> rows : inOrder.entrySet()) {
      double v = rows.getKey();
      double count = rows.getValue();
      double first = accepted.value();
      accepted.add(count * v);
      area.add(count * v);
      if (correct > 0) {
        area.add(-correct * reciprocals(first / v, rows.getValue()));
        area.add(-correct * before * (v / first - v / accepted.value()));
      }
    }
    return area.value() / accepted.value();
  }

  /** The sum of {@code 1 / (x + j)}, j from 1 to n. */
  private static double reciprocals(double x, long n) {
    CompensatedSum sum = new CompensatedSum();
    long j = 1;
    for (; j <= n && x + j < FAR; j++) {
      sum.add(1 / (x + j));
    }
    if (j <= n) {
      // Euler and Maclaurin, between the integers around what is left.
      double from = x + j - 1;
      double to = x + n;
      sum.add(StrictMath.log1p((n - j + 1) / from));
      sum.add(tail(to) - tail(from));
    }
    return sum.value();
  }

  private static double tail(double t) {
    double square = t * t;
    return 1 / (2 * t) - (1 / 12.0 - (1 / 120.0 - 1 / (252 * square)) / square) / square;
  }
}
