package org.sparklosses.evaluate;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;

/**
 * The metrics of one slice of the table.
 *
 * @param slice column to value (as text, null for SQL NULL), in the order the slice was declared;
 *     empty for all rows
 * @param ledger what was read
 * @param metrics in the order they were asked for
 */
public record SliceResult(Map<String, String> slice, Ledger ledger, List<MetricResult> metrics) {

  /** The same without the bins of reliability diagrams. */
  public SliceResult withoutBins() {
    return new SliceResult(slice, ledger, metrics.stream().map(MetricResult::withoutBins).toList());
  }

  /** The scalar of the first metric of that name. */
  public double value(String metric) {
    return metric(metric).value();
  }

  /** The first metric of that name. */
  public MetricResult metric(String name) {
    return metrics.stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("metric '" + name + "' was not asked for"));
  }
}
