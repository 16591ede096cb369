// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.PartialSums;

/**
 * Cells (bins, classes) that count pairs of a probability p and an outcome with a weight w, all
 * exactly: n, the outcomes that came true, and the sums of wp and, of a weighted table, of w, w^2
 * and w over the outcomes that came true. In a table without weights the counts are these sums.
 */
public final class Cells {

  private static final int PREDICTED = 0;
  private static final int WEIGHT = 1;
  private static final int SQUARED_WEIGHT = 2;
  private static final int OBSERVED = 3;

  /** Below it a probability can have bits below 2^-72. */
  private static final double LEAST_SHARE = 0x1p-20;

  /** Sums of so many multiples of 2^-72 below 2^-34 are exact. */
  private static final int MOST_ROWS = 1 << 14;

  private final boolean weighted;
  private final int stride;
  private long[] counts;
  private long[] hits;
  private final ExactSums sums;

  /** Of each cell multiples of 2^-34, and of 2^-72 below 2^-34; not in the sums yet. */
  private double[] highParts = new double[0];

  private double[] lowParts = new double[0];

  /** How many rows they may hold. */
  private int pending;

  /** Cells without rows. */
  public Cells(int size, boolean weighted) {
    this(weighted, new long[size], new long[size], new ExactSums(size * stride(weighted)));
  }

  private Cells(boolean weighted, long[] counts, long[] hits, ExactSums sums) {
    this.weighted = weighted;
    this.stride = stride(weighted);
    this.counts = counts;
    this.hits = hits;
    this.sums = sums;
  }

  private static int stride(boolean weighted) {
    return weighted ? 4 : 1;
  }

  /** About how many bytes of memory a cell takes. */
  public static long bytes(boolean weighted) {
    return 2 * Long.BYTES + (long) stride(weighted) * ExactSums.BYTES_OF_SUM;
  }

  /** How many sums over rows determine a cell. */
  public static int summands(boolean weighted) {
    return 2 + stride(weighted);
  }

  /** Tells what a row adds to the sums of a cell, whose place is given. */
  public static void tellSummands(
      int at, double p, boolean hit, double w, boolean weighted, SumSink sink) {
    sink.addOne(at);
    if (hit) {
      sink.addOne(at + 1);
    }
    sink.add(at + 2 + PREDICTED, weighted ? w * p : p);
    if (weighted) {
      sink.add(at + 2 + WEIGHT, w);
      sink.add(at + 2 + SQUARED_WEIGHT, w * w);
      if (hit) {
        sink.add(at + 2 + OBSERVED, w);
      }
    }
  }

  /**
   * Tells what the rows [from, to) without weights add to the sums of a cell each.
   *
   * @param at the place of each row's cell
   * @param hit 1 if the outcome came true, else 0
   */
  public static void tellSummands(
      int[] at, double[] p, double[] hit, int from, int to, SumSink sink) {
    sink.addOnes(at, 0, from, to);
    sink.add(at, 1, hit, from, to);
    sink.add(at, 2 + PREDICTED, p, from, to);
  }

  /** Adds rows by the sums that {@link #tellSummands} tells the summands of. */
  public void addSummands(int cell, double[] given, int at) {
    counts[cell] += (long) given[at];
    hits[cell] += (long) given[at + 1];
    for (int k = 0; k < stride; k++) {
      sums.add(cell * stride + k, given[at + 2 + k]);
    }
  }

  /** The number of cells. */
  public int size() {
    return counts.length;
  }

  void resize(int size) {
    settle();
    counts = Arrays.copyOf(counts, size);
    hits = Arrays.copyOf(hits, size);
    sums.resize(size * stride);
  }

  /**
   * Adds the rows [from, to), at most 2^14 of them.
   *
   * @param cell the cell of each row
   * @param p the probability of each row
   * @param y 1 for each row whose outcome came true, else 0
   * @param w the weight of each row; not looked at in cells without weights
   */
  public void add(int[] cell, double[] p, double[] y, double[] w, int from, int to) {
    if (weighted) {
      for (int r = from; r < to; r++) {
        add(cell[r], p[r], y[r] > 0, w[r]);
      }
      return;
    }
    startShares(to - from);
    for (int r = from; r < to; r++) {
      addShare(cell[r], p[r], (int) y[r]);
    }
  }

