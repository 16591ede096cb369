// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.sparklosses.exact.ExactSums;

/**
 * How often the number that came true lies below the levels of its forecast: what the probability
 * integral transform (PIT) of many rows tells of calibration. Sums are exact and their number is
 * fixed by levels and bins.
 *
 * <p>Layout when written: {@link ExactSums} of w by bin of the histogram, by level of the PIT, by
 * level of {@code |2 PIT - 1|}; after each group of levels what lies above the last.
 */
public final class PitState {

  private final double[] levels;
  private final double[] edges;
  private ExactSums sums;

  /**
   * No rows.
   *
   * @param levels at which shares are compared, ascending and distinct, in [0, 1]
   * @param bins of the histogram, of equal width, closed on the left; the last holds 1 too
   */
  public PitState(double[] levels, int bins) {
    this.levels = levels.clone();
    for (int j = 0; j < levels.length; j++) {
      boolean ascends = j == 0 || levels[j - 1] < levels[j];
      if (!(levels[j] >= 0 && levels[j] <= 1 && ascends)) {
        throw new IllegalArgumentException(
            "levels = "
                + Arrays.toString(levels)
                + " are not allowed; give distinct shares in [0, 1], ascending");
      }
    }
    if (bins < 1) {
      throw new IllegalArgumentException("bins = " + bins + " is not allowed; give at least 1");
    }
    edges = new double[bins - 1];
    Arrays.setAll(edges, b -> (b + 1) / (double) bins);
    sums = new ExactSums(bins + 2 * (levels.length + 1));
  }

  /** The levels 0, 0.01, ..., 1 and a histogram of 10 bins. */
  public PitState() {
    this(percents(), 10);
  }

  private static double[] percents() {
    double[] percents = new double[101];
    Arrays.setAll(percents, j -> j / 100.0);
    return percents;
  }

  /**
   * Adds a row.
   *
   * @param pit the share of the forecast up to y, in [0, 1]
   * @param weight finite and at least 0; a row of weight 0 does not exist
   */
  public void add(double pit, double weight) {
    if (!(pit >= 0 && pit <= 1)) {
      throw new IllegalArgumentException(
          "PIT " + pit + " is outside [0, 1]; give the share of the forecast up to y");
    }
    if (WeightedMeans.isRow(weight)) {
      int bin = Arrays.binarySearch(edges, pit);
      sums.add(bin < 0 ? -bin - 1 : bin + 1, weight);
      sums.add(edges.length + 1 + level(pit), weight);
      sums.add(edges.length + 1 + levels.length + 1 + level(Math.abs(2 * pit - 1)), weight);
    }
  }

  /** The first level that is not below a share; their number if there is none. */
  private int level(double share) {
    int level = Arrays.binarySearch(levels, share);
    return level < 0 ? -level - 1 : level;
  }

  /** Adds the rows of another with the same levels and bins. */
  public void merge(PitState other) {
    if (!Arrays.equals(levels, other.levels) || edges.length != other.edges.length) {
      throw new IllegalArgumentException("PIT states of other levels or bins cannot be merged");
    }
    sums.merge(other.sums);
  }

  /** The sum of the weights by bin. */
  public double[] histogram() {
    double[] weights = new double[edges.length + 1];
    Arrays.setAll(weights, sums::value);
    return weights;
  }

  /** The share of rows with y up to each quantile of the forecast, against its level. */
  public LevelErrors quantileErrors() {
    return LevelErrors.of(levels, shares(edges.length + 1));
  }

  /** The share of rows with y in each central interval of the forecast, against its mass. */
  public LevelErrors intervalErrors() {
    return LevelErrors.of(levels, shares(edges.length + 1 + levels.length + 1));
  }

  private double[] shares(int from) {
    double total = 0;
    for (int j = 0; j <= levels.length; j++) {
      total += sums.value(from + j);
    }
    double[] shares = new double[levels.length];
    double below = 0;
    for (int j = 0; j < levels.length; j++) {
      below += sums.value(from + j);
      shares[j] = below / total;
    }
    return shares;
  }

  /** Writes the sums. */
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  /** Reads what {@link #write} wrote, in place of what is here. */
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(sums.size(), in);
  }
}
