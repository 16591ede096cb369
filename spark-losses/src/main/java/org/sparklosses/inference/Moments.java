// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

/**
 * Sums over rows with a value x and a weight w above 0, enough for the mean and its standard error;
 * they add up over parts of a table.
 *
 * @param count n, the number of rows
 * @param weight the sum of w
 * @param squaredWeight the sum of w^2
 * @param weighted the sum of wx
 * @param squareWeighted the sum of w^2 x
 * @param squareWeightedSquare the sum of w^2 x^2
 */
public record Moments(
    long count,
    double weight,
    double squaredWeight,
    double weighted,
    double squareWeighted,
    double squareWeightedSquare) {

  /**
   * The mean with its linearised standard error, as {@link MeanEstimate#of}. The squared error is a
   * difference of these sums: it loses the digits by which the square of the mean exceeds the
   * variance.
   */
  public MeanEstimate mean() {
    double mean = weighted / weight;
    double squares = squareWeightedSquare - 2 * mean * squareWeighted + mean * mean * squaredWeight;
    return MeanEstimate.ofResiduals(mean, Math.max(squares, 0), weight, count);
  }
}
