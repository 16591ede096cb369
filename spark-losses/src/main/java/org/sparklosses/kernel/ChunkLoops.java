// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * The loops over one chunk of a row: all that a provider of a kernel has to write. Ranges are half
 * open and at most one chunk long where the method fills lanes; lanes are laid out one quantity
 * after another. Arrays of lanes hold {@link #SCRATCH} numbers and whatever they held before.
 *
 * <p>Stateless and safe for use from many threads.
 */
public interface ChunkLoops {

  /** The length of a chunk of floats. */
  int FLOATS = 1024;

  /** How many floats of a chunk are summed in float, 16 a lane, before they go to double. */
  int FLOAT_RUN = 256;

  /** The length of a chunk of doubles, 64 elements a lane. */
  int DOUBLES = 512;

  /** Virtual lanes of a chunk of floats. */
  int FLOAT_LANES = 16;

  /** Virtual lanes of a chunk of doubles. */
  int DOUBLE_LANES = 8;

  /** The size of an array of lanes: up to five quantities. */
  int SCRATCH = 5 * FLOAT_LANES;

  /** How the log and the settings call the provider. */
  String name();

  /** The operations on columns. */
  ColumnKernel columns();

  /** Whether the loops over a tile work on several rows at once. */
  boolean prefersTiles();

  /**
   * The order statistics of a chunk of floats: the {@link OrderedBits#of keys} of the largest, the
   * second largest (equal to it on a tie) and the smallest element, a NaN lying beyond all others,
   * and how many elements are smaller and how many larger than {@code y}.
   *
   * @param y finite and not -0, or the two counts are arbitrary
   * @param result receives the five at its first places; holds {@link #SCRATCH} numbers
   */
  void order(float[] z, int from, int to, float y, int[] result);

  /**
   * The largest, the second largest (equal to it on a tie) and the smallest element, ignoring NaN.
   * The sign of a zero is arbitrary.
   *
   * @param result receives the three at its first three places
   */
  void extremes(double[] z, int from, int to, double[] result);

  /**
   * Per lane the sums of z and of z^2, in double.
   *
   * @param lanes receives 2 x {@link #FLOAT_LANES} numbers
   */
  void moments(float[] z, int from, int to, double[] lanes);

  /** As for float, over {@link #DOUBLE_LANES}. */
  void moments(double[] z, int from, int to, double[] lanes);

  /**
   * Per lane the sums of e, e^2 and x e, with {@code x = reference - z} and {@code e = exp(-x)}: in
   * float over a run, the runs then in index order in double.
   *
   * @param reference finite, at least every element
   * @param run an array of lanes for use within
   * @param lanes receives 3 x {@link #FLOAT_LANES} numbers
   * @param out receives e of element i at {@code at + i - from}
   */
  void exponentials(
      float[] z,
      int from,
      int to,
      float reference,
      float[] run,
      double[] lanes,
      float[] out,
      int at);

  /**
   * Per lane the sums of e, e^2 and d e.
   *
   * @param reference finite, at least every element
   * @param lanes receives 3 x {@link #DOUBLE_LANES} numbers
   */
  void exponentials(double[] z, int from, int to, double reference, double[] lanes);

  /** The number of elements at or above a threshold that is not NaN. */
  int countAtLeast(float[] z, int from, int to, float threshold);

  /** As for float. */
  int countAtLeast(double[] z, int from, int to, double threshold);

  /**
   * The first index of an element at or above a threshold that is not NaN; {@code to} if none is.
   */
  int firstAtLeast(float[] z, int from, int to, float threshold);

  /** As for float. */
  int firstAtLeast(double[] z, int from, int to, double threshold);

  /** {@code out[j] = exp(z[offset + j] - max) * scale} for j in [0, length). */
  void softmax(float[] z, int offset, int length, float max, float scale, float[] out);

  /** As for float. */
  void softmax(double[] z, int offset, int length, double max, double scale, double[] out);

  /**
   * {@code totals[j] += q(e[j] * scale)}; see {@link RowKernel#addQuantized(float[], int, float,
   * double[])}.
   */
  void addQuantized(float[] e, int length, float scale, double[] totals);

  /** {@code totals[j] += q(p[j])}. */
  void addQuantized(double[] p, int length, double[] totals);

  /**
   * Of a tile (see {@link RowTile}) the {@link OrderedBits#of keys} of each row's largest, second
   * largest and smallest entry, and the index of the first largest; arbitrary where a row holds a
   * NaN. Here and below entry j of row r lies at {@code at + j * stride + r}.
   */
  void tileOrder(
      float[] z,
      int at,
      int stride,
      int length,
      int[] largest,
      int[] second,
      int[] smallest,
      int[] argmax);

  /**
   * Of the first entries of a tile, at most one a lane, {@code e = exp(-x)} with {@code x = max -
   * z}, and to the lanes e, e^2 and x e.
   *
   * @param e laid out as z
   * @param lanes one quantity after another, each of {@link #FLOAT_LANES} lanes of all rows
   */
  void tileExponentials(
      float[] z, int at, int stride, int length, float[] max, float[] e, float[] lanes);

  /** The same of the entries [{@link #FLOAT_LANES}, length), added to the lanes. */
  void addTileExponentials(
      float[] z, int at, int stride, int length, float[] max, float[] e, float[] lanes);

  /**
   * Of each row of a tile the number of entries that an argmax with lowest index first would list
   * before the label's.
   *
   * @param y the label's entry of each row
   */
  void tileRanks(float[] z, int at, int stride, int length, int[] labels, float[] y, int[] ranks);

  /**
   * The sum of one quantity over the lanes of each row of a tile, in double, by the fixed tree.
   *
   * @param at where in {@code lanes} the quantity begins
   * @param used the lanes that hold an entry, at least 1; the others hold 0
   * @param nodes scratch for eight numbers a row, at least {@link #FLOAT_LANES}
   * @param outAt where the sums go
   */
  void tileSums(float[] lanes, int at, int used, double[] nodes, double[] out, int outAt);
}
