package org.sparklosses.score;

/**
 * Sums over rows of weight w, score s and outcome y.
 *
 * @param count the number of rows
 * @param weight the sum of w
 * @param squaredWeight the sum of w^2
 * @param outcome the sum of wy
 * @param scored the sum of ws
 */
public record Sums(long count, double weight, double squaredWeight, double outcome, double scored) {

  /** Of no rows. */
  public static final Sums NONE = new Sums(0, 0, 0, 0, 0);
}
