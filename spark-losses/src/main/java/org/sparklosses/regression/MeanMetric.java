// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.Reading;

/**
 * A metric that weighted means determine: that of resampled rows follows from their means.
 *
 * @param name what it is called
 * @param parameters as those of a {@link MetricResult}
 * @param values its parts, by name
 * @param ofOneMean by the names of parts, how those that one mean determines follow from it
 */
public record MeanMetric(
    String name,
    Map<String, Object> parameters,
    Function<WeightedMeans, Map<String, Double>> values,
    Map<String, OfOneMean> ofOneMean) {

  private static final String VALUE = "value";

  /**
   * An increasing function of a mean.
   *
   * @param mean the number that it is the mean of
   * @param function of that mean
   */
  public record OfOneMean(int mean, Reading.Curved function) {}

  /** The mean of number {@code i}. */
  static MeanMetric mean(String name, Map<String, Object> parameters, int i) {
    return new MeanMetric(
        name, parameters, means -> Map.of(VALUE, means.mean(i)), Map.of(VALUE, itself(i)));
  }

  /** The root of the mean of number {@code i}, which is never negative. */
  static MeanMetric root(String name, int i) {
    Reading.Curved root =
        new Reading.Curved(
            mean -> StrictMath.sqrt(Math.max(0, mean)),
            // A mean of 0 is one of zeros alone, of which nothing varies.
            mean -> mean == 0 ? 0 : 0.5 / StrictMath.sqrt(mean));
    return new MeanMetric(
        name,
        Map.of(),
        means -> Map.of(VALUE, root.value().applyAsDouble(means.mean(i))),
        Map.of(VALUE, new OfOneMean(i, root)));
  }

  /** A mean as it is. */
  static OfOneMean itself(int i) {
    return new OfOneMean(i, new Reading.Curved(mean -> mean, mean -> 1));
  }

  /** What it is of such means, without intervals. */
  public MetricResult read(WeightedMeans means) {
    return new MetricResult(name, parameters, values.apply(means), List.of());
  }
}
