// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Arrays;

/**
 * A row of so few floats that the walk over chunks and lanes costs more than the arithmetic: the
 * same sums in the same order, in plain loops, for every provider alike.
 */
final class ShortRow {

  /** The most floats of a short row: two a lane. */
  static final int LONGEST = 2 * ChunkLoops.FLOAT_LANES;

  private static final int LANES = ChunkLoops.FLOAT_LANES;

  private ShortRow() {}

  /**
   * The statistics of a row.
   *
   * @param row scratch
   * @param moments whether the sums of z and of z^2 are wanted; NaN otherwise
   * @param out receives the exponentials
   */
  static RowStatistics statistics(
      RowAccumulator row,
      float[] z,
      int offset,
      int length,
      int label,
      boolean moments,
      float[] out) {
    float max = Float.NEGATIVE_INFINITY;
    float second = Float.NEGATIVE_INFINITY;
    float min = Float.POSITIVE_INFINITY;
    float check = 0;
    int argmax = 0;
    for (int j = 0; j < length; j++) {
      float v = z[offset + j];
      // NaN as soon as one infinity or NaN is among them.
      check += v * 0.0f;
      if (v > max) {
        second = max;
        max = v;
        argmax = j;
      } else if (v > second) {
        second = v;
      }
      min = v < min ? v : min;
    }
    int negativeInfinities = 0;
    if (check != 0) {
      for (int j = 0; j < length; j++) {
        float v = z[offset + j];
        if (Float.isNaN(v) || v == Float.POSITIVE_INFINITY) {
          return IrregularRow.statistics(z, offset, length, label);
        }
        negativeInfinities += v == Float.NEGATIVE_INFINITY ? 1 : 0;
      }
      if (negativeInfinities == length) {
        return IrregularRow.statistics(z, offset, length, label);
      }
    }
    double[] lanes = row.doubles;
    exponentials(z, offset, length, max, lanes, out);
    double sumExp = RowAccumulator.sum16(lanes, 0);
    double sumExpSquares = RowAccumulator.sum16(lanes, LANES);
    double sumShiftedExp = 0.0 - RowAccumulator.sum16(lanes, 2 * LANES);
    float y = label < 0 ? Float.NaN : z[offset + label];
    double sum = Double.NaN;
    double sumSquares = Double.NaN;
    double sumSquaresOthers = Double.NaN;
    if (moments) {
      moments(z, offset, length, lanes);
      sum = 0.0 + RowAccumulator.sum16(lanes, 0);
      sumSquares = RowAccumulator.sum16(lanes, LANES);
      double square = label < 0 ? 0.0 : (double) y * y;
      sumSquaresOthers =
          RowAccumulator.isSubtractable(square, sumSquares)
              ? sumSquares - square
              : ChunkedKernel.squares(z, offset, offset + length, label < 0 ? -1 : offset + label);
    }
    return new RowStatistics(
        length,
        label,
        max + 0.0,
        second + 0.0,
        min + 0.0,
        argmax,
        y + 0.0,
        label < 0 ? -1 : rank(z, offset, length, label, y),
        sumExp,
        sumExpSquares,
        sumShiftedExp,
        sum,
        sumSquares,
        sumSquaresOthers,
        0,
        0,
        negativeInfinities);
  }

  private static void exponentials(
      float[] z, int offset, int length, float max, double[] lanes, float[] out) {
    int first = Math.min(length, LANES);
    for (int j = 0; j < first; j++) {
      float x = Exponential.clamp(max - z[offset + j]);
      float e = Exponential.expMinus(x);
      out[j] = e;
      lanes[j] = e;
      lanes[LANES + j] = e * e;
      lanes[2 * LANES + j] = x * e;
    }
    for (int j = LANES; j < length; j++) {
      float x = Exponential.clamp(max - z[offset + j]);
      float e = Exponential.expMinus(x);
      out[j] = e;
      int k = j - LANES;
      lanes[k] = (float) lanes[k] + e;
      lanes[LANES + k] = Math.fma(e, e, (float) lanes[LANES + k]);
      lanes[2 * LANES + k] = Math.fma(x, e, (float) lanes[2 * LANES + k]);
    }
    clearFrom(first, 3, lanes);
  }

  private static void moments(float[] z, int offset, int length, double[] lanes) {
    int first = Math.min(length, LANES);
    for (int j = 0; j < first; j++) {
      double v = z[offset + j];
      lanes[j] = v;
      lanes[LANES + j] = v * v;
    }
    for (int j = LANES; j < length; j++) {
      double v = z[offset + j];
      int k = j - LANES;
      lanes[k] += v;
      lanes[LANES + k] = Math.fma(v, v, lanes[LANES + k]);
    }
    clearFrom(first, 2, lanes);
  }

  /** Sets the lanes without an element to 0, in each of the quantities. */
  private static void clearFrom(int lane, int quantities, double[] lanes) {
    for (int q = 0; q < quantities; q++) {
      Arrays.fill(lanes, q * LANES + lane, (q + 1) * LANES, 0.0);
    }
  }

  /** How many an argmax with lowest index first lists before the label. */
  static int rank(float[] z, int offset, int length, int label, float y) {
    int rank = 0;
    for (int j = 0; j < label; j++) {
      rank += z[offset + j] >= y ? 1 : 0;
    }
    for (int j = label + 1; j < length; j++) {
      rank += z[offset + j] > y ? 1 : 0;
    }
    return rank;
  }
}
