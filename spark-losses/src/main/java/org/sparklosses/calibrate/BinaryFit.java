// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import org.sparklosses.score.CompensatedSum;

/**
 * A fitted map and what is known of the fit.
 *
 * @param map the map
 * @param status what was found of the rows
 * @param rows the number of rows of positive weight
 * @param weight the sum of their weights
 * @param iterations steps of the method, over the table; 0 where there are none
 * @param gradientNorm the norm of the gradient of the mean log loss where the steps ended, in
 *     coordinates in which the parameters are of one size; 0 where there are none
 * @param lossBefore the mean log loss of the scores as they are, in nats
 * @param lossAfter that of the map on the same rows
 * @param excessBound of a fit from cells, what the log loss of the map on the rows themselves can
 *     exceed that of the best map of the method by: 0 or more, infinite where the cells do not tell
 *     it; NaN where it is not defined, as of a table of distinct scores
 * @param shareOutside the share of the weight at scores whose order the map does not keep
 */
public record BinaryFit(
    BinaryMap map,
    FitStatus status,
    long rows,
    double weight,
    int iterations,
    double gradientNorm,
    double lossBefore,
    double lossAfter,
    double excessBound,
    double shareOutside) {

  /** Of a map, judged by the rows of a table. */
  static BinaryFit of(BinaryMap map, FitStatus status, BinaryTable table) {
    BinaryPoints points =
        map.input() == InputScale.LOGIT ? table.logits() : table.groups(InputScale.PROBABILITY);
    double weight = points.weight();
    IncreasingRange increasing = map.increasing();
    CompensatedSum outside = new CompensatedSum();
    for (int i = 0; i < points.size(); i++) {
      if (!increasing.contains(points.score()[i])) {
        outside.add(points.weight(i));
      }
    }
    return new BinaryFit(
        map,
        status,
        table.rows(),
        weight,
        0,
        0,
        table.logits().logLoss(z -> z),
        points.logLoss(map::logOdds),
        Double.NaN,
        Math.min(1, outside.value() / weight));
  }

  /** The same, found by such steps. */
  BinaryFit found(int steps, double gradient) {
    return new BinaryFit(
        map,
        status,
        rows,
        weight,
        steps,
        gradient,
        lossBefore,
        lossAfter,
        excessBound,
        shareOutside);
  }

  /** The same with a bound of its excess. */
  BinaryFit within(double bound) {
    return new BinaryFit(
        map,
        status,
        rows,
        weight,
        iterations,
        gradientNorm,
        lossBefore,
        lossAfter,
        bound,
        shareOutside);
  }
}
