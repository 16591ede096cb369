// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * A few short rows of equal length side by side: entry j of row r lies at {@code at + j * stride +
 * r}, so that a vector holds one entry of several rows and needs no sum over its lanes. Each row is
 * summed in the order of {@link ShortRow}, to the same bits.
 *
 * <p>Filled by {@link RowKernel#readTile}, again and again; of one thread.
 */
public final class RowTile {

  /** The rows of a tile. */
  public static final int ROWS = 64;

  /** The most entries of a row. */
  public static final int LONGEST = ShortRow.LONGEST;

  private static final int LANES = ChunkLoops.FLOAT_LANES;

  private final int[] largest = new int[ROWS];
  private final int[] second = new int[ROWS];
  private final int[] smallest = new int[ROWS];
  private final int[] argmax = new int[ROWS];
  private final float[] max = new float[ROWS];

  /** Per lane of a row, one quantity after another: the sums of e, e^2 and x e. */
  private final float[] lanes = new float[3 * LANES * ROWS];

  private final double[] nodes = new double[LANES / 2 * ROWS];

  /** The sums of e, e^2 and x e of each row, one quantity after another. */
  private final double[] sums = new double[3 * ROWS];

  private final int[] labels = new int[ROWS];
  private final float[] labelLogits = new float[ROWS];
  private final int[] ranks = new int[ROWS];

  private final RowAccumulator scratch = new RowAccumulator();
  private final float[] copy = new float[LONGEST];
  private float[] z = new float[0];
  private float[] e = new float[0];
  private int at;
  private int stride;
  private int length;

  /** Reads rows; see {@link RowKernel#readTile}. */
  void read(ChunkLoops loops, float[] from, int first, int step, int entries, float[] out) {
    z = from;
    at = first;
    stride = step;
    length = entries;
    e = out;
    loops.tileOrder(z, at, stride, length, largest, second, smallest, argmax);
    for (int r = 0; r < ROWS; r++) {
      max[r] = OrderedBits.toFloat(largest[r]);
    }
    int used = Math.min(length, LANES);
    loops.tileExponentials(z, at, stride, used, max, e, lanes);
    if (length > LANES) {
      loops.addTileExponentials(z, at, stride, length, max, e, lanes);
    }
    for (int quantity = 0; quantity < 3; quantity++) {
      loops.tileSums(lanes, quantity * LANES * ROWS, used, nodes, sums, quantity * ROWS);
    }
  }

  /** Finds the ranks of labels; see {@link RowKernel#rankLabels}. */
  void rankLabels(ChunkLoops loops, int[] given, int first, int rows) {
    System.arraycopy(given, first, labels, 0, rows);
    for (int r = 0; r < rows; r++) {
      labelLogits[r] = z[at + labels[r] * stride + r] + 0.0f;
    }
    loops.tileRanks(z, at, stride, length, labels, labelLogits, ranks);
  }

  /** Whether all entries of a row are finite. What is said of others below is arbitrary. */
  public boolean isFinite(int row) {
    return largest[row] < OrderedBits.INFINITY && smallest[row] > ~OrderedBits.INFINITY;
  }

  /**
   * The statistics of a row, as {@link RowKernel#exponentials} gives them.
   *
   * @param label in [0, length), or {@link RowStatistics#NO_LABEL}
   * @param out receives the exponentials
   */
  public RowStatistics row(int row, int label, float[] out) {
    logits(row, copy);
    if (!isFinite(row)) {
      return ShortRow.statistics(scratch, copy, 0, length, label, false, out);
    }
    for (int j = 0; j < length; j++) {
      out[j] = e[at + j * stride + row];
    }
    float y = label < 0 ? Float.NaN : copy[label];
    return new RowStatistics(
        length,
        label,
        max(row),
        runnerUp(row),
        min(row),
        argmax(row),
        y + 0.0,
        label < 0 ? -1 : ShortRow.rank(copy, 0, length, label, y),
        sumExp(row),
        sumExpSquares(row),
        sumShiftedExp(row),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0);
  }

  /**
   * Copies what is known of the first rows, once {@link RowKernel#rankLabels} found their ranks.
   *
   * @param first where the first row goes
   */
  public void copyTo(LogitColumns out, int first, int rows) {
    System.arraycopy(argmax, 0, out.argmax(), first, rows);
    System.arraycopy(ranks, 0, out.labelRank(), first, rows);
    System.arraycopy(sums, 0, out.sumExp(), first, rows);
    System.arraycopy(sums, ROWS, out.sumExpSquares(), first, rows);
    for (int row = 0; row < rows; row++) {
      int r = first + row;
      out.sumShiftedExp()[r] = sumShiftedExp(row);
      out.max()[r] = max[row];
      out.runnerUp()[r] = runnerUp(row);
      out.min()[r] = min(row);
      out.labelLogit()[r] = labelLogits[row];
      out.isFinite()[r] = isFinite(row);
    }
  }

  /** The largest logit of a row. */
  public float max(int row) {
    return max[row];
  }

  /** The largest logit of a row but for the first that is the largest; -infinity for one class. */
  public float runnerUp(int row) {
    return length == 1 ? Float.NEGATIVE_INFINITY : OrderedBits.toFloat(second[row]);
  }

  /** The smallest logit of a row. */
  public float min(int row) {
    return OrderedBits.toFloat(smallest[row]);
  }

  /** The lowest index of the largest logit of a row. */
  public int argmax(int row) {
    return argmax[row];
  }

  /** {@link RowStatistics#sumExp} of a row. */
  public double sumExp(int row) {
    return sums[row];
  }

  /** {@link RowStatistics#sumExpSquares} of a row. */
  public double sumExpSquares(int row) {
    return sums[ROWS + row];
  }

  /** {@link RowStatistics#sumShiftedExp} of a row. */
  public double sumShiftedExp(int row) {
    return 0.0 - sums[2 * ROWS + row];
  }

  /** Copies the logits of a row. */
  public void logits(int row, float[] out) {
    for (int j = 0; j < length; j++) {
      out[j] = z[at + j * stride + row];
    }
  }

  /** The number of entries of a row. */
  public int length() {
    return length;
  }
}
