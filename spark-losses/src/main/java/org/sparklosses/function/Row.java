// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import org.sparklosses.kernel.RowStatistics;

/**
 * The columns of one row, as a function that reads more than {@link RowStatistics} sees them. A
 * column is addressed by its place among the columns of the signature, from 0.
 */
public final class Row {

  private final Object[] arrays;
  private final double[] numbers;
  private final int label;
  private final RowStatistics statistics;

  /**
   * @param arrays double[] at the place of each array column, double[][] of each matrix column
   * @param numbers the value at the place of each number column; may be empty if there is none
   * @param label the class index, or {@link RowStatistics#NO_LABEL}
   * @param statistics of the first array and the label; null for a function that does not use them
   */
  public Row(Object[] arrays, double[] numbers, int label, RowStatistics statistics) {
    this.arrays = arrays;
    this.numbers = numbers;
    this.label = label;
    this.statistics = statistics;
  }

  /** Logits with a class index. */
  public static Row of(double[] logits, RowStatistics statistics) {
    return new Row(new Object[] {logits}, new double[0], statistics.label(), statistics);
  }

  /** Logits with a soft label. */
  public static Row of(double[] logits, double[] softTarget, RowStatistics statistics) {
    return new Row(
        new Object[] {logits, softTarget}, new double[0], RowStatistics.NO_LABEL, statistics);
  }

  /** The first column, where that is an array. */
  public double[] logits() {
    return array(0);
  }

  /** An array column. */
  public double[] array(int column) {
    return (double[]) arrays[column];
  }

  /** A matrix column. */
  public double[][] matrix(int column) {
    return (double[][]) arrays[column];
  }

  /** The length of the first column, or of the rows of a matrix; 0 where that is a number. */
  public int classes() {
    if (arrays[0] instanceof double[][] rows) {
      return rows.length == 0 ? 0 : rows[0].length;
    }
    return arrays[0] == null ? 0 : logits().length;
  }

  /** A column of type DOUBLE or INT. */
  public double number(int column) {
    return numbers[column];
  }

  /** The class index, or {@link RowStatistics#NO_LABEL}. */
  public int label() {
    return label;
  }

  /** The statistics of the first array and the label. */
  public RowStatistics statistics() {
    return statistics;
  }
}
