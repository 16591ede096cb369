// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import org.sparklosses.kernel.ColumnKernel;

/**
 * The bins of the probabilities of every class, of few classes and bins and of rows without
 * weights: whole numbers in one small array, which are moved to {@link SparseCells} now and then.
 * Probabilities are rounded as {@link ClassTotals} rounds them: floats beyond the first of so few
 * bins are multiples of 2^-44 anyway.
 */
public final class DenseBins {

  /** Every slice has its own: more would take too much memory where slices are many. */
  private static final int MOST_CELLS = 1 << 9;

  /** The probability 1 of floats then fits into an int. */
  private static final int MOST_BINS = 1 << 7;

  /** The bits of a float below its first. */
  private static final int FRACTION_BITS = 23;

  /** So many floats in units as below stay below 2^63. */
  private static final int FLOAT_ROWS = 1 << 30;

  private static final int DOUBLE_BITS = 52;
  private static final double DOUBLE_UNITS = 0x1p52;
  private static final long DOUBLE_MASK = (1L << DOUBLE_BITS) - 1;

  /** Farther from an edge, in 2^-52 bins, its rounding cannot matter. */
  private static final long EDGE_ZONE = 1L << 20;

  /** So many in units of 2^-52 do. */
  private static final int DOUBLE_ROWS = 1 << 10;

  private static final int HIT_BITS = 32;
  private static final long ROW = 1L << HIT_BITS;

  /** So many bits has a count of the rows of a pack. */
  private static final int PACK_BITS = 11;

  private static final int PACK_ROWS = (1 << PACK_BITS) - 1;

  private final int classes;
  private final Binning binning;
  private final SparseCells sparse;

  /** Of each class and bin the sum of the probabilities, then rows and hits in one number. */
  private final long[] cells;

  private int rows;

  /**
   * The same of the last few rows of floats, sum, rows and hits in one number: that is one addition
   * instead of two.
   */
  private final long[] packs;

  private int packedRows;

  private final float least;

  /** The unit of floats is 2^-this: those beyond the first bin are whole numbers of it. */
  private final int floatBits;

  private final float floatUnits;

  /** 1 if a probability on an edge belongs to the bin below. */
  private final int closed;

  /** Whether sums are in units of 2^-52. */
  private boolean isOfDoubles;

  /**
   * Bins without rows.
   *
   * @param sparse where all but the first bins of a class go, by {@code k * bins + bin}
   */
  public DenseBins(int classes, Binning binning, SparseCells sparse) {
    this.classes = classes;
    this.binning = binning;
    this.sparse = sparse;
    cells = new long[2 * classes * binning.cells()];
    packs = new long[classes * binning.cells()];
    least = Math.nextDown((float) binning.edge(1));
    floatBits = FRACTION_BITS + Integer.SIZE - Integer.numberOfLeadingZeros(binning.count() - 1);
    floatUnits = (float) (1L << floatBits);
    closed = binning.side() == Binning.Side.RIGHT ? 1 : 0;
  }

  /** Whether so many classes and bins are few enough. */
  public static boolean areFew(int classes, Binning binning) {
    return binning.count() <= MOST_BINS && (long) classes * binning.cells() <= MOST_CELLS;
  }

  /**
   * Adds the rows [from, to) of columns: that of class k begins at {@code k * stride}.
   *
   * @param p the probabilities
   * @param labels the class of each row that came true
   * @param columns what finds the large probabilities
   * @param list scratch for one number more than rows
   */
  public void add(
      float[] p, int stride, int[] labels, int from, int to, ColumnKernel columns, int[] list) {
    for (int start = from; start < to; start += PACK_ROWS) {
      int end = Math.min(to, start + PACK_ROWS);
      makeRoom(end - start, false, FLOAT_ROWS);
      if (packedRows + end - start > PACK_ROWS) {
        unpack();
      }
      packedRows += end - start;
      for (int k = 0; k < classes; k++) {
        int column = k * stride;
        int listed = columns.listAbove(p, column + start, column + end, least, list);
        addClass(k, p, column, labels, list, listed);
      }
    }
  }

  /** As above, of doubles. */
  public void add(
      double[] p, int stride, int[] labels, int from, int to, ColumnKernel columns, int[] list) {
    for (int start = from; start < to; start += DOUBLE_ROWS) {
      int end = Math.min(to, start + DOUBLE_ROWS);
      makeRoom(end - start, true, DOUBLE_ROWS);
      for (int k = 0; k < classes; k++) {
        int column = k * stride;
        int listed = columns.listAbove(p, column + start, column + end, least, list);
        addClass(k, p, column, labels, list, listed);
      }
    }
  }

  /** Counts so many rows more, once others are moved where there is no room. */
  private void makeRoom(int more, boolean ofDoubles, int most) {
    if (ofDoubles != isOfDoubles || rows + more > most) {
      settle();
    }
    isOfDoubles = ofDoubles;
    rows += more;
  }

  private void addClass(int k, float[] p, int column, int[] labels, int[] list, int listed) {
    int count = binning.count();
    int last = binning.cells() - 1;
    int firstCell = k * binning.cells();
    for (int i = 0; i < listed; i++) {
      int at = list[i];
      int units = (int) (p[at] * floatUnits);
      int bin = Math.min((int) (((long) units * count - closed) >>> floatBits), last);
      packs[firstCell + bin] +=
          ((long) units << (2 * PACK_BITS)) + (1 << PACK_BITS) + equal(k, labels[at - column]);
    }
  }

  private void addClass(int k, double[] p, int column, int[] labels, int[] list, int listed) {
    for (int i = 0; i < listed; i++) {
      int at = list[i];
      long units = (long) (ClassTotals.quantized(p[at]) * DOUBLE_UNITS);
      // The bin and, in the lower bits, the place within it; only on edges it matters who has them.
      long place = units * binning.count();
      boolean isOnEdge = ((place + EDGE_ZONE) & DOUBLE_MASK) <= 2 * EDGE_ZONE;
      int bin = isOnEdge ? binning.of(p[at]) : (int) (place >>> DOUBLE_BITS);
      int cell = 2 * (k * binning.cells() + bin);
      cells[cell] += units;
      cells[cell + 1] += ROW + equal(k, labels[at - column]);
    }
  }

  /** 1 if they are, else 0: the sign bit of -1. A branch would be mispredicted. */
  private static int equal(int k, int label) {
    return ((k ^ label) - 1) >>> (Integer.SIZE - 1);
  }

  private void unpack() {
    for (int cell = 0; cell < packs.length; cell++) {
      long pack = packs[cell];
      cells[2 * cell] += pack >>> (2 * PACK_BITS);
      cells[2 * cell + 1] += ((pack >>> PACK_BITS) & PACK_ROWS) * ROW + (pack & PACK_ROWS);
      packs[cell] = 0;
    }
    packedRows = 0;
  }

  /** Moves all to the sparse cells; nothing is left here. */
  public void settle() {
    unpack();
    for (int cell = 0; rows > 0 && cell < cells.length / 2; cell++) {
      long counts = cells[2 * cell + 1];
      if (cell % binning.cells() > 0 && counts > 0) {
        int exponent = isOfDoubles ? -DOUBLE_BITS : -floatBits;
        sparse.addShares(cell, counts >>> HIT_BITS, counts & (ROW - 1), cells[2 * cell], exponent);
      }
      cells[2 * cell] = 0;
      cells[2 * cell + 1] = 0;
    }
    rows = 0;
  }
}
