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
  int FLOAT_BLOCK = 256;

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
   * float over a block, the blocks then in index order in double.
   *
   * @param reference finite, at least every element
   * @param block an array of lanes for use within
   * @param lanes receives 3 x {@link #FLOAT_LANES} numbers
   * @param out receives e of element i at {@code at + i - from}
   */
  void exponentials(
      float[] z,
      int from,
      int to,
      float reference,
      float[] block,
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
   * NaN.
   */
  void tileOrder(float[] z, int length, int[] largest, int[] second, int[] smallest, int[] argmax);

  /**
   * Of the entries [from, to) of a tile, at most one a lane, {@code e = exp(-x)} with {@code x =
   * max - z}; to the lanes, the first of which takes entry {@code from}, are added e, e^2 and x e.
   *
   * @param lanes one quantity after another, each of {@link #FLOAT_LANES} lanes of all rows
   */
  void tileExponentials(float[] z, int from, int to, float[] max, float[] e, float[] lanes);

  /** {@code nodes[i] = lanes[at + i] + lanes[at + i + count]} in double, for i in [0, count). */
  void tileLeaves(float[] lanes, int at, int count, double[] nodes);

  /** {@code out[at + i] = nodes[i] + nodes[i + count]} for i in [0, count). */
  void tileLevel(double[] nodes, int count, double[] out, int at);
}