  /** Says that up to so many calls of {@link #addShare} follow. */
  private void startShares(int rows) {
    if (highParts.length < counts.length) {
      settle();
      highParts = new double[counts.length];
      lowParts = new double[counts.length];
    } else if (pending + rows > MOST_ROWS) {
      settle();
    }
    pending += rows;
  }

  /**
   * Adds a row of weight 1 to cells without weights: in two numbers first, the sums of which are
   * exact.
   */
  private void addShare(int cell, double p, int hit) {
    counts[cell]++;
    hits[cell] += hit;
    if (p < LEAST_SHARE) {
      sums.add(cell, p);
      return;
    }
    double high = (p + ColumnKernel.FIRST_CUT) - ColumnKernel.FIRST_CUT;
    highParts[cell] += high;
    lowParts[cell] += p - high;
  }

  /** Moves what {@link #addShare} added to the sums. */
  private void settle() {
    for (int cell = 0; pending > 0 && cell < highParts.length; cell++) {
      if (highParts[cell] != 0 || lowParts[cell] != 0) {
        sums.addShareParts(cell, highParts[cell], lowParts[cell]);
        highParts[cell] = 0;
        lowParts[cell] = 0;
      }
    }
    pending = 0;
  }

  /** Adds a row to a cell: its probability, whether its outcome came true, and its weight. */
  public void add(int cell, double p, boolean hit, double w) {
    counts[cell]++;
    hits[cell] += hit ? 1 : 0;
    int at = cell * stride;
    if (weighted) {
      sums.add(at + PREDICTED, w * p);
      sums.add(at + WEIGHT, w);
      sums.add(at + SQUARED_WEIGHT, w * w);
      if (hit) {
        sums.add(at + OBSERVED, w);
      }
    } else {
      sums.add(at + PREDICTED, p);
    }
  }

  /**
   * Adds the rows [from, to) of weight 1 to a cell without weights.
   *
   * @param p the probability of each row
   * @param came how many of them came true
   * @param columns what adds the probabilities up
   * @param parts scratch
   */
  public void addAll(
      int cell, double[] p, long came, int from, int to, ColumnKernel columns, PartialSums parts) {
    counts[cell] += to - from;
    hits[cell] += came;
    sums.addAll(cell, p, from, to, columns, parts);
  }

  /**
   * Adds {@code n} rows of weight 1, {@code came} of which came true.
   *
   * @param shares the sum of their p, each at least 2^-30, in units of 2^exponent
   */
  void addShares(int cell, long n, long came, long shares, int exponent) {
    counts[cell] += n;
    hits[cell] += came;
    sums.addShares(cell * stride + PREDICTED, shares, exponent);
  }

  /** Adds cell {@code from} of {@code other}, times {@code sign}. */
  public void addCell(int cell, Cells other, int from, int sign) {
    other.settle();
    counts[cell] += sign * other.counts[from];
    hits[cell] += sign * other.hits[from];
    for (int k = 0; k < stride; k++) {
      sums.addSum(cell * stride + k, other.sums, from * stride + k, sign);
    }
  }

  /** Adds {@code n} rows of probability p and weight 1, of which {@code came} came true. */
  public void addRows(int cell, double p, long n, long came) {
    counts[cell] += n;
    hits[cell] += came;
    sums.addTimes(cell * stride + PREDICTED, n, p);
  }

  /**
   * Adds rows by their sums.
   *
   * @param from where in {@code given} their sums lie
   * @param order the place of the sums of wp, w, w^2 and wy after {@code from}; only the first
   *     without weights
   */
  public void addRows(int cell, long n, long came, ExactSums given, int from, int[] order) {
    counts[cell] += n;
    hits[cell] += came;
    for (int k = 0; k < stride; k++) {
      sums.addSum(cell * stride + k, given, from + order[k], 1);
    }
  }

