package org.sparklosses.kernel;

/** The kernel in plain Java. */
final class ScalarKernel implements RowKernel {

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public RowStatistics statistics(float[] z, int offset, int length, int label) {
    double[] row = new double[length];
    for (int j = 0; j < length; j++) {
      row[j] = z[offset + j];
    }
    return statistics(row, 0, length, label);
  }

  @Override
  public RowStatistics statistics(double[] z, int offset, int length, int label) {
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    double runnerUp = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double sumSquares = 0;
    double sumSquaresOthers = 0;
    int argmax = 0;
    int nans = 0;
    int positive = 0;
    int negative = 0;
    for (int j = 0; j < length; j++) {
      double v = z[offset + j];
      nans += Double.isNaN(v) ? 1 : 0;
      positive += v == Double.POSITIVE_INFINITY ? 1 : 0;
      negative += v == Double.NEGATIVE_INFINITY ? 1 : 0;
      if (v > max) {
        runnerUp = max;
        max = v;
        argmax = j;
      } else if (v > runnerUp) {
        runnerUp = v;
      }
      min = v < min ? v : min;
      sum += v;
      sumSquares += v * v;
      sumSquaresOthers += j == label ? 0 : v * v;
    }
    double s = 0;
    double q = 0;
    double t = 0;
    int rank = label < 0 ? -1 : 0;
    double zy = label < 0 ? Double.NaN : z[offset + label];
    for (int j = 0; j < length; j++) {
      double v = z[offset + j];
      double d = v - max;
      double e = StrictMath.exp(d);
      s += e;
      q += e * e;
      t += e == 0 ? 0 : d * e;
      rank += v > zy || (v == zy && j < label) ? 1 : 0;
    }
    return new RowStatistics(
        length,
        label,
        nans > 0 ? Double.NaN : max,
        runnerUp,
        min,
        argmax,
        zy,
        rank,
        s,
        q,
        t,
        sum,
        sumSquares,
        sumSquaresOthers,
        nans,
        positive,
        negative);
  }

  @Override
  public void softmax(float[] z, int offset, int length, RowStatistics row, float[] out) {
    for (int j = 0; j < length; j++) {
      out[j] =
          row.hasSoftmax()
              ? (float) (StrictMath.exp(z[offset + j] - row.max()) / row.sumExp())
              : Float.NaN;
    }
  }

  @Override
  public void softmax(double[] z, int offset, int length, RowStatistics row, double[] out) {
    for (int j = 0; j < length; j++) {
      out[j] =
          row.hasSoftmax() ? StrictMath.exp(z[offset + j] - row.max()) / row.sumExp() : Double.NaN;
    }
  }
}
