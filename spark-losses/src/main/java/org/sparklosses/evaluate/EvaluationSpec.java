// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ColumnsMean;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.Need;
import org.sparklosses.table.ClassNames;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.JobDescription;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.StateBytes;

/**
 * What is evaluated, as it travels to the executors.
 *
 * @param input the predictions
 * @param metrics the metrics, by name and parameters
 * @param intervals whether and how metrics have intervals
 * @param figures whether what figures are drawn from is evaluated too, over all rows
 * @param stateSize the bytes that each stored state takes; 0 for no more than it needs
 */
public record EvaluationSpec(
    PredictionSpec input,
    List<MetricSpec> metrics,
    IntervalSettings intervals,
    boolean figures,
    int stateSize)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String SLICE = "slice=";

  /** Takes a copy. */
  public EvaluationSpec {
    metrics = new ArrayList<>(metrics);
  }

  /** Of metrics without intervals. */
  public static EvaluationSpec of(PredictionSpec input, List<MetricSpec> metrics) {
    return new EvaluationSpec(input, metrics, IntervalSettings.NONE, false, 0);
  }

  /** The columns of the table. */
  public RowSpec rows() {
    return input.rows();
  }

  /** The metrics, bound. */
  public List<BoundMetric> boundMetrics() {
    return metrics.stream().map(Metrics::bind).toList();
  }

  /** What figures of so many classes are drawn from besides the metrics that were asked for. */
  List<BoundMetric> boundFigures(int classes) {
    List<BoundMetric> named = boundMetrics();
    return figures
        ? Metrics.figures(classes).stream()
            .map(Metrics::bind)
            .filter(figure -> named.stream().noneMatch(figure::isSame))
            .toList()
        : List.of();
  }

  /** The means of functions that read columns by name. */
  public List<ColumnsMean> columnsMeans() {
    return metricPlan().components().stream()
        .filter(ColumnsMean.class::isInstance)
        .map(ColumnsMean.class::cast)
        .toList();
  }

  /** What its states keep. */
  public MetricPlan plan() {
    MetricPlan plan = metricPlan();
    return new Intervals(intervals, plan).extended(plan);
  }

  /** What the metrics alone need. */
  public MetricPlan metricPlan() {
    List<BoundMetric> all = new ArrayList<>(boundMetrics());
    if (input.classes() > 0) {
      all.addAll(boundFigures(input.classes()));
    } else {
      // Two classes have other figures than more; which they are the rows will tell.
      all.addAll(boundFigures(2));
      all.addAll(boundFigures(3));
    }
    return MetricPlan.of(all, rows().isWeighted());
  }

  /** What the jobs of its first pass are called. */
  String description() {
    return "evaluate: pass 1 of %d, %s, %s"
        .formatted(
            boundMetrics().stream().anyMatch(BoundMetric::isExact) ? 2 : 1,
            JobDescription.count(metrics.size(), "metric"),
            JobDescription.count(rows().slices().size(), "slice"));
  }

  /** What each metric needs a state to keep, and what figures and intervals do. */
  public Map<String, List<String>> kept() {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (MetricSpec metric : metrics) {
      kept.put(metric.toString(), descriptions(Metrics.bind(metric).needs()));
    }
    if (figures) {
      List<Need> needs = new ArrayList<>();
      boundFigures(input.classes()).forEach(figure -> needs.addAll(figure.needs()));
      kept.put("figures", descriptions(needs));
    }
    List<Need> ofIntervals = new ArrayList<>(plan().components());
    ofIntervals.removeAll(metricPlan().components());
    if (!ofIntervals.isEmpty()) {
      kept.put("intervals", descriptions(ofIntervals));
    }
    return kept;
  }

  private static List<String> descriptions(List<? extends Need> needs) {
    return needs.stream().map(Need::description).distinct().toList();
  }

  /** What a state is a state of, line by line. */
  public List<String> declaration() {
    List<String> lines = new ArrayList<>();
    lines.add("input=" + input.kind());
    lines.add("weighted=" + rows().isWeighted());
    lines.add("classes=" + input.classes());
    lines.add("ignore_index=" + input.ignoreIndex());
    if (intervals.isBootstrap()) {
      lines.add("bootstrap=" + intervals.key());
    }
    if (intervals.isAnalytic()) {
      lines.add("standard_errors=true");
    }
    if (figures) {
      lines.add("figures=true");
    }
    if (stateSize > 0) {
      lines.add(StateBytes.SIZE + stateSize);
    }
    rows().slices().forEach(slice -> lines.add(SLICE + String.join("\n", slice)));
    metrics.forEach(metric -> lines.add("metric=" + metric));
    return lines;
  }

  /**
   * The spec of a state without slices; of columns it knows their roles alone.
   *
   * @throws IllegalArgumentException if the lines are not those of {@link #declaration}
   */
  public static EvaluationSpec of(List<String> declaration) {
    Map<String, String> values = new HashMap<>();
    List<MetricSpec> metrics = new ArrayList<>();
    for (String line : declaration) {
      String[] entry = line.split("=", 2);
      if (entry[0].equals("metric") && entry.length == 2) {
        metrics.add(MetricSpec.parse(entry[1]));
      } else {
        values.put(entry[0], entry.length < 2 ? "" : entry[1]);
      }
    }
    RowSpec rows =
        RowSpec.of("predictions")
            .withWeight(Boolean.parseBoolean(values.get("weighted")) ? "weight" : null)
            .withSliceLimit(0);
    PredictionSpec input =
        new PredictionSpec(
            rows,
            InputKind.named(values.get("input")),
            Integer.parseInt(values.getOrDefault("classes", "0")),
            Long.parseLong(values.getOrDefault("ignore_index", "0")),
            ClassNames.NONE);
    boolean figures = Boolean.parseBoolean(values.get("figures"));
    int size = StateBytes.size(declaration);
    EvaluationSpec spec = new EvaluationSpec(input, metrics, IntervalSettings.NONE, figures, size);
    if (!spec.declaration().equals(declaration)) {
      throw new IllegalArgumentException(
          "the state is of slices, of intervals, of forecasts of a number, or of no evaluation: "
              + declaration);
    }
    return spec;
  }

  EvaluationSpec withInput(UnaryOperator<PredictionSpec> change) {
    return new EvaluationSpec(change.apply(input), metrics, intervals, figures, stateSize);
  }

  /** With other columns. */
  public EvaluationSpec withRows(UnaryOperator<RowSpec> change) {
    return withInput(predictions -> predictions.withRows(change));
  }

  EvaluationSpec withMetrics(List<MetricSpec> others) {
    return new EvaluationSpec(input, others, intervals, figures, stateSize);
  }

  EvaluationSpec withIntervals(IntervalSettings settings) {
    return new EvaluationSpec(
        input.withRows(rows -> rows.withUnit(settings.unit())),
        metrics,
        settings,
        figures,
        stateSize);
  }

  EvaluationSpec withFigures() {
    return new EvaluationSpec(input, metrics, intervals, true, stateSize);
  }

  EvaluationSpec withStateSize(int bytes) {
    return new EvaluationSpec(input, metrics, intervals, figures, bytes);
  }

  /** About how many bytes the replicates of a bootstrap of the metrics take. */
  public long bytesOfReplicates() {
    return new Intervals(intervals, metricPlan()).bytesOfReplicates();
  }

  /**
   * What is evaluated, as text for the reader.
   *
   * @param kernels what rows were read with
   */
  public Map<String, String> settings(Set<String> kernels, String sparkVersion) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("input", input.kind().toString());
    settings.put("predictions", rows().predictions());
    settings.putAll(rows().describedColumns());
    if (input.classNames().areDeclared()) {
      settings.put("class_names", String.join(", ", input.classNames().values()));
    }
    settings.putAll(rows().describedSlices());
    rows()
        .policies()
        .forEach(
            (check, policy) ->
                settings.merge("policy", check + "=" + policy, (a, b) -> a + ", " + b));
    settings.put("ignore_index", String.valueOf(input.ignoreIndex()));
    settings.putAll(intervals.describe());
    if (!kernels.isEmpty()) {
      settings.put("kernel", String.join(", ", kernels));
    }
    settings.put("spark", sparkVersion);
    return settings;
  }
}
