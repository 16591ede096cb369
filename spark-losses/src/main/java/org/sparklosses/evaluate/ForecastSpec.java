package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.regression.ForecastKind;

/**
 * What is evaluated, as it travels to the executors.
 *
 * @param kind what the forecasts are
 * @param label the column of the numbers that came true
 * @param weight the column of the weights, or null
 * @param slices each slice declaration: its columns
 * @param dropped the faults whose rows are left out
 * @param sliceLimit the most values one slice declaration may have
 */
record ForecastSpec(
    ForecastKind kind,
    String label,
    String weight,
    List<List<String>> slices,
    Set<InputCheck> dropped,
    int sliceLimit)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  ForecastSpec {
    slices = List.copyOf(slices);
    dropped = Set.copyOf(dropped);
  }

  /** The distinct columns of all slices, in order of their first use. */
  List<String> sliceColumns() {
    return slices.stream().flatMap(List::stream).distinct().toList();
  }

  /** Where the columns are: those of the forecast, label, weight, slices. */
  int labelIndex() {
    return kind.columns().size();
  }

  int weightIndex() {
    return labelIndex() + 1;
  }

  /** Where the first of {@link #sliceColumns} is. */
  int firstSliceIndex() {
    return weightIndex() + (weight == null ? 0 : 1);
  }
}
