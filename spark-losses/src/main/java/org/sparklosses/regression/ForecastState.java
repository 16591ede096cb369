package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.sparklosses.metric.MetricResult;

/** What is kept of many forecasts of one kind. Exact: the same in any order and partitioning. */
public interface ForecastState {

  /**
   * Adds a row.
   *
   * @param forecast its numbers, finite
   * @param y the number that came true, finite
   * @param weight finite and above 0
   */
  void add(double[] forecast, double y, double weight);

  /** Adds the rows of another of the same kind. */
  void merge(ForecastState other);

  /** What they are worth. */
  List<MetricResult> metrics();

  /** About how many bytes of memory the state of so many rows takes. */
  default long bytes(long rows) {
    return 500;
  }

  /** Writes the state. */
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote into this, which has no rows and is of the same kind. */
  void read(DataInput in) throws IOException;
}
