// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.MetricResult;

/** What is kept of many forecasts of one kind. Exact: the same in any order and partitioning. */
public interface ForecastState extends Mergeable<ForecastState> {

  /**
   * Adds a row.
   *
   * @param forecast its numbers, finite
   * @param y the number that came true, finite
   * @param weight finite and above 0
   * @return the numbers of the row that {@link #means} are of
   */
  double[] add(double[] forecast, double y, double weight);

  /** Adds the rows of another of the same kind. */
  @Override
  void merge(ForecastState other);

  /** Means over the rows. */
  WeightedMeans means();

  /** The metrics that means determine. */
  List<MeanMetric> ofMeans();

  /** The metrics that take more. */
  default List<MetricResult> ofMore() {
    return List.of();
  }

  /** What the forecasts are worth: {@link #ofMeans}, then {@link #ofMore}. */
  default List<MetricResult> metrics() {
    List<MetricResult> metrics = new ArrayList<>();
    ofMeans().forEach(metric -> metrics.add(metric.read(means())));
    metrics.addAll(ofMore());
    return metrics;
  }

  /** About how many bytes of memory the state of so many rows takes. */
  default long bytes(long rows) {
    return 500;
  }

  /** Writes the state. */
  @Override
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote into this, which has no rows and is of the same kind. */
  @Override
  void read(DataInput in) throws IOException;
}