  /** Adds sum {@code from} of {@code sums} to the sum of wp. */
  public void addPredicted(int cell, ExactSums predicted, int from) {
    sums.addSum(cell * stride + PREDICTED, predicted, from, 1);
  }

  /** Adds the rows and weights of a cell, as outcomes that did not come true. */
  public void addWeights(int cell, Cells other, int from) {
    counts[cell] += other.counts[from];
    if (weighted) {
      sums.addSum(cell * stride + WEIGHT, other.sums, from * stride + WEIGHT, 1);
      sums.addSum(cell * stride + SQUARED_WEIGHT, other.sums, from * stride + SQUARED_WEIGHT, 1);
    }
  }

  /** Adds rows of that weight to the only cell, as outcomes that did not come true. */
  public void addWeights(long rows, double weight) {
    counts[0] += rows;
    if (weighted) {
      sums.add(WEIGHT, weight);
    }
  }

  /** Adds the rows and weights of a cell to the outcomes that came true, and to nothing else. */
  public void addObserved(int cell, Cells other, int from) {
    hits[cell] += other.counts[from];
    if (weighted) {
      sums.addSum(cell * stride + OBSERVED, other.sums, from * stride + WEIGHT, 1);
    }
  }

  /** Adds the rows of as many other cells. */
  public void merge(Cells other) {
    other.settle();
    for (int cell = 0; cell < size(); cell++) {
      counts[cell] += other.counts[cell];
      hits[cell] += other.hits[cell];
    }
    sums.merge(other.sums);
  }

  /** Makes them cells without rows. */
  public void clear() {
    settle();
    Arrays.fill(counts, 0);
    Arrays.fill(hits, 0);
    sums.clear();
  }

  /** How many rows a cell has. */
  public long count(int cell) {
    return counts[cell];
  }

  /** The sum of w. */
  public double weight(int cell) {
    return weighted ? sums.value(cell * stride + WEIGHT) : counts[cell];
  }

  /** The sum of w^2. */
  public double squaredWeight(int cell) {
    return weighted ? sums.value(cell * stride + SQUARED_WEIGHT) : counts[cell];
  }

  /** The sum of wp. */
  public double predicted(int cell) {
    settle();
    return sums.value(cell * stride + PREDICTED);
  }

  /** The sum of w over the outcomes that came true. */
  public double observed(int cell) {
    return weighted ? sums.value(cell * stride + OBSERVED) : hits[cell];
  }

  /** Writes the cells; {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    settle();
    out.writeBoolean(weighted);
    out.writeInt(counts.length);
    Longs.write(counts, counts.length, out);
    Longs.write(hits, hits.length, out);
    sums.write(out);
  }

  /**
   * Reads so many cells that {@link #write} wrote.
   *
   * @throws IOException if they are others
   */
  public static Cells read(long size, boolean weighted, DataInput in) throws IOException {
    if (in.readBoolean() != weighted) {
      throw new StreamCorruptedException(
          weighted ? "cells without weights" : "cells of rows with weights");
    }
    Lengths.readExpected("cells", size, in);
    long[] counts = Longs.read(size, in);
    long[] hits = Longs.read(size, in);
    for (int cell = 0; cell < counts.length; cell++) {
      if (hits[cell] < 0 || hits[cell] > counts[cell]) {
        throw new StreamCorruptedException(
            hits[cell] + " of " + counts[cell] + " rows are no part of them");
      }
    }
    ExactSums sums = ExactSums.read(counts.length * stride(weighted), in);
    Cells cells = new Cells(weighted, counts, hits, sums);
    for (int cell = 0; cell < counts.length; cell++) {
      if (counts[cell] > 0 != cells.weight(cell) > 0) {
        throw new StreamCorruptedException(
            counts[cell] + " rows of weight " + cells.weight(cell) + " together");
      }
    }
    return cells;
  }
}
