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
  public void readProbabilities(
      double[] p, int stride, int classes, int rows, double most, ProbabilityColumns out) {
    readProbabilitiesFrom(p, stride, classes, 0, rows, most, out);
  }

  /** As {@link #readProbabilities}, from a row on. */
  public static void readProbabilitiesFrom(
      double[] p,
      int stride,
      int classes,
      int from,
      int rows,
      double most,
      ProbabilityColumns out) {
    for (int r = from; r < rows; r++) {
      double max = -1;
      double runnerUp = 0;
      int argmax = 0;
      double sum = 0;
      double squares = 0;
      double outside = 0;
      for (int j = 0; j < classes; j++) {
        double given = p[j * stride + r];
        outside = Math.max(outside, Math.max(-given, given - most));
        double q = Math.min(given, 1.0);
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
