// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The logarithm of a sum of exponentials over rows, the same bits in any order and partitioning.
 *
 * <p>Each exponential is rounded once, as e^(v - 512 j) with j the whole number nearest to v / 512,
 * and these are added without rounding, apart for the largest j of all rows and for the one below
 * it. Rows further down are less than 2^-360 of the sum, and left out.
 *
 * <p>Layout when written: {@code double j, long infinities, boolean isNaN}, the {@link ExactSums}
 * of both j, the larger first.
 */
public final class LogSumExp implements Mergeable<LogSumExp> {

  private static final double SPAN = 512;
  private static final double BELOW = StrictMath.exp(-SPAN);

  /** No row with a number yet. */
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private double top = NONE;
  private ExactSums sums = new ExactSums(2);
  private long infinities;
  private boolean isNaN;

  /** Adds a row: -infinity adds nothing, infinity and NaN decide the result. */
  public void add(double value) {
    if (Double.isNaN(value)) {
      isNaN = true;
    } else if (Double.isInfinite(value)) {
      infinities += value > 0 ? 1 : 0;
    } else {
      double j = Math.rint(value / SPAN);
      raise(j);
      if (j >= top - 1) {
        // The difference of two multiples of the last place of the value is exact.
        sums.add(j == top ? 0 : 1, StrictMath.exp(value - j * SPAN));
      }
    }
  }

  /** Makes j the largest, if it is. */
  private void raise(double j) {
    if (j > top) {
      ExactSums raised = new ExactSums(2);
      if (top == j - 1) {
        raised.addSum(1, sums, 0, 1);
      }
      sums = raised;
      top = j;
    }
  }

  @Override
  public void merge(LogSumExp other) {
    isNaN |= other.isNaN;
    infinities += other.infinities;
    if (other.top == NONE) {
      return;
    }
    raise(other.top);
    if (other.top == top) {
      sums.merge(other.sums);
    } else if (other.top == top - 1) {
      sums.addSum(1, other.sums, 0, 1);
    }
  }

  /** {@code log sum exp(v)}; -infinity of no rows. */
  public double value() {
    if (isNaN || infinities > 0) {
      return isNaN ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    return top == NONE ? NONE : top * SPAN + StrictMath.log(sums.value(0) + BELOW * sums.value(1));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeDouble(top);
    out.writeLong(infinities);
    out.writeBoolean(isNaN);
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    top = in.readDouble();
    infinities = in.readLong();
    isNaN = in.readBoolean();
    sums = ExactSums.read(2, in);
  }
}
