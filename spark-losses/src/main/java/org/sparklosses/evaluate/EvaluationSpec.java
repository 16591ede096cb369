package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ColumnsMean;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/**
 * What is evaluated, as it travels to the executors.
 *
 * @param kind what the predictions are
 * @param predictions the column of the predictions
 * @param label the column of the labels
 * @param weight the column of the weights, or null
 * @param key the column that names a row in messages, or null
 * @param slices each slice declaration: its columns
 * @param metrics the metrics, by name and parameters
 * @param policies the policy of every category
 * @param classes the number of classes that was declared, or 0
 * @param ignoreIndex the label of rows that are left out
 * @param sliceLimit the most values one slice declaration may have
 * @param intervals whether and how metrics have intervals
 * @param figures whether what figures are drawn from is evaluated too, over all rows
 * @param classNames what classes are called
 * @param stateSize the bytes that each stored state takes; 0 for no more than it needs
 */
record EvaluationSpec(
    InputKind kind,
    String predictions,
    String label,
    String weight,
    String key,
    List<List<String>> slices,
    List<MetricSpec> metrics,
    Map<InputCheck, Policy> policies,
    int classes,
    long ignoreIndex,
    int sliceLimit,
    IntervalSettings intervals,
    boolean figures,
    ClassNames classNames,
    int stateSize)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String SLICE = "slice=";

  EvaluationSpec {
    slices = new ArrayList<>(slices);
    metrics = new ArrayList<>(metrics);
    policies = policies.isEmpty() ? new EnumMap<>(InputCheck.class) : new EnumMap<>(policies);
  }

  List<BoundMetric> boundMetrics() {
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
  List<ColumnsMean> columnsMeans() {
    return metricPlan().components().stream()
        .filter(ColumnsMean.class::isInstance)
        .map(ColumnsMean.class::cast)
        .toList();
  }

  /** What its states keep. */
  MetricPlan plan() {
    MetricPlan plan = metricPlan();
    return new Intervals(intervals, plan).extended(plan);
  }

  /** What the metrics alone need. */
  MetricPlan metricPlan() {
    List<BoundMetric> all = new ArrayList<>(boundMetrics());
    if (classes > 0) {
      all.addAll(boundFigures(classes));
    } else {
      // Two classes have other figures than more; which they are the rows will tell.
      all.addAll(boundFigures(2));
      all.addAll(boundFigures(3));
    }
    return MetricPlan.of(all, weight != null);
  }

  /** What a state is a state of, line by line. */
  List<String> declaration() {
    List<String> lines = new ArrayList<>();
    lines.add("input=" + kind);
    lines.add("weighted=" + (weight != null));
    lines.add("classes=" + classes);
    lines.add("ignore_index=" + ignoreIndex);
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
    slices.forEach(slice -> lines.add(SLICE + String.join("\n", slice)));
    metrics.forEach(metric -> lines.add("metric=" + metric));
    return lines;
  }

  /**
   * The spec of a state without slices; of columns it knows their roles alone.
   *
   * @throws IllegalArgumentException if the lines are not those of {@link #declaration}
   */
  static EvaluationSpec of(List<String> declaration) {
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
    EvaluationSpec spec =
        new EvaluationSpec(
            InputKind.named(values.get("input")),
            "predictions",
            "label",
            Boolean.parseBoolean(values.get("weighted")) ? "weight" : null,
            null,
            List.of(),
            metrics,
            Map.of(),
            Integer.parseInt(values.getOrDefault("classes", "0")),
            Long.parseLong(values.getOrDefault("ignore_index", "0")),
            0,
            IntervalSettings.NONE,
            Boolean.parseBoolean(values.get("figures")),
            ClassNames.NONE,
            StateBytes.size(declaration));
    if (!spec.declaration().equals(declaration)) {
      throw new IllegalArgumentException(
          "the state is of slices, of intervals, or of no evaluation: " + declaration);
    }
    return spec;
  }

  /** The distinct columns of all slices, in order of their first use. */
  List<String> sliceColumns() {
    return slices.stream().flatMap(List::stream).distinct().toList();
  }

  EvaluationSpec withKind(InputKind kind) {
    return with(draft -> draft.kind = kind);
  }

  EvaluationSpec withPredictions(String predictions) {
    return with(draft -> draft.predictions = predictions);
  }

  EvaluationSpec withLabel(String label) {
    return with(draft -> draft.label = label);
  }

  EvaluationSpec withWeight(String weight) {
    return with(draft -> draft.weight = weight);
  }

  EvaluationSpec withKey(String key) {
    return with(draft -> draft.key = key);
  }

  EvaluationSpec withSlices(List<List<String>> slices) {
    return with(draft -> draft.slices = slices);
  }

  EvaluationSpec withMetrics(List<MetricSpec> metrics) {
    return with(draft -> draft.metrics = metrics);
  }

  EvaluationSpec withPolicies(Map<InputCheck, Policy> policies) {
    return with(draft -> draft.policies = policies);
  }

  EvaluationSpec withClasses(int classes) {
    return with(draft -> draft.classes = classes);
  }

  EvaluationSpec withClassNames(ClassNames names) {
    return with(
        draft -> {
          draft.classNames = names;
          draft.classes = names.values().size();
        });
  }

  EvaluationSpec withIgnoreIndex(long ignoreIndex) {
    return with(draft -> draft.ignoreIndex = ignoreIndex);
  }

  EvaluationSpec withSliceLimit(int sliceLimit) {
    return with(draft -> draft.sliceLimit = sliceLimit);
  }

  EvaluationSpec withIntervals(IntervalSettings intervals) {
    return with(draft -> draft.intervals = intervals);
  }

  EvaluationSpec withFigures() {
    return with(draft -> draft.figures = true);
  }

  private EvaluationSpec with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.spec();
  }

  /** A copy of a spec in which something is changed. */
  private static final class Draft {

    private InputKind kind;
    private String predictions;
    private String label;
    private String weight;
    private String key;
    private List<List<String>> slices;
    private List<MetricSpec> metrics;
    private Map<InputCheck, Policy> policies;
    private int classes;
    private long ignoreIndex;
    private int sliceLimit;
    private IntervalSettings intervals;
    private boolean figures;
    private ClassNames classNames;
    private final int stateSize;

    Draft(EvaluationSpec spec) {
      kind = spec.kind;
      predictions = spec.predictions;
      label = spec.label;
      weight = spec.weight;
      key = spec.key;
      slices = spec.slices;
      metrics = spec.metrics;
      policies = spec.policies;
      classes = spec.classes;
      ignoreIndex = spec.ignoreIndex;
      sliceLimit = spec.sliceLimit;
      intervals = spec.intervals;
      figures = spec.figures;
      classNames = spec.classNames;
      stateSize = spec.stateSize;
    }

    EvaluationSpec spec() {
      return new EvaluationSpec(
          kind,
          predictions,
          label,
          weight,
          key,
          slices,
          metrics,
          policies,
          classes,
          ignoreIndex,
          sliceLimit,
          intervals,
          figures,
          classNames,
          stateSize);
    }
  }
}
