// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What many forecasts of a central interval are worth, off one pass over the rows. Sums are exact:
 * the same in any order and partitioning.
 *
 * <p>Layout when written: the {@link WeightedMeans} of interval score, coverage and width.
 */
public final class IntervalState {

  /** The places of the means. */
  static final int SCORE = 0;

  static final int COVERED = 1;
  static final int WIDTH = 2;

  private final double alpha;
  private final WeightedMeans means = new WeightedMeans(3);

  /**
   * No rows.
   *
   * @param alpha the share outside of the intervals, in (0, 1)
   */
  public IntervalState(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "alpha = " + alpha + " is not allowed; give the share outside, in (0, 1), as 0.1");
    }
    this.alpha = alpha;
  }

  /**
   * Adds a row.
   *
   * @param low the lower end of the interval
   * @param high its upper end
   * @param y the number that came true
   * @param weight finite and at least 0; a row of weight 0 does not exist
   * @return interval score, coverage and width of the row
   */
  public double[] add(double low, double high, double y, double weight) {
    double[] numbers = {
      Forecasts.intervalScore(low, high, y, alpha), low <= y && y <= high ? 1 : 0, high - low
    };
    means.add(weight, numbers);
    return numbers;
  }

  /** Adds the rows of another with the same alpha. */
  public void merge(IntervalState other) {
    if (alpha != other.alpha) {
      throw new IllegalArgumentException(
          "interval states of alpha = " + alpha + " and " + other.alpha + " cannot be merged");
    }
    means.merge(other.means);
  }

  /** The means of interval score, coverage and width. */
  WeightedMeans means() {
    return means;
  }

  /** The mean interval score. */
  public double score() {
    return means.mean(SCORE);
  }

  /** The share of rows with y in the interval, ends included (PICP). */
  public double coverage() {
    return means.mean(COVERED);
  }

  /** The mean width of the intervals (MPIW). */
  public double width() {
    return means.mean(WIDTH);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    means.write(out);
  }

  /** Reads what {@link #write} wrote into this, which has the same alpha. */
  public void read(DataInput in) throws IOException {
    means.read(in);
  }
}
