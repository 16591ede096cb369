// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Arrays;

/** The operations on columns in plain loops. */
public final class ScalarColumns implements ColumnKernel {

  /** The only one needed. */
  public static final ScalarColumns INSTANCE = new ScalarColumns();

  private static final int D = ChunkLoops.DOUBLE_LANES;

  private ScalarColumns() {}

  @Override
  public void exponentials(double[] d, int length, double[] out) {
    exponentialsFrom(d, 0, length, out);
  }

  /** As {@link #exponentials}, from a row on. */
  public static void exponentialsFrom(double[] d, int from, int length, double[] out) {
    for (int r = from; r < length; r++) {
      out[r] = Exponential.ofDifference(d[r]);
    }
  }

  @Override
  public void logarithms(double[] x, int length, double[] out) {
    logarithmsFrom(x, 0, length, out);
  }

  /** As {@link #logarithms}, from a row on. */
  public static void logarithmsFrom(double[] x, int from, int length, double[] out) {
    for (int r = from; r < length; r++) {
      out[r] = Logarithm.of(x[r]);
    }
  }

  @Override
  public void readProbabilities(
      double[] p, int stride, int classes, int rows, ProbabilityColumns out) {
    readProbabilitiesFrom(p, stride, classes, 0, rows, out);
  }

  /** As {@link #readProbabilities}, from a row on. */
  public static void readProbabilitiesFrom(
      double[] p, int stride, int classes, int from, int rows, ProbabilityColumns out) {
    for (int r = from; r < rows; r++) {
      double max = -1;
      double runnerUp = 0;
      int argmax = 0;
      double sum = 0;
      double squares = 0;
      double outside = 0;
      for (int j = 0; j < classes; j++) {
        double given = p[j * stride + r];
        outside = Math.max(outside, Math.max(-given, given - 1.0));
        double q = Math.max(0.0, Math.min(given, 1.0));
        p[j * stride + r] = q;
        argmax = q > max ? j : argmax;
        runnerUp = Math.max(runnerUp, Math.min(max, q));
        max = Math.max(max, q);
        sum += q;
        squares += q * q;
      }
      out.max()[r] = max;
      out.runnerUp()[r] = runnerUp;
      out.argmax()[r] = argmax;
      out.sum()[r] = sum;
      out.sumSquares()[r] = squares;
      out.outside()[r] = outside;
    }
  }

  @Override
  public void readLogits(
      double[] z, int stride, int classes, int rows, int[] labels, double[] e, LogitColumns out) {
    readLogitsFrom(z, stride, classes, 0, rows, labels, e, out);
  }

  /** As {@link #readLogits}, from a row on. */
  public static void readLogitsFrom(
      double[] z,
      int stride,
      int classes,
      int from,
      int rows,
      int[] labels,
      double[] e,
      LogitColumns out) {
    double[] lanes = new double[3 * D];
    for (int r = from; r < rows; r++) {
      readOrder(z, stride, classes, r, labels[r], out);
      Arrays.fill(lanes, 0.0);
      for (int j = 0; j < classes; j++) {
        double d = Exponential.clamp(z[j * stride + r] - out.max()[r]);
        double v = Exponential.exp(d);
        e[j * stride + r] = v;
        int lane = j % D;
        lanes[lane] += v;
        lanes[D + lane] = Math.fma(v, v, lanes[D + lane]);
        lanes[2 * D + lane] = Math.fma(d, v, lanes[2 * D + lane]);
      }
      out.sumExp()[r] = RowAccumulator.sum8(lanes, 0);
      out.sumExpSquares()[r] = RowAccumulator.sum8(lanes, D);
      out.sumShiftedExp()[r] = RowAccumulator.sum8(lanes, 2 * D);
    }
  }

  private static void readOrder(
      double[] z, int stride, int classes, int r, int label, LogitColumns out) {
    double max = Double.NEGATIVE_INFINITY;
    double runnerUp = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    double y = z[label * stride + r];
    // NaN as soon as one infinity or NaN is among them.
    double check = 0;
    int argmax = 0;
    int rank = 0;
    for (int j = 0; j < classes; j++) {
      double v = z[j * stride + r];
      check += v * 0.0;
      argmax = v > max ? j : argmax;
      runnerUp = Math.max(runnerUp, Math.min(max, v));
      max = Math.max(max, v);
      min = Math.min(min, v);
      rank += v > y || (v == y && j < label) ? 1 : 0;
    }
    // Adding 0.0 makes one zero of the two.
    out.max()[r] = max + 0.0;
    out.runnerUp()[r] = runnerUp + 0.0;
    out.min()[r] = min + 0.0;
    out.argmax()[r] = argmax;
    out.labelLogit()[r] = y + 0.0;
    out.labelRank()[r] = rank;
    out.isFinite()[r] = check == 0;
  }

  @Override
  public int listAbove(float[] p, int from, int to, float bound, int[] out) {
    return listAboveFrom(p, from, to, bound, 0, out);
  }

  /**
   * As {@link #listAbove(float[], int, int, float, int[])}, behind those that were found before. A
   * branch would be mispredicted.
   */
  public static int listAboveFrom(float[] p, int from, int to, float bound, int before, int[] out) {
    int found = before;
    for (int r = from; r < to; r++) {
      out[found] = r;
      // The sign bit of the difference.
      found += Float.floatToRawIntBits(bound - p[r]) >>> (Integer.SIZE - 1);
    }
    return found;
  }

  @Override
  public int listAbove(double[] p, int from, int to, double bound, int[] out) {
    return listAboveFrom(p, from, to, bound, 0, out);
  }

  /** As for floats. */
  public static int listAboveFrom(
      double[] p, int from, int to, double bound, int before, int[] out) {
    int found = before;
    for (int r = from; r < to; r++) {
      out[found] = r;
      found += (int) (Double.doubleToRawLongBits(bound - p[r]) >>> (Long.SIZE - 1));
    }
    return found;
  }

  @Override
  public void addQuantized(float[] p, int from, int to, double[] totals, int at) {
    double sum = 0;
    for (int r = from; r < to; r++) {
      sum += (p[r] + ScalarLoops.QUANTIZER) - ScalarLoops.QUANTIZER;
    }
    totals[at] += sum;
  }

  @Override
  public boolean sum(double[] x, int from, int to, PartialSums parts) {
    parts.clear();
    parts.add(x, from, to);
    return parts.finish();
  }
}
