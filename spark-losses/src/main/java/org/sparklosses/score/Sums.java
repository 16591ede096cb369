// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.io.Serializable;

/**
 * Sums over rows of weight w, score s and outcome y.
 *
 * @param count the number of rows
 * @param weight the sum of w
 * @param squaredWeight the sum of w^2
 * @param outcome the sum of wy
 * @param scored the sum of ws
 */
public record Sums(long count, double weight, double squaredWeight, double outcome, double scored)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of no rows. */
  public static final Sums NONE = new Sums(0, 0, 0, 0, 0);

  /** Of these rows and the others. */
  public Sums plus(Sums others) {
    return new Sums(
        count + others.count,
        weight + others.weight,
        squaredWeight + others.squaredWeight,
        outcome + others.outcome,
        scored + others.scored);
  }

  /** The sum of w(1 - y): the weight of the rows with outcome 0 if outcomes are 0 or 1. */
  public double rest() {
    return weight - outcome;
  }
}
