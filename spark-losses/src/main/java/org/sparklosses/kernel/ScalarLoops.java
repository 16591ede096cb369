// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Arrays;

/**
 * The loops in plain Java. The static methods take up where others stop: vector providers call them
 * for the elements behind the last whole group of lanes.
 */
public final class ScalarLoops implements ChunkLoops {

  /** 1.5 * 2^(52 - 44): adding and subtracting it rounds a number of [0, 1] to a 2^-44th. */
  public static final double QUANTIZER = 384.0;

  private static final int F = FLOAT_LANES;
  private static final int D = DOUBLE_LANES;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public ColumnKernel columns() {
    return ScalarColumns.INSTANCE;
  }

  @Override
  public boolean prefersTiles() {
    return false;
  }

  @Override
  public void order(float[] z, int from, int to, float y, int[] result) {
    result[0] = Integer.MIN_VALUE;
    result[1] = Integer.MIN_VALUE;
    result[2] = Integer.MAX_VALUE;
    result[3] = 0;
    result[4] = 0;
    addOrder(z, from, to, y, result);
  }

  @Override
  public void extremes(double[] z, int from, int to, double[] result) {
    result[0] = Double.NEGATIVE_INFINITY;
    result[1] = Double.NEGATIVE_INFINITY;
    result[2] = Double.POSITIVE_INFINITY;
    addExtremes(z, from, to, result);
  }

