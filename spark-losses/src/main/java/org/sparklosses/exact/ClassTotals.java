// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.RowKernel;

/**
 * The sum over all rows of the probability of every class, exact in probabilities that were first
 * rounded to a multiple of 2^-52 (of doubles) or 2^-44 (of floats): the rounding is a function of
 * the probability alone, so that the sums stay independent of order and partitioning.
 */
public final class ClassTotals {

  /** 2^11 summands of at most 2^52 stay below 2^63. */
  private static final int DOUBLE_ROWS = 1 << 10;

  private static final int DOUBLE_EXPONENT = -52;
  private static final int FLOAT_EXPONENT = -44;
  private static final double FLOAT_UNITS = 0x1p44;

  /** Adding it rounds to a multiple of 2^-44: it is the unit in the last place of [2^8, 2^9). */
  private static final double FLOAT_ROUNDER = 0x1.8p8;

  private static final long ONE = Double.doubleToRawLongBits(1.0);

  private final ExactSums sums;
  private long[] doubleUnits = new long[0];
  private int doubleRows;
  private double[] floatTotals = new double[0];
  private int floatRows;

  /** Totals of the columns of columns, {@link ColumnKernel#LANES} of each class. */
  private double[] laneTotals = new double[0];

  private int laneRows;

  /** Totals of no rows. */
  public ClassTotals(int classes) {
    this(new ExactSums(classes));
  }

  private ClassTotals(ExactSums sums) {
    this.sums = sums;
  }

  /** What is added for p of a row of doubles. */
  public static double quantized(double p) {
    return (p + 1.0) - 1.0;
  }

  /**
   * What is added for p of a row of floats: {@link RowKernel#addQuantized(float[], int, float,
   * double[])}.
   */
  public static double quantized(float p) {
    return (p + FLOAT_ROUNDER) - FLOAT_ROUNDER;
  }

  /** Adds a row. */
  public void add(double[] p) {
    int n = sums.size();
    if (doubleUnits.length == 0) {
      doubleUnits = new long[n];
    }
    long[] units = doubleUnits;
    for (int j = 0; j < n; j++) {
      // The fraction bits of 1 + p are p in units of 2^-52.
      units[j] += Double.doubleToRawLongBits(p[j] + 1.0) - ONE;
    }
    if (++doubleRows == DOUBLE_ROWS) {
      flush();
    }
  }

  /** Adds {@code e[j] * scale} to every class j. */
  public void add(float[] e, float scale, RowKernel kernel) {
    if (floatTotals.length == 0) {
      floatTotals = new double[sums.size()];
    }
    kernel.addQuantized(e, floatTotals.length, scale, floatTotals);
    if (++floatRows == RowKernel.QUANTIZED_ROWS) {
      flush();
    }
  }

  /**
   * Adds the rows [from, to) of columns: that of class j begins at {@code j * stride}.
   *
   * @param p the probabilities
   */
  public void addColumns(double[] p, int stride, int from, int to) {
    for (int start = from; start < to; start += DOUBLE_ROWS) {
      addFewRows(p, stride, start, Math.min(to, start + DOUBLE_ROWS));
    }
  }

  private void addFewRows(double[] p, int stride, int from, int to) {
    if (doubleUnits.length == 0) {
      doubleUnits = new long[sums.size()];
    }
    if (doubleRows + to - from > DOUBLE_ROWS) {
      flush();
    }
    for (int j = 0; j < doubleUnits.length; j++) {
      int column = j * stride;
      long units = 0;
      for (int r = column + from; r < column + to; r++) {
        units += Double.doubleToRawLongBits(p[r] + 1.0) - ONE;
      }
      doubleUnits[j] += units;
    }
    doubleRows += to - from;
    if (doubleRows == DOUBLE_ROWS) {
      flush();
    }
  }

  /** As above, of floats. */
  public void addColumns(float[] p, int stride, int from, int to, ColumnKernel kernel) {
    for (int start = from; start < to; start += RowKernel.QUANTIZED_ROWS) {
      addFewRows(p, stride, start, Math.min(to, start + RowKernel.QUANTIZED_ROWS), kernel);
    }
  }

  private void addFewRows(float[] p, int stride, int from, int to, ColumnKernel kernel) {
    int n = sums.size();
    if (laneTotals.length == 0) {
      laneTotals = new double[n * ColumnKernel.LANES];
    }
    if (laneRows + to - from > RowKernel.QUANTIZED_ROWS) {
      flush();
    }
    for (int j = 0; j < n; j++) {
      int column = j * stride;
      kernel.addQuantized(p, column + from, column + to, laneTotals, j * ColumnKernel.LANES);
    }
    laneRows += to - from;
  }

  /** Adds {@code w p[j]} to every class j. */
  public void add(double[] p, double w) {
    for (int j = 0; j < sums.size(); j++) {
      sums.add(j, w * quantized(p[j]));
    }
  }

  /** Adds {@code w e[j] * scale} to every class j. */
  public void add(float[] e, float scale, double w) {
    for (int j = 0; j < sums.size(); j++) {
      sums.add(j, w * quantized(e[j] * scale));
    }
  }

  private void flush() {
    for (int j = 0; laneRows > 0 && j < sums.size(); j++) {
      double total = 0;
      for (int i = j * ColumnKernel.LANES; i < (j + 1) * ColumnKernel.LANES; i++) {
        total += laneTotals[i];
        laneTotals[i] = 0;
      }
      sums.addScaled(j, (long) (total * FLOAT_UNITS), FLOAT_EXPONENT);
    }
    laneRows = 0;
    if (doubleRows > 0) {
      for (int j = 0; j < doubleUnits.length; j++) {
        sums.addScaled(j, doubleUnits[j], DOUBLE_EXPONENT);
        doubleUnits[j] = 0;
      }
      doubleRows = 0;
    }
    if (floatRows > 0) {
      for (int j = 0; j < floatTotals.length; j++) {
        sums.addScaled(j, (long) (floatTotals[j] * FLOAT_UNITS), FLOAT_EXPONENT);
        floatTotals[j] = 0;
      }
      floatRows = 0;
    }
  }

  /** Adds the rows of another of as many classes. */
  public void merge(ClassTotals other) {
    sums.merge(other.sums());
  }

  /** One sum a class. */
  public ExactSums sums() {
    flush();
    return sums;
  }

  /** Writes the totals; {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    sums().write(out);
  }

  /** Reads what {@link #write} wrote of so many classes. */
  public static ClassTotals read(int classes, DataInput in) throws IOException {
    return new ClassTotals(ExactSums.read(classes, in));
  }
}
