// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.KeyIndex;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.score.WeightRange;

/**
 * A table of logits of bounded size: of each cell of equal width and each class the number of rows,
 * their weight, and mean and variance of their logits. Logits beyond the range are in the cells at
 * its ends. Sums are exact: the same in any order and partitioning, and of a row of weight 3 those
 * of three rows.
 *
 * <p>Layout when written: {@code int cells, double low, double high, double least, double greatest,
 * int used}, then of each cell and class in use, ascending, its key {@code 2 cell + class} and its
 * rows, as longs, and {@link ExactSums} of w, w d and w d^2, d the distance from the middle of the
 * cell.
 */
public final class LogitCells implements Mergeable<LogitCells> {

  /** So many cells unless said otherwise. */
  public static final int CELLS = 2048;

  /** Cells lie in [-END, END] unless said otherwise. */
  public static final double END = 20;

  private static final int MOST_CELLS = 1 << 20;
  private static final int INITIAL_CAPACITY = 16;

  private static final int WEIGHT = 0;
  private static final int DISTANCE = 1;
  private static final int SQUARE = 2;
  private static final int STRIDE = 3;

  /** A standard deviation of less than this share of the distances is rounding. */
  private static final double LEAST_SPREAD = 1e-7;

  private final int cells;
  private final double low;
  private final double high;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private KeyIndex index = new KeyIndex(INITIAL_CAPACITY);
  private long[] rows = new long[INITIAL_CAPACITY];
  private ExactSums sums = new ExactSums(INITIAL_CAPACITY * STRIDE);

  /** {@link #CELLS} cells on [-20, 20], without rows. */
  public LogitCells() {
    this(CELLS, -END, END);
  }

