package org.sparklosses.kernel;

import java.util.Arrays;

/**
 * The loops in plain Java. The {@code step} methods advance the lanes by one element each; vector
 * providers call them for the elements behind the last whole group of lanes.
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
  public void extremes(float[] z, int from, int to, float[] lanes) {
    Arrays.fill(lanes, 0, 2 * F, Float.NEGATIVE_INFINITY);
    Arrays.fill(lanes, 2 * F, 3 * F, Float.POSITIVE_INFINITY);
    for (int i = from; i < to; i += F) {
      stepExtremes(z, i, Math.min(F, to - i), lanes);
    }
  }

  @Override
  public void extremes(double[] z, int from, int to, double[] lanes) {
    Arrays.fill(lanes, 0, 2 * D, Double.NEGATIVE_INFINITY);
    Arrays.fill(lanes, 2 * D, 3 * D, Double.POSITIVE_INFINITY);
    for (int i = from; i < to; i += D) {
      stepExtremes(z, i, Math.min(D, to - i), lanes);
    }
  }

  @Override
  public void moments(float[] z, int from, int to, double[] lanes) {
    Arrays.fill(lanes, 0, 2 * F, 0.0);
    for (int i = from; i < to; i += F) {
      stepMoments(z, i, Math.min(F, to - i), lanes);
    }
  }

  @Override
  public void moments(double[] z, int from, int to, double[] lanes) {
    Arrays.fill(lanes, 0, 2 * D, 0.0);
    for (int i = from; i < to; i += D) {
      stepMoments(z, i, Math.min(D, to - i), lanes);
    }
  }

  @Override
  public void exponentials(float[] z, int from, int to, float reference, float[] lanes) {
    Arrays.fill(lanes, 0, 3 * F, 0.0f);
    for (int i = from; i < to; i += F) {
      stepExponentials(z, i, Math.min(F, to - i), reference, lanes);
    }
  }

  @Override
  public void exponentials(double[] z, int from, int to, double reference, double[] lanes) {
    Arrays.fill(lanes, 0, 3 * D, 0.0);
    for (int i = from; i < to; i += D) {
      stepExponentials(z, i, Math.min(D, to - i), reference, lanes);
    }
  }

  @Override
  public int countAtLeast(float[] z, int from, int to, float threshold) {
    return stepCount(z, from, to, threshold);
  }

  @Override
  public int countAtLeast(double[] z, int from, int to, double threshold) {
    return stepCount(z, from, to, threshold);
  }

  @Override
  public void softmax(float[] z, int offset, int length, float max, float scale, float[] out) {
    stepSoftmax(z, offset, 0, length, max, scale, out);
  }

  @Override
  public void softmax(double[] z, int offset, int length, double max, double scale, double[] out) {
    stepSoftmax(z, offset, 0, length, max, scale, out);
  }

  @Override
  public void addQuantized(float[] p, int length, double[] totals) {
    stepQuantized(p, 0, length, totals);
  }

  @Override
  public void addQuantized(double[] p, int length, double[] totals) {
    for (int j = 0; j < length; j++) {
      totals[j] += (p[j] + QUANTIZER) - QUANTIZER;
    }
  }

  /** Adds {@code z[i + k]} to lane k for k in [0, count). */
  public static void stepExtremes(float[] z, int i, int count, float[] lanes) {
    for (int k = 0; k < count; k++) {
      float v = z[i + k];
      float largest = lanes[k];
      boolean greater = v > largest;
      float loser = greater ? largest : v;
      lanes[k] = greater ? v : largest;
      if (loser > lanes[F + k]) {
        lanes[F + k] = loser;
      }
      if (v < lanes[2 * F + k]) {
        lanes[2 * F + k] = v;
      }
    }
  }

  /** As for float. */
  public static void stepExtremes(double[] z, int i, int count, double[] lanes) {
    for (int k = 0; k < count; k++) {
      double v = z[i + k];
      double largest = lanes[k];
      boolean greater = v > largest;
      double loser = greater ? largest : v;
      lanes[k] = greater ? v : largest;
      if (loser > lanes[D + k]) {
        lanes[D + k] = loser;
      }
      if (v < lanes[2 * D + k]) {
        lanes[2 * D + k] = v;
      }
    }
  }

  /** Adds {@code z[i + k]} to lane k for k in [0, count). */
  public static void stepMoments(float[] z, int i, int count, double[] lanes) {
    for (int k = 0; k < count; k++) {
      double v = z[i + k];
      lanes[k] += v;
      lanes[F + k] = Math.fma(v, v, lanes[F + k]);
    }
  }

  /** As for float. */
  public static void stepMoments(double[] z, int i, int count, double[] lanes) {
    for (int k = 0; k < count; k++) {
      double v = z[i + k];
      lanes[k] += v;
      lanes[D + k] = Math.fma(v, v, lanes[D + k]);
    }
  }

  /** Adds {@code z[i + k]} to lane k for k in [0, count). */
  public static void stepExponentials(float[] z, int i, int count, float reference, float[] lanes) {
    for (int k = 0; k < count; k++) {
      float d = Exponential.clamp(z[i + k] - reference);
      float e = Exponential.exp(d);
      lanes[k] += e;
      lanes[F + k] = Math.fma(e, e, lanes[F + k]);
      lanes[2 * F + k] = Math.fma(d, e, lanes[2 * F + k]);
    }
  }

  /** As for float. */
  public static void stepExponentials(
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
  public static int stepCount(float[] z, int from, int to, float threshold) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += z[i] >= threshold ? 1 : 0;
    }
    return count;
  }

  /** As for float. */
  public static int stepCount(double[] z, int from, int to, double threshold) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += z[i] >= threshold ? 1 : 0;
    }
    return count;
  }

  /** {@code out[j] = exp(z[offset + j] - max) * scale} for j in [from, to). */
  public static void stepSoftmax(
      float[] z, int offset, int from, int to, float max, float scale, float[] out) {
    for (int j = from; j < to; j++) {
      out[j] = Exponential.exp(Exponential.clamp(z[offset + j] - max)) * scale;
    }
  }

  /** As for float. */
  public static void stepSoftmax(
      double[] z, int offset, int from, int to, double max, double scale, double[] out) {
    for (int j = from; j < to; j++) {
      out[j] = Exponential.exp(Exponential.clamp(z[offset + j] - max)) * scale;
    }
  }

  /** {@code totals[j] += q(p[j])} for j in [from, to). */
  public static void stepQuantized(float[] p, int from, int to, double[] totals) {
    for (int j = from; j < to; j++) {
      totals[j] += (p[j] + QUANTIZER) - QUANTIZER;
    }
  }
}
