// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * What {@link ColumnKernel#readProbabilities} finds of each of many rows.
 *
 * @param max the largest probability
 * @param runnerUp the largest but for the first that is the largest; 0 for one class
 * @param argmax the first class that has the largest
 * @param sum their sum
 * @param sumSquares the sum of their squares
 * @param outside how far the worst lay outside [0, 1] before it was clipped; 0 if none did, NaN if
 *     one is
 */
// The arrays are filled again and again.
@SuppressWarnings("ArrayRecordComponent")
public record ProbabilityColumns(
    double[] max,
    double[] runnerUp,
    int[] argmax,
    double[] sum,
    double[] sumSquares,
    double[] outside) {

  /** To be filled with what is found of so many rows. */
  static ProbabilityColumns of(int rows) {
    return new ProbabilityColumns(
        new double[rows],
        new double[rows],
        new int[rows],
        new double[rows],
        new double[rows],
        new double[rows]);
  }
}
