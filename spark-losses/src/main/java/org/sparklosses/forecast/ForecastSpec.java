// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.regression.ForecastKind;
import org.sparklosses.regression.ForecastState;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.JobDescription;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.Policy;
import org.sparklosses.table.RowSpec;

/**
 * What is evaluated, as it travels to the executors.
 *
 * @param kind what the forecasts are
 * @param rows the columns of the table
 * @param intervals whether and how metrics have intervals
 */
record ForecastSpec(ForecastKind kind, RowSpec rows, IntervalSettings intervals)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Forecasts of a kind, of numbers in a column named "label". */
  static ForecastSpec of(ForecastKind kind) {
    return new ForecastSpec(
        kind, RowSpec.of(String.join("', '", kind.columns())), IntervalSettings.NONE);
  }

  ForecastSpec withRows(UnaryOperator<RowSpec> change) {
    return new ForecastSpec(kind, change.apply(rows), intervals);
  }

  ForecastSpec withIntervals(IntervalSettings settings) {
    return new ForecastSpec(kind, rows.withUnit(settings.unit()), settings);
  }

  /** What the jobs of the pass are called. */
  String description() {
    return "forecast: pass 1 of 1, %s, %s"
        .formatted(
            JobDescription.count(metricsOfNoRows().size(), "metric"),
            JobDescription.count(rows.slices().size(), "slice"));
  }

  /** What each metric needs a state to keep. */
  Map<String, List<String>> kept() {
    ForecastState none = kind.newState();
    Map<String, List<String>> kept = new LinkedHashMap<>();
    none.ofMeans().forEach(metric -> kept.put(named(metric.read(none.means())), List.of("means")));
    none.ofMore().forEach(metric -> kept.put(named(metric), List.of("counts")));
    return kept;
  }

  private static String named(MetricResult metric) {
    return metric.parameters().isEmpty()
        ? metric.name()
        : metric.name() + metric.parameters().toString().replace('{', '(').replace('}', ')');
  }

  /** How rows tell forecasts. */
  NumberForm form() {
    return new NumberForm(
        "forecast",
        kind.columns().size(),
        kind.isArray(),
        kind.length(),
        "policy(InputCheck.%s, Policy.DROP)");
  }

  /** The groups of no rows. */
  GroupBuffer<ForecastGroup> newGroups() {
    return new GroupBuffer<>(rows, rows.groupings(), 0, (declaration, key) -> newGroup());
  }

  /** A group of no rows. */
  ForecastGroup newGroup() {
    return new ForecastGroup(kind.newState(), intervals);
  }

  /** The metrics of no rows, which tell the names of all parts and which have intervals. */
  List<MetricResult> metricsOfNoRows() {
    return newGroup().result(Map.of(), intervals).metrics();
  }

  /** What is evaluated, as text for the reader. */
  Map<String, String> settings(String sparkVersion) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("forecasts", String.join(", ", kind.columns()));
    settings.putAll(rows.describedColumns());
    settings.putAll(rows.describedSlices());
    rows.policies()
        .forEach(
            (check, policy) -> {
              if (policy == Policy.DROP) {
                settings.merge("dropped", check.name(), (a, b) -> a + ", " + b);
              }
            });
    settings.putAll(intervals.describe());
    settings.put("spark", sparkVersion);
    return settings;
  }
}
