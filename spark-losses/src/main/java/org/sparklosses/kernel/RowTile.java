package org.sparklosses.kernel;

import java.util.Arrays;

/**
 * A few short rows of equal length side by side: entry j of row r lies at {@code j * ROWS + r}, so
 * that a vector holds one entry of several rows and needs no sum over its lanes. Each row is summed
 * in the order of {@link ShortRow}, to the same bits.
 *
 * <p>Filled by {@link RowKernel#readTile}, again and again; of one thread.
 */
public final class RowTile {

  /** The most rows of a tile. */
  public static final int ROWS = 64;

  /** The most entries of a row. */
  public static final int LONGEST = ShortRow.LONGEST;

  private static final int LANES = ChunkLoops.FLOAT_LANES;

  private final float[] z = new float[LONGEST * ROWS];

  private final float[] e = new float[LONGEST * ROWS];

  private final int[] largest = new int[ROWS];
  private final int[] second = new int[ROWS];
  private final int[] smallest = new int[ROWS];
  private final int[] argmax = new int[ROWS];
  private final float[] max = new float[ROWS];

  /** Per lane of a row, one quantity after another: the sums of e, e^2 and x e; 0 without entry. */
  private final float[] lanes = new float[3 * LANES * ROWS];

  /** Two levels of the tree of sums of one quantity, in turn. */
  private final double[] nodes = new double[LANES / 2 * ROWS];

  private final double[] nextNodes = new double[LANES / 4 * ROWS];

  /** The sums of e, e^2 and x e of each row, one quantity after another. */
  private final double[] sums = new double[3 * ROWS];

  private final RowAccumulator scratch = new RowAccumulator();
  private float[] source;
  private int offset;
  private int length;

  /** Reads rows that lie one after another. */
  void read(ChunkLoops loops, float[] from, int start, int rowLength, int rows) {
    load(from, start, rowLength, rows);
    loops.tileOrder(z, length, largest, second, smallest, argmax);
    for (int r = 0; r < ROWS; r++) {
      max[r] = OrderedBits.toFloat(largest[r]);
    }
    Arrays.fill(lanes, 0.0f);
    loops.tileExponentials(z, 0, Math.min(length, LANES), max, e, lanes);
    if (length > LANES) {
      loops.tileExponentials(z, LANES, length, max, e, lanes);
    }
    for (int quantity = 0; quantity < 3; quantity++) {
      loops.tileLeaves(lanes, quantity * LANES * ROWS, 8 * ROWS, nodes);
      loops.tileLevel(nodes, 4 * ROWS, nextNodes, 0);
      loops.tileLevel(nextNodes, 2 * ROWS, nodes, 0);
      loops.tileLevel(nodes, ROWS, sums, quantity * ROWS);
    }
  }

  private void load(float[] from, int start, int rowLength, int rows) {
    source = from;
    offset = start;
    length = rowLength;
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < rowLength; j++) {
        z[j * ROWS + r] = from[start + r * rowLength + j];
      }
    }
  }

  /** Whether all entries of a row are finite. Others are read again, one by one. */
  private boolean isFinite(int row) {
    return largest[row] < OrderedBits.INFINITY && smallest[row] > ~OrderedBits.INFINITY;
  }

  /**
   * The statistics of a row, as {@link RowKernel#exponentials} gives them.
   *
   * @param label in [0, length), or {@link RowStatistics#NO_LABEL}
   * @param out receives the exponentials
   */
  public RowStatistics row(int row, int label, float[] out) {
    int start = offset + row * length;
    if (!isFinite(row)) {
      return ShortRow.statistics(scratch, source, start, length, label, false, out);
    }
    for (int j = 0; j < length; j++) {
      out[j] = e[j * ROWS + row];
    }
    float y = label < 0 ? Float.NaN : source[start + label];
    return new RowStatistics(
        length,
        label,
        OrderedBits.toFloat(largest[row]),
        length == 1 ? Double.NEGATIVE_INFINITY : OrderedBits.toFloat(second[row]),
        OrderedBits.toFloat(smallest[row]),
        argmax[row],
        y + 0.0,
        label < 0 ? -1 : ShortRow.rank(source, start, length, label, y),
        sums[row],
        sums[ROWS + row],
        0.0 - sums[2 * ROWS + row],
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0);
  }

  /** Copies the logits of a row. */
  public void logits(int row, float[] out) {
    System.arraycopy(source, offset + row * length, out, 0, length);
  }

  /** The number of entries of a row. */
  public int length() {
    return length;
  }
}
