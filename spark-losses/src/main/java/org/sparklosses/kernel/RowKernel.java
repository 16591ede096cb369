// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * The primitive operations on a row of logits. All implementations return the same bits for the
 * same input: a row is cut in chunks of fixed size, a chunk in a fixed number of lanes, lanes are
 * summed by a fixed tree, and chunks are merged in index order by the operator of the online
 * normalizer (Milakov and Gimelshein 2018, arXiv:1805.02867).
 *
 * <p>Stateless and safe for use from many threads.
 */
public interface RowKernel {

  /** How the log and the settings call it. */
  String name();

  /**
   * The statistics of {@code z[offset .. offset + length)}.
   *
   * @param length the number of classes, at least 1
   * @param label in [0, length), or {@link RowStatistics#NO_LABEL}
   */
  RowStatistics statistics(float[] z, int offset, int length, int label);

  /** As for float, in double arithmetic. */
  RowStatistics statistics(double[] z, int offset, int length, int label);

  /**
   * The statistics of {@code z[offset .. offset + length)} but for the sums of z and of z^2, which
   * are NaN, and in the same read {@code exp(z[offset + j] - max)} for j in [0, length): the
   * softmax times sumExp.
   *
   * @param label in [0, length), or {@link RowStatistics#NO_LABEL}
   * @param out receives the exponentials; arbitrary when the row has no softmax
   */
  RowStatistics exponentials(float[] z, int offset, int length, int label, float[] out);

  /**
   * {@code out[j] = exp(z[offset + j] - max) / sumExp} for j in [0, length); NaN everywhere when
   * the row has no softmax.
   *
   * @param row the statistics of the same row
   */
  void softmax(float[] z, int offset, int length, RowStatistics row, float[] out);

  /** As for float, in double arithmetic. */
  void softmax(double[] z, int offset, int length, RowStatistics row, double[] out);

  /**
   * Reads {@link RowTile#ROWS} rows of equal length, side by side: entry j of row r lies at {@code
   * at + j * stride + r}. Each is read as {@link #exponentials} reads it.
   *
   * @param length at most {@link RowTile#LONGEST}
   * @param e receives the exponentials, laid out as z
   * @param tile receives the rest; refers to z and e until it is filled again
   */
  void readTile(float[] z, int at, int stride, int length, float[] e, RowTile tile);

  /**
   * Finds the rank of the label in each of the first rows of a tile.
   *
   * @param labels the labels, from {@code first} on
   */
  void rankLabels(RowTile tile, int[] labels, int first, int rows);

  /** The operations on columns of many rows. */
  ColumnKernel columns();

  /** Whether {@link #readTile} is faster than one row after another. */
  boolean prefersTiles();

  /**
   * The first index in [from, to) whose element is at or above a threshold that is not NaN; {@code
   * to} if none is.
   */
  int firstAtLeast(float[] p, int from, int to, float threshold);

  /** As for float. */
  int firstAtLeast(double[] p, int from, int to, double threshold);

  /**
   * {@code totals[j] += q(e[j] * scale)} for j in [0, length), where the product is rounded to
   * float and q rounds a number of [0, 1] to the nearest multiple of 2^-44. Sums of such multiples
   * below 2^9 are exact, hence the same in every order: move the totals elsewhere after at most
   * {@link #QUANTIZED_ROWS} rows.
   */
  void addQuantized(float[] e, int length, float scale, double[] totals);

  /** As for float, with a scale of 1. */
  void addQuantized(double[] p, int length, double[] totals);

  /**
   * How many rows {@link #addQuantized(float[], int, float, double[])} may add to the same totals.
   */
  int QUANTIZED_ROWS = 256;
}
