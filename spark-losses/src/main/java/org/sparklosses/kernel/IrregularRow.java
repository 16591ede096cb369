// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * The statistics of a row that has no softmax: a NaN, a +infinity, or nothing but -infinity. NaN
 * counts as the largest logit, as PyTorch's max and argmax have it. One method for every provider.
 */
final class IrregularRow {

  private IrregularRow() {}

  static RowStatistics statistics(float[] z, int offset, int length, int label) {
    double[] row = new double[length];
    for (int j = 0; j < length; j++) {
      row[j] = z[offset + j];
    }
    return statistics(row, 0, length, label);
  }

  static RowStatistics statistics(double[] z, int offset, int length, int label) {
    int nans = 0;
    int positiveInfinities = 0;
    int negativeInfinities = 0;
    int argmax = 0;
    double sum = 0;
    double sumSquares = 0;
    double sumSquaresOthers = 0;
    for (int j = 0; j < length; j++) {
      double v = z[offset + j];
      nans += Double.isNaN(v) ? 1 : 0;
      positiveInfinities += v == Double.POSITIVE_INFINITY ? 1 : 0;
      negativeInfinities += v == Double.NEGATIVE_INFINITY ? 1 : 0;
      argmax = isLarger(v, z[offset + argmax]) ? j : argmax;
      sum += v;
      sumSquares += v * v;
      sumSquaresOthers += j == label ? 0.0 : v * v;
    }
    double runnerUp = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    int labelRank = label < 0 ? -1 : 0;
    for (int j = 0; j < length; j++) {
      double v = z[offset + j];
      runnerUp = j != argmax && isLarger(v, runnerUp) ? v : runnerUp;
      min = v < min ? v : min;
      if (label >= 0) {
        double y = z[offset + label];
        labelRank += isLarger(v, y) || (j < label && !isLarger(y, v)) ? 1 : 0;
      }
    }
    return new RowStatistics(
        length,
        label,
        canonical(z[offset + argmax]),
        canonical(runnerUp),
        nans > 0 ? Double.NaN : min + 0.0,
        argmax,
        label < 0 ? Double.NaN : canonical(z[offset + label]),
        labelRank,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        canonical(sum),
        canonical(sumSquares),
        canonical(sumSquaresOthers),
        nans,
        positiveInfinities,
        negativeInfinities);
  }

  private static boolean isLarger(double a, double b) {
    return Double.isNaN(a) ? !Double.isNaN(b) : a > b;
  }

  /** One NaN of the many, one zero of the two. */
  private static double canonical(double v) {
    return Double.isNaN(v) ? Double.NaN : v + 0.0;
  }
}
