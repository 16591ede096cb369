// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import org.sparklosses.inference.Interval;

/**
 * How many rows there are, and how many have their label in the set or interval.
 *
 * @param rows all
 * @param weight of all rows; their number if they have no weights
 * @param covered the weight of those whose label is in
 * @param effectiveRows the number of rows of equal weight that tell as much: Kish's, the square of
 *     the sum of the weights over the sum of their squares
 */
public record Coverage(long rows, double weight, double covered, double effectiveRows) {

  /** No rows. */
  public static final Coverage NONE = new Coverage(0, 0, 0, 0);

  /** Of rows without weights. */
  public static Coverage of(long rows, long covered) {
    return new Coverage(rows, rows, covered, rows);
  }

  /** The share of the covered; NaN without rows. */
  public double share() {
    return covered / weight;
  }

  /**
   * The interval of Clopper and Pearson; from 0 to 1 without rows. With weights it is approximate.
   *
   * @param level in (0, 1), as 0.95
   */
  public Interval interval(double level) {
    return Interval.clopperPearson(effectiveCovered(), effectiveRows, level);
  }

  /** So many of {@link #effectiveRows} are covered. */
  double effectiveCovered() {
    return rows == 0 ? 0 : Math.min(effectiveRows, share() * effectiveRows);
  }
}