  @Override
  public void moments(float[] z, int from, int to, double[] lanes) {
    int end = from + (to - from) / F * F;
    for (int k = 0; k < F; k += 4) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      double q0 = 0;
      double q1 = 0;
      double q2 = 0;
      double q3 = 0;
      for (int i = from + k; i < end; i += F) {
        double v0 = z[i];
        double v1 = z[i + 1];
        double v2 = z[i + 2];
        double v3 = z[i + 3];
        s0 += v0;
        s1 += v1;
        s2 += v2;
        s3 += v3;
        q0 = Math.fma(v0, v0, q0);
        q1 = Math.fma(v1, v1, q1);
        q2 = Math.fma(v2, v2, q2);
        q3 = Math.fma(v3, v3, q3);
      }
      lanes[k] = s0;
      lanes[k + 1] = s1;
      lanes[k + 2] = s2;
      lanes[k + 3] = s3;
      lanes[F + k] = q0;
      lanes[F + k + 1] = q1;
      lanes[F + k + 2] = q2;
      lanes[F + k + 3] = q3;
    }
    addMoments(z, end, to - end, lanes);
  }

  @Override
  public void moments(double[] z, int from, int to, double[] lanes) {
    int end = from + (to - from) / D * D;
    for (int k = 0; k < D; k += 4) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      double q0 = 0;
      double q1 = 0;
      double q2 = 0;
      double q3 = 0;
      for (int i = from + k; i < end; i += D) {
        double v0 = z[i];
        double v1 = z[i + 1];
        double v2 = z[i + 2];
        double v3 = z[i + 3];
        s0 += v0;
        s1 += v1;
        s2 += v2;
        s3 += v3;
        q0 = Math.fma(v0, v0, q0);
        q1 = Math.fma(v1, v1, q1);
        q2 = Math.fma(v2, v2, q2);
        q3 = Math.fma(v3, v3, q3);
      }
      lanes[k] = s0;
      lanes[k + 1] = s1;
      lanes[k + 2] = s2;
      lanes[k + 3] = s3;
      lanes[D + k] = q0;
      lanes[D + k + 1] = q1;
      lanes[D + k + 2] = q2;
      lanes[D + k + 3] = q3;
    }
    addMoments(z, end, to - end, lanes);
  }

  @Override
  public void exponentials(
      float[] z,
      int from,
      int to,
      float reference,
      float[] run,
      double[] lanes,
      float[] out,
      int at) {
    Arrays.fill(lanes, 0, 3 * F, 0.0);
    for (int start = from; start < to; start += FLOAT_RUN) {
      int end = Math.min(to, start + FLOAT_RUN);
      for (int k = 0; k < F; k++) {
        float sum = 0;
        float squares = 0;
        float shifted = 0;
        for (int i = start + k; i < end; i += F) {
          float x = Exponential.clamp(reference - z[i]);
          float e = Exponential.expMinus(x);
          out[at + i - from] = e;
          sum += e;
          squares = Math.fma(e, e, squares);
          shifted = Math.fma(x, e, shifted);
        }
        lanes[k] += sum;
        lanes[F + k] += squares;
        lanes[2 * F + k] += shifted;
      }
    }
  }

  @Override
  public void exponentials(double[] z, int from, int to, double reference, double[] lanes) {
    for (int k = 0; k < D; k++) {
      double sum = 0;
      double squares = 0;
      double shifted = 0;
      for (int i = from + k; i < to; i += D) {
        double d = Exponential.clamp(z[i] - reference);
        double e = Exponential.exp(d);
        sum += e;
        squares = Math.fma(e, e, squares);
        shifted = Math.fma(d, e, shifted);
      }
      lanes[k] = sum;
      lanes[D + k] = squares;
      lanes[2 * D + k] = shifted;
    }
  }

  @Override
  public int countAtLeast(float[] z, int from, int to, float threshold) {
    return countAtLeastFrom(z, from, to, threshold);
  }

  @Override
  public int countAtLeast(double[] z, int from, int to, double threshold) {
    return countAtLeastFrom(z, from, to, threshold);
  }

  @Override
  public int firstAtLeast(float[] z, int from, int to, float threshold) {
    int i = from;
    while (i < to && !(z[i] >= threshold)) {
      i++;
    }
    return i;
  }

  @Override
  public int firstAtLeast(double[] z, int from, int to, double threshold) {
    int i = from;
    while (i < to && !(z[i] >= threshold)) {
      i++;
    }
    return i;
  }

  @Override
  public void softmax(float[] z, int offset, int length, float max, float scale, float[] out) {
    softmaxFrom(z, offset, 0, length, max, scale, out);
  }

  @Override
  public void softmax(double[] z, int offset, int length, double max, double scale, double[] out) {
    softmaxFrom(z, offset, 0, length, max, scale, out);
  }

  @Override
  public void addQuantized(float[] e, int length, float scale, double[] totals) {
    addQuantizedFrom(e, 0, length, scale, totals);
  }

  @Override
  public void addQuantized(double[] p, int length, double[] totals) {
    for (int j = 0; j < length; j++) {
      totals[j] += (p[j] + QUANTIZER) - QUANTIZER;
    }
  }

  @Override
  public void tileOrder(
      float[] z,
      int at,
      int stride,
      int length,
      int[] largest,
      int[] second,
      int[] smallest,
      int[] argmax) {
    Arrays.fill(largest, Integer.MIN_VALUE);
    Arrays.fill(second, Integer.MIN_VALUE);
    Arrays.fill(smallest, Integer.MAX_VALUE);
    for (int j = 0; j < length; j++) {
      for (int r = 0; r < RowTile.ROWS; r++) {
        int key = OrderedBits.of(z[at + j * stride + r]);
        argmax[r] = j == 0 || key > largest[r] ? j : argmax[r];
        second[r] = Math.max(second[r], Math.min(largest[r], key));
        largest[r] = Math.max(largest[r], key);
        smallest[r] = Math.min(smallest[r], key);
      }
    }
  }

  @Override
  public void tileExponentials(
      float[] z, int at, int stride, int length, float[] max, float[] e, float[] lanes) {
    int squares = F * RowTile.ROWS;
    for (int j = 0; j < length; j++) {
      int lane = j * RowTile.ROWS;
      for (int r = 0; r < RowTile.ROWS; r++) {
        float x = Exponential.clamp(max[r] - z[at + j * stride + r]);
        float v = Exponential.expMinus(x);
        e[at + j * stride + r] = v;
        lanes[lane + r] = v;
        lanes[squares + lane + r] = v * v;
        lanes[2 * squares + lane + r] = x * v;
      }
    }
  }

  @Override
  public void addTileExponentials(
      float[] z, int at, int stride, int length, float[] max, float[] e, float[] lanes) {
    int squares = F * RowTile.ROWS;
    for (int j = F; j < length; j++) {
      int lane = (j - F) * RowTile.ROWS;
      for (int r = 0; r < RowTile.ROWS; r++) {
        float x = Exponential.clamp(max[r] - z[at + j * stride + r]);
        float v = Exponential.expMinus(x);
        e[at + j * stride + r] = v;
        lanes[lane + r] += v;
        lanes[squares + lane + r] = Math.fma(v, v, lanes[squares + lane + r]);
        lanes[2 * squares + lane + r] = Math.fma(x, v, lanes[2 * squares + lane + r]);
      }
    }
  }

  @Override
  public void tileRanks(
      float[] z, int at, int stride, int length, int[] labels, float[] y, int[] ranks) {
    Arrays.fill(ranks, 0);
    for (int j = 0; j < length; j++) {
      for (int r = 0; r < RowTile.ROWS; r++) {
        float v = z[at + j * stride + r];
        ranks[r] += v > y[r] || (v == y[r] && j < labels[r]) ? 1 : 0;
      }
    }
  }

  @Override
  public void tileSums(float[] lanes, int at, int used, double[] nodes, double[] out, int outAt) {
    Arrays.fill(nodes, used, F, 0.0);
    for (int r = 0; r < RowTile.ROWS; r++) {
      for (int lane = 0; lane < used; lane++) {
        nodes[lane] = lanes[at + lane * RowTile.ROWS + r];
      }
      out[outAt + r] = RowAccumulator.sum16(nodes, 0);
    }
  }

  /** Merges the elements of [from, to) into the order statistics so far. */
  public static void addOrder(float[] z, int from, int to, float y, int[] result) {
    int largest = result[0];
    int second = result[1];
    int smallest = result[2];
    int below = result[3];
    int above = result[4];
    for (int i = from; i < to; i++) {
      float v = z[i];
      int key = OrderedBits.of(v);
      second = Math.max(second, Math.min(largest, key));
      largest = Math.max(largest, key);
      smallest = Math.min(smallest, key);
      below += v < y ? 1 : 0;
      above += v > y ? 1 : 0;
    }
    result[0] = largest;
    result[1] = second;
    result[2] = smallest;
    result[3] = below;
    result[4] = above;
  }

  /** Merges the elements of [from, to) into their largest, second largest and smallest so far. */
  public static void addExtremes(double[] z, int from, int to, double[] result) {
    double largest = result[0];
    double second = result[1];
    double smallest = result[2];
    for (int i = from; i < to; i++) {
      double v = z[i];
      if (v > second) {
        if (v > largest) {
          second = largest;
          largest = v;
        } else {
          second = v;
        }
      }
      if (v < smallest) {
        smallest = v;
      }
    }
    result[0] = largest;
    result[1] = second;
    result[2] = smallest;
  }

  /** Merges lanes of order statistics into one of each. */
  public static void mergeLanes(int[] result, int lanes) {
    int largest = result[0];
    int second = result[lanes];
    int smallest = result[2 * lanes];
    int below = result[3 * lanes];
    int above = result[4 * lanes];
    for (int k = 1; k < lanes; k++) {
      int v = result[k];
      second = Math.max(Math.max(second, result[lanes + k]), Math.min(v, largest));
      largest = Math.max(largest, v);
      smallest = Math.min(smallest, result[2 * lanes + k]);
      below += result[3 * lanes + k];
      above += result[4 * lanes + k];
    }
    result[0] = largest;
    result[1] = second;
    result[2] = smallest;
    result[3] = below;
    result[4] = above;
  }

  /** Merges lanes of extremes into three numbers. */
  public static void mergeLanes(double[] result, int lanes) {
    double largest = result[0];
    double second = result[lanes];
    double smallest = result[2 * lanes];
    for (int k = 1; k < lanes; k++) {
      double v = result[k];
      double loser = Math.min(v, largest);
      largest = Math.max(v, largest);
      second = Math.max(Math.max(loser, result[lanes + k]), second);
      smallest = Math.min(result[2 * lanes + k], smallest);
    }
    result[0] = largest;
    result[1] = second;
    result[2] = smallest;
  }

  /** Adds {@code z[i + k]} to lane k for k in [0, count). */
  public static void addMoments(float[] z, int i, int count, double[] lanes) {
    for (int k = 0; k < count; k++) {
      double v = z[i + k];
      lanes[k] += v;
      lanes[F + k] = Math.fma(v, v, lanes[F + k]);
    }
  }

  /** As for float. */
  public static void addMoments(double[] z, int i, int count, double[] lanes) {
    for (int k = 0; k < count; k++) {
      double v = z[i + k];
      lanes[k] += v;
      lanes[D + k] = Math.fma(v, v, lanes[D + k]);
    }
  }

  /**
   * Adds {@code z[i + k]} to lane k for k in [0, count).
   *
   * @param out receives e of element i + k at {@code at + k}
   */
  public static void addExponentials(
      float[] z, int i, int count, float reference, float[] lanes, float[] out, int at) {
    for (int k = 0; k < count; k++) {
      float x = Exponential.clamp(reference - z[i + k]);
      float e = Exponential.expMinus(x);
      out[at + k] = e;
      lanes[k] += e;
      lanes[F + k] = Math.fma(e, e, lanes[F + k]);
      lanes[2 * F + k] = Math.fma(x, e, lanes[2 * F + k]);
    }
  }

  /** Adds {@code z[i + k]} to lane k for k in [0, count). */
  public static void addExponentials(
      double[] z, int i, int count, double reference, double[] lanes) {
    for (int k = 0; k < count; k++) {
      double d = Exponential.clamp(z[i + k] - reference);
      double e = Exponential.exp(d);
      lanes[k] += e;
      lanes[D + k] = Math.fma(e, e, lanes[D + k]);
      lanes[2 * D + k] = Math.fma(d, e, lanes[2 * D + k]);
    }
  }

  /** The number of elements of [from, to) at or above the threshold. */
  public static int countAtLeastFrom(float[] z, int from, int to, float threshold) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += z[i] >= threshold ? 1 : 0;
    }
    return count;
  }

  /** As for float. */
  public static int countAtLeastFrom(double[] z, int from, int to, double threshold) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += z[i] >= threshold ? 1 : 0;
    }
    return count;
  }

  /** {@code out[j] = exp(z[offset + j] - max) * scale} for j in [from, to). */
  public static void softmaxFrom(
      float[] z, int offset, int from, int to, float max, float scale, float[] out) {
    for (int j = from; j < to; j++) {
      out[j] = Exponential.expMinus(Exponential.clamp(max - z[offset + j])) * scale;
    }
  }

  /** As for float. */
  public static void softmaxFrom(
      double[] z, int offset, int from, int to, double max, double scale, double[] out) {
    for (int j = from; j < to; j++) {
      out[j] = Exponential.exp(Exponential.clamp(z[offset + j] - max)) * scale;
    }
  }

  /** {@code totals[j] += q(e[j] * scale)} for j in [from, to). */
  public static void addQuantizedFrom(float[] e, int from, int to, float scale, double[] totals) {
    for (int j = from; j < to; j++) {
      float p = e[j] * scale;
      totals[j] += (p + QUANTIZER) - QUANTIZER;
    }
  }
}
