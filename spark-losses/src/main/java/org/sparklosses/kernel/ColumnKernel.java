// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * The primitive operations on a column: one number of each of many rows. All implementations return
 * the same bits for the same input.
 *
 * <p>Stateless and safe for use from many threads.
 */
public interface ColumnKernel {

  /** In how many lanes sums are kept apart: reducing a vector costs more than adding many. */
  int LANES = 8;

  /** {@code out[r] = exp(d[r])} for r in [0, length) and d at most 0; 0 below -708. */
  void exponentials(double[] d, int length, double[] out);

  /** {@code out[r] = log(x[r])} for r in [0, length) and positive x, finite and not subnormal. */
  void logarithms(double[] x, int length, double[] out);

  /**
   * Reads rows of probabilities, that of class j of row r being at {@code j * stride + r}, and
   * clips them to [0, 1].
   */
  void readProbabilities(double[] p, int stride, int classes, int rows, ProbabilityColumns out);

  /**
   * Reads rows of logits, that of class j of row r being at {@code j * stride + r}, as {@link
   * RowKernel#statistics(double[], int, int, int)} reads one.
   *
   * @param classes at most {@link RowTile#LONGEST}
   * @param labels the label of each row, in [0, classes)
   * @param e receives {@code exp(z - max)}, laid out as z
   */
  void readLogits(
      double[] z, int stride, int classes, int rows, int[] labels, double[] e, LogitColumns out);

  /**
   * Lists the places in [from, to) of numbers above a bound, in any order.
   *
   * @param p no number of the range is NaN
   * @param out has room for {@code to - from + 1}
   * @return how many they are
   */
  int listAbove(float[] p, int from, int to, float bound, int[] out);

  /** As for floats. */
  int listAbove(double[] p, int from, int to, double bound, int[] out);

  /**
   * Adds {@code q(p[r])} for r in [from, to) to the totals {@code [at, at + LANES)}, any lane each,
   * where q rounds a number of [0, 1] to the nearest multiple of 2^-44; exact while the totals stay
   * below 2^9.
   */
  void addQuantized(float[] p, int from, int to, double[] totals, int at);

  /**
   * Sums {@code x[from .. to)}, at most 2^16 numbers, without rounding, in parts: each summand is
   * cut at fixed places by adding and subtracting a number so large that the sum holds only the
   * bits above, and sums of such pieces are exact (Rump, Ogita and Oishi 2008).
   *
   * @return whether it could: no number is NaN, together they are below 2^16 in magnitude, and none
   *     has bits below 2^-110
   */
  boolean sum(double[] x, int from, int to, PartialSums parts);

  /** Added and subtracted, keeps multiples of 2^-34 of numbers below 2^16. */
  double FIRST_CUT = 0x1.8p18;

  /** Keeps multiples of 2^-72 of what the first cut leaves. */
  double SECOND_CUT = 0x1.8p-20;

  /** Keeps multiples of 2^-110 of what the second cut leaves. */
  double THIRD_CUT = 0x1.8p-58;
}
