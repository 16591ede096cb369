// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * The weights that rows may have. Only the ratios of weights matter, and within the range no
 * product that a figure is computed from, as of squares of sums of weights, leaves the range of
 * doubles.
 *
 * @param least the least weight, above 0
 * @param most the largest
 */
public record WeightRange(double least, double most) {

  /** Of figures of sums that are exact, whatever their size. */
  public static final WeightRange ALL = new WeightRange(1e-30, 1e30);

  /** Of sums that are resampled: they are of multiples of 2^-52 and below 2^40. */
  public static final WeightRange RESAMPLED = new WeightRange(1e-6, 1e6);

  /** Whether a weight lies in it; NaN does not. */
  public boolean contains(double weight) {
    return least <= weight && weight <= most;
  }

  /** What to tell of a weight outside of it. */
  public String told(double weight) {
    return "%s; weights lie from %s to %s, and only their ratios matter: divide all by one number"
        .formatted(weight, least, most);
  }
}
