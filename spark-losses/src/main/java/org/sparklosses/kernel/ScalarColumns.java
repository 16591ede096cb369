package org.sparklosses.kernel;

/** The operations on columns in plain loops. */
public final class ScalarColumns implements ColumnKernel {

  /** The only one needed. */
  public static final ScalarColumns INSTANCE = new ScalarColumns();

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
  public void addQuantized(float[] p, int from, int to, double[] totals, int at) {
    double sum = 0;
    for (int r = from; r < to; r++) {
      sum += (p[r] + ScalarLoops.QUANTIZER) - ScalarLoops.QUANTIZER;
    }
    totals[at] += sum;
  }

  @Override
  public void flagAtLeast(float[] p, int from, int to, float threshold, int[] flags) {
    flagAtLeastFrom(p, from, from, to, threshold, flags);
  }

  /** As {@link #flagAtLeast}, from row {@code start} on. */
  public static void flagAtLeastFrom(
      float[] p, int from, int start, int to, float threshold, int[] flags) {
    for (int r = start; r < to; r++) {
      flags[r - from] = p[r] >= threshold ? 1 : 0;
    }
  }

  @Override
  public boolean sum(double[] x, int from, int to, PartialSums parts) {
    parts.clear();
    parts.add(x, from, to);
    return parts.finish();
  }
}
