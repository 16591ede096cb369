// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.score.LogLossRefinement;
import org.sparklosses.score.LogLossRefinement.ScaledLoss;

/**
 * The log loss as refinement and calibration ({@link LogLossRefinement}) of a table. The best
 * temperature is the minimum of a function of all rows, which no state of one pass tells to all
 * digits: the table is read some six times, and should be cached when that is cheaper than to read
 * it. A pass evaluates the metric {@code scaled_log_loss} at several factors, so that the result
 * does not depend on the partitioning.
 */
public final class RefinementPasses {

  private RefinementPasses() {}

  /**
   * The decomposition over all rows.
   *
   * @param evaluation says what the columns are and what becomes of rows with a fault; its metrics
   *     and slices are not used
   * @return {@code log_loss}, {@code refinement}, {@code calibration}, {@code temperature}, and
   *     {@code passes}: how often the table was read
   */
  public static Map<String, Double> of(Evaluation evaluation, Dataset<?> table) {
    int[] passes = {0};
    Map<String, Double> parts =
        new LinkedHashMap<>(
            LogLossRefinement.of(
                betas -> {
                  passes[0]++;
                  return losses(evaluation, table, betas);
                }));
    parts.put("passes", (double) passes[0]);
    return parts;
  }

  private static List<ScaledLoss> losses(Evaluation evaluation, Dataset<?> table, double[] betas) {
    List<MetricSpec> specs =
        Arrays.stream(betas)
            .mapToObj(beta -> MetricSpec.of("scaled_log_loss").with("beta", beta))
            .toList();
    return evaluation.metrics(specs).withoutSlices().run(table).overall().metrics().stream()
        .map(MetricResult::values)
        .map(values -> new ScaledLoss(values.get("loss"), values.get("slope")))
        .toList();
  }
}
