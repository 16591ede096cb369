// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.util.List;
import java.util.Map;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.Outcome;

/**
 * How far shares observed are from the levels they should have.
 *
 * @param sumOfSquares {@code sum_j (observed_j - level_j)^2} (Kuleshov et al. 2018,
 *     arXiv:1807.00263)
 * @param meanAbsolute the mean of {@code |observed_j - level_j|}
 * @param rootMeanSquare the square root of the mean square
 * @param maxAbsolute the largest {@code |observed_j - level_j|}
 */
public record LevelErrors(
    double sumOfSquares, double meanAbsolute, double rootMeanSquare, double maxAbsolute) {

  /** Of observed shares against levels, one by one. */
  static LevelErrors of(double[] levels, double[] observed) {
    double squares = 0;
    double absolute = 0;
    double max = 0;
    for (int j = 0; j < levels.length; j++) {
      double gap = Math.abs(levels[j] - observed[j]);
      squares += gap * gap;
      absolute += gap;
      max = Math.max(max, gap);
    }
    int n = levels.length;
    return new LevelErrors(squares, absolute / n, StrictMath.sqrt(squares / n), max);
  }

  /** As the parts of a metric. */
  Map<String, Double> parts() {
    return Outcome.parts(
        List.of("sum_sq", "mean_abs", "rms", "max_abs"),
        sumOfSquares,
        meanAbsolute,
        rootMeanSquare,
        maxAbsolute);
  }

  /** As a metric. */
  MetricResult metric(String name) {
    return new MetricResult(name, Map.of(), parts(), List.of());
  }
}
