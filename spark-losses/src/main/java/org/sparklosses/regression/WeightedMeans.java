// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.score.WeightRange;

/**
 * Weighted means of several numbers a row. Sums are exact, and so are the products that are summed:
 * the same in any order and partitioning.
 *
 * <p>Layout when written: {@link ExactSums} of w and of w x for each number x.
 */
public final class WeightedMeans implements Mergeable<WeightedMeans> {

  private ExactSums sums;

  /** Means of so many numbers, over no rows. */
  public WeightedMeans(int size) {
    sums = new ExactSums(size + 1);
  }

  /** How many numbers a row has. */
  public int size() {
    return sums.size() - 1;
  }

  /**
   * Adds a row.
   *
   * @param weight finite and at least 0; a row of weight 0 does not exist
   * @param x the numbers
   */
  public void add(double weight, double... x) {
    if (isRow(weight)) {
      sums.add(0, weight);
      for (int i = 0; i < x.length; i++) {
        double product = weight * x[i];
        sums.add(i + 1, product);
        if (Double.isFinite(product)) {
          sums.add(i + 1, Math.fma(weight, x[i], -product));
        }
      }
    }
  }

  /** Whether a row of this weight exists; throws for a weight that is none. */
  static boolean isRow(double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight " + weight + " is not allowed; weights must be finite and at least 0");
    }
    if (weight > 0 && !WeightRange.ALL.contains(weight)) {
      throw new IllegalArgumentException("weight " + WeightRange.ALL.told(weight));
    }
    return weight > 0;
  }

  /** Adds the rows of another of the same size. */
  @Override
  public void merge(WeightedMeans other) {
    addTimes(1, other);
  }

  /** Adds each row of another of the same size so many times. */
  void addTimes(int times, WeightedMeans other) {
    for (int i = 0; i < sums.size(); i++) {
      sums.addSum(i, other.sums, i, times);
    }
  }

  /** The sum of the weights. */
  public double weight() {
    return sums.value(0);
  }

  /** The mean of number {@code i}; NaN without rows. */
  public double mean(int i) {
    return sums.value(i + 1) / weight();
  }

  /** Whether the sums of w and of w x for number {@code i} are finite. */
  boolean isFinite(int i) {
    return Double.isFinite(weight()) && Double.isFinite(sums.value(i + 1));
  }

  /** The sum of the weights with all its digits; it must be finite. */
  BigDecimal exactWeight() {
    return exact(0);
  }

  /** The sum of w x for number {@code i} with all its digits; it must be finite. */
  BigDecimal exactSum(int i) {
    return exact(i + 1);
  }

  /** The nearest double, and what is left of the sum after it, again and again. */
  private BigDecimal exact(int i) {
    ExactSums rest = new ExactSums(1);
    rest.addSum(0, sums, i, 1);
    BigDecimal sum = BigDecimal.ZERO;
    for (double part = rest.value(0); part != 0; part = rest.value(0)) {
      sum = sum.add(new BigDecimal(part));
      rest.add(0, -part);
    }
    return sum;
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
