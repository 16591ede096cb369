// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.util.Arrays;

/**
 * The values of a figure in the replicates of a bootstrap, in their order. Replicates in which the
 * figure is undefined (NaN) are left out of everything below; with none left, or one where two are
 * needed, the answer is NaN.
 */
public final class Replicates {

  private final double[] values;
  private final double[] ascending;

  /** The replicates with these values. */
  public Replicates(double[] values) {
    this.values = values.clone();
    this.ascending = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  /** The value in each replicate, NaN included. */
  public double[] values() {
    return values.clone();
  }

  /** In how many replicates the figure is undefined. */
  public int undefined() {
    return values.length - ascending.length;
  }

  /**
   * The replicates of the difference to another figure, resampled with the same seed and number of
   * replicates.
   */
  public Replicates minus(Replicates other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          values.length + " replicates cannot be paired with " + other.values.length);
    }
    double[] differences = new double[values.length];
    for (int r = 0; r < values.length; r++) {
      differences[r] = values[r] - other.values[r];
    }
    return new Replicates(differences);
  }

  /** The mean over the replicates. */
  public double mean() {
    return Arrays.stream(ascending).sum() / ascending.length;
  }

  /** The standard error of the figure: the standard deviation over the replicates (n - 1). */
  public double standardError() {
    double mean = mean();
    double squares = 0;
    for (double value : ascending) {
      squares += (value - mean) * (value - mean);
    }
    return ascending.length > 1 ? StrictMath.sqrt(squares / (ascending.length - 1)) : Double.NaN;
  }

  /**
   * The q-quantile of the replicates, by linear interpolation between the two nearest (numpy's
   * default; Hyndman and Fan's type 7).
   *
   * @param q in [0, 1]
   */
  public double quantile(double q) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    double place = q * (ascending.length - 1);
    int below = (int) Math.floor(place);
    double low = ascending[below];
    double high = ascending[Math.min(below + 1, ascending.length - 1)];
    // Equal ends first: the difference of two infinities is NaN.
    return low == high ? low : low + (place - below) * (high - low);
  }

  /** The percentile interval: the middle share {@code level} of the replicates. */
  public Interval percentile(double level) {
    double upper = Interval.upperTail(level);
    return new Interval(quantile(1 - upper), quantile(upper));
  }

  /**
   * The basic interval: the percentile interval mirrored at the estimate. Where the replicates are
   * biased against the estimate as it is against the truth, this takes the bias away instead of
   * doubling it (Davison and Hinkley 1997, section 5.2).
   */
  public Interval basic(double estimate, double level) {
    Interval percentile = percentile(level);
    return new Interval(2 * estimate - percentile.high(), 2 * estimate - percentile.low());
  }

  /** The interval of a normal estimate with {@link #standardError()}. */
  public Interval normal(double estimate, double level) {
    return Interval.normal(estimate, standardError(), level);
  }

  /**
   * The two-sided p-value of the figure being {@code value}: twice the share of replicates on the
   * rarer side of it, counting the value itself as one more replicate, at most 1. It is at least
   * {@code 2 / (replicates + 1)}.
   */
  public double pValue(double value) {
    if (ascending.length == 0) {
      return Double.NaN;
    }
    long below = Arrays.stream(ascending).filter(v -> v <= value).count();
    long above = Arrays.stream(ascending).filter(v -> v >= value).count();
    return Math.min(1, 2 * (Math.min(below, above) + 1.0) / (ascending.length + 1));
  }

  /** The two-sided p-value of the figure being {@code value} if its estimate is normal. */
  public double normalPValue(double estimate, double value) {
    return Tails.normalBeyond((estimate - value) / standardError());
  }
}
