// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.inference.MeanEstimate;

/**
 * The second moments of several numbers a row, which the standard errors of their {@link
 * WeightedMeans} follow from where rows are independent.
 *
 * <p>Layout when written: {@link ExactSums} of w^2, of w^2 x for each number x, of w^2 x^2 for
 * each.
 */
public final class SquaredSums implements Mergeable<SquaredSums> {

  private final int size;
  private ExactSums sums;

  /** Of so many numbers, over no rows. */
  public SquaredSums(int size) {
    this.size = size;
    sums = new ExactSums(2 * size + 1);
  }

  /** About how many bytes of memory those of so many numbers take. */
  public static long bytes(int size) {
    return (2L * size + 1) * ExactSums.BYTES_OF_SUM;
  }

  /**
   * Adds a row.
   *
   * @param weight finite and above 0
   * @param x the numbers
   */
  public void add(double weight, double[] x) {
    sums.add(0, weight * weight);
    for (int i = 0; i < size; i++) {
      double summand = weight * x[i];
      sums.add(1 + i, weight * summand);
      sums.add(1 + size + i, summand * summand);
    }
  }

  @Override
  public void merge(SquaredSums other) {
    sums.merge(other.sums);
  }

  /**
   * How sure the mean of number {@code i} is.
   *
   * @param means of the same rows
   * @param rows their number
   */
  public MeanEstimate estimate(WeightedMeans means, int i, long rows) {
    double mean = means.mean(i);
    double squares =
        sums.value(1 + size + i) - 2 * mean * sums.value(1 + i) + mean * mean * sums.value(0);
    // Of equal values rounding can leave a little less than nothing.
    return MeanEstimate.ofResiduals(mean, Math.max(0, squares), means.weight(), rows);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(sums.size(), in);
  }
}
