package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.score.WeightRange;

/**
 * Weighted means of several numbers a row. Sums are exact: the same in any order and partitioning.
 *
 * <p>Layout when written: {@link ExactSums} of w and of w x for each number x.
 */
public final class WeightedMeans {

  private ExactSums sums;

  /** Means of so many numbers, over no rows. */
  public WeightedMeans(int size) {
    sums = new ExactSums(size + 1);
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
        sums.add(i + 1, weight * x[i]);
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
  public void merge(WeightedMeans other) {
    sums.merge(other.sums);
  }

  /** The sum of the weights. */
  public double weight() {
    return sums.value(0);
  }

  /** The mean of number {@code i}; NaN without rows. */
  public double mean(int i) {
    return sums.value(i + 1) / weight();
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
