// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.exact.ClassTotals;
import org.sparklosses.exact.DenseBins;
import org.sparklosses.kernel.ColumnKernel;

/**
 * The probability of every class of the rows of a block, that of class j of row r at {@code j *
 * STRIDE + r}; not to be changed. As in {@link PredictionRow}, they are floats where logits were.
 */
sealed interface Shares {

  /** The most rows of a block. */
  int ROWS = 2048;

  /** From the numbers of one class to those of the next: no power of 2, which caches take ill. */
  int STRIDE = ROWS + 16;

  /** A probability of a row. */
  double get(int r, int j);

  /** Writes the probability of class j of the rows [from, to). */
  void copyTo(double[] out, int j, int from, int to);

  /** Adds the rows [from, to). */
  void addTo(ClassTotals totals, ColumnKernel columns, int from, int to);

  /**
   * Adds the rows [from, to).
   *
   * @param labels of each row
   * @param list scratch for one number more than rows
   */
  void addTo(DenseBins bins, int[] labels, int from, int to, ColumnKernel columns, int[] list);

  /** Floats. */
  // The arrays are filled again and again.
  @SuppressWarnings("ArrayRecordComponent")
  record OfFloats(float[] p) implements Shares {

    @Override
    public double get(int r, int j) {
      return p[j * STRIDE + r];
    }

    @Override
    public void copyTo(double[] out, int j, int from, int to) {
      int column = j * STRIDE;
      for (int r = from; r < to; r++) {
        out[r] = p[column + r];
      }
    }

    @Override
    public void addTo(ClassTotals totals, ColumnKernel columns, int from, int to) {
      totals.addColumns(p, STRIDE, from, to, columns);
    }

    @Override
    public void addTo(
        DenseBins bins, int[] labels, int from, int to, ColumnKernel columns, int[] list) {
      bins.add(p, STRIDE, labels, from, to, columns, list);
    }

    /** Copies the probabilities of a row, as many as there is place for. */
    void copyRow(int r, float[] out) {
      for (int j = 0; j < out.length; j++) {
        out[j] = p[j * STRIDE + r];
      }
    }
  }

  /** Doubles. */
  @SuppressWarnings("ArrayRecordComponent")
  record OfDoubles(double[] p) implements Shares {

    @Override
    public double get(int r, int j) {
      return p[j * STRIDE + r];
    }

    @Override
    public void copyTo(double[] out, int j, int from, int to) {
      System.arraycopy(p, j * STRIDE + from, out, from, to - from);
    }

    @Override
    public void addTo(ClassTotals totals, ColumnKernel columns, int from, int to) {
      totals.addColumns(p, STRIDE, from, to);
    }

    @Override
    public void addTo(
        DenseBins bins, int[] labels, int from, int to, ColumnKernel columns, int[] list) {
      bins.add(p, STRIDE, labels, from, to, columns, list);
    }

    /** Copies the probabilities of a row, as many as there is place for. */
    void copyRow(int r, double[] out) {
      for (int j = 0; j < out.length; j++) {
        out[j] = p[j * STRIDE + r];
      }
    }
  }
}
