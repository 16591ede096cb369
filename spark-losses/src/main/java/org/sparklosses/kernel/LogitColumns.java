// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * What {@link ColumnKernel#readLogits} finds of each of many rows: what {@link RowStatistics} says
 * of one, under the same names.
 *
 * @param max the largest logit
 * @param runnerUp the largest but for the first that is the largest; -infinity for one class
 * @param min the smallest logit
 * @param argmax the first class that has the largest
 * @param labelLogit the logit of the label
 * @param labelRank how many classes come before the label in the order of their logits
 * @param isFinite whether all logits are finite; if not, all else is arbitrary
 */
// The arrays are filled again and again.
@SuppressWarnings("ArrayRecordComponent")
public record LogitColumns(
    double[] max,
    double[] runnerUp,
    double[] min,
    int[] argmax,
    double[] labelLogit,
    int[] labelRank,
    double[] sumExp,
    double[] sumExpSquares,
    double[] sumShiftedExp,
    boolean[] isFinite) {

  /** To be filled with what is found of so many rows. */
  public static LogitColumns of(int rows) {
    return new LogitColumns(
        new double[rows],
        new double[rows],
        new double[rows],
        new int[rows],
        new double[rows],
        new int[rows],
        new double[rows],
        new double[rows],
        new double[rows],
        new boolean[rows]);
  }
}