  /**
   * Cells without rows.
   *
   * @param cells how many, from 1 to 2^20
   * @param low where the first begins
   * @param high where the last ends, above low
   */
  public LogitCells(int cells, double low, double high) {
    if (cells < 1 || cells > MOST_CELLS) {
      throw new IllegalArgumentException(
          cells + " cells; there can be from 1 to %d".formatted(MOST_CELLS));
    }
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException("there are no cells in [" + low + ", " + high + "]");
    }
    this.cells = cells;
    this.low = low;
    this.high = high;
  }

  /**
   * Adds a row.
   *
   * @param logit finite
   * @param positive whether its label is 1
   * @param weight at least 0; a row of weight 0 does not exist
   * @throws IllegalArgumentException if the logit is not finite or the weight is none
   */
  public void add(double logit, boolean positive, double weight) {
    if (!Double.isFinite(logit)) {
      throw new IllegalArgumentException(
          "the logit " + logit + " is not finite: drop the row, or clip the logit");
    }
    if (weight == 0) {
      return;
    }
    if (!WeightRange.ALL.contains(weight)) {
      throw new IllegalArgumentException("weight " + WeightRange.ALL.told(weight));
    }
    int cell = cell(logit);
    int at = entry(2L * cell + (positive ? 1 : 0));
    rows[at]++;
    double distance = logit - middle(cell);
    sums.add(at * STRIDE + WEIGHT, weight);
    addProduct(at * STRIDE + DISTANCE, weight, distance);
    addProduct(at * STRIDE + SQUARE, weight, distance * distance);
    least = Math.min(least, logit);
    greatest = Math.max(greatest, logit);
  }

  /** Adds the product without rounding it, so that a weight of 3 is three rows. */
  private void addProduct(int i, double weight, double x) {
    double product = weight * x;
    sums.add(i, product);
    sums.add(i, Math.fma(weight, x, -product));
  }

  private int cell(double logit) {
    double place = Math.floor((logit - low) / (high - low) * cells);
    return (int) Math.max(0, Math.min(cells - 1, place));
  }

  private double middle(int cell) {
    return low + width() * (cell + 0.5);
  }

  private int entry(long key) {
    int at = index.of(key);
    if (at >= rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
      sums.resize(rows.length * STRIDE);
    }
    return at;
  }

  @Override
  public void merge(LogitCells other) {
    if (other.cells != cells || other.low != low || other.high != high) {
      throw new IllegalArgumentException(
          "%d cells on [%s, %s] are not %d cells on [%s, %s]"
              .formatted(other.cells, other.low, other.high, cells, low, high));
    }
    for (int i = 0; i < other.index.size(); i++) {
      int at = entry(other.index.key(i));
      rows[at] += other.rows[i];
      for (int k = 0; k < STRIDE; k++) {
        sums.addSum(at * STRIDE + k, other.sums, i * STRIDE + k, 1);
      }
    }
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
  }

  /** The width of a cell. */
  double width() {
    return (high - low) / cells;
  }

  /** The number of rows. */
  public long rows() {
    return Arrays.stream(rows).sum();
  }

  /** How many cells have rows. */
  int usedCells() {
    return (int) Arrays.stream(index.sortedKeys()).map(key -> key / 2).distinct().count();
  }

  /** The cells in use, each once for each class of its rows, in ascending order. */
  Entry[] entries() {
    return Arrays.stream(index.sortedKeys()).mapToObj(this::read).toArray(Entry[]::new);
  }

  private Entry read(long key) {
    int at = index.of(key) * STRIDE;
    int cell = (int) (key / 2);
    double weight = sums.value(at + WEIGHT);
    double distance = sums.value(at + DISTANCE) / weight;
    double square = sums.value(at + SQUARE) / weight;
    double variance = square - distance * distance;
    double from = cell == 0 ? Math.min(low, least) : low + width() * cell;
    double to = cell == cells - 1 ? Math.max(high, greatest) : low + width() * (cell + 1);
    return new Entry(
        key % 2 == 1,
        weight,
        middle(cell),
        middle(cell) + distance,
        variance > LEAST_SPREAD * LEAST_SPREAD * square ? variance : 0,
        from,
        to,
        cell);
  }

  /**
   * The rows of a class in a cell.
   *
   * @param positive whether the class is 1
   * @param weight the sum of their weights
   * @param middle of the cell
   * @param mean of their logits
   * @param variance of their logits
   * @param from where the cell begins; the first with the least logit, if that is below
   * @param to where it ends
   * @param cell its number
   */
  record Entry(
      boolean positive,
      double weight,
      double middle,
      double mean,
      double variance,
      double from,
      double to,
      int cell) {

    /** The same with another weight. */
    Entry weighing(double other) {
      return new Entry(positive, other, middle, mean, variance, from, to, cell);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(cells);
    out.writeDouble(low);
    out.writeDouble(high);
    out.writeDouble(least);
    out.writeDouble(greatest);
    long[] keys = index.sortedKeys();
    out.writeInt(keys.length);
    Longs.write(keys, keys.length, out);
    long[] ordered = new long[keys.length];
    ExactSums orderedSums = new ExactSums(keys.length * STRIDE);
    for (int i = 0; i < keys.length; i++) {
      int at = index.of(keys[i]);
      ordered[i] = rows[at];
      for (int k = 0; k < STRIDE; k++) {
        orderedSums.addSum(i * STRIDE + k, sums, at * STRIDE + k, 1);
      }
    }
    Longs.write(ordered, ordered.length, out);
    orderedSums.write(out);
  }

  /**
   * Reads what {@link #write} wrote into this, which has the same cells and no rows.
   *
   * @throws IOException if it is no table of such cells
   */
  @Override
  public void read(DataInput in) throws IOException {
    Lengths.readExpected("cells", cells, in);
    if (in.readDouble() != low || in.readDouble() != high) {
      throw new StreamCorruptedException("cells on another range");
    }
    least = in.readDouble();
    greatest = in.readDouble();
    int used = Lengths.read("cells in use", 2L * cells, in);
    long[] keys = Longs.read(used, in);
    KeyIndex.checkAscending(keys, 2L * cells);
    long[] counts = Longs.read(used, in);
    ExactSums read = ExactSums.read(used * STRIDE, in);
    for (int i = 0; i < used; i++) {
      int at = entry(keys[i]);
      rows[at] = counts[i];
      for (int k = 0; k < STRIDE; k++) {
        sums.addSum(at * STRIDE + k, read, i * STRIDE + k, 1);
      }
      if (counts[i] <= 0 || !(sums.value(at * STRIDE + WEIGHT) > 0) || !isFinite(at)) {
        throw new StreamCorruptedException("a cell in use without rows, or with others");
      }
    }
    boolean isRange = least <= greatest && Double.isFinite(greatest - least);
    if (used > 0 ? !isRange : least <= greatest) {
      throw new StreamCorruptedException("logits from %s to %s".formatted(least, greatest));
    }
  }

  private boolean isFinite(int at) {
    for (int k = 0; k < STRIDE; k++) {
      if (!Double.isFinite(sums.value(at * STRIDE + k))) {
        return false;
      }
    }
    return true;
  }
}
