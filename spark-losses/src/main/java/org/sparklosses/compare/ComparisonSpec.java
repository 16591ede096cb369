// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.evaluate.EvaluationSpec;
import org.sparklosses.evaluate.Intervals;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.Ranks;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.table.JobDescription;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.SliceMemory;

/**
 * What is compared, as it travels to the executors.
 *
 * @param evaluation how each model is evaluated; its predictions are those of the first
 * @param names the names of the models, the baseline first
 * @param columns their columns of predictions
 */
record ComparisonSpec(EvaluationSpec evaluation, List<String> names, List<String> columns)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the calibration of a slice is tested by. */
  static final MetricSpec SPIEGELHALTER = MetricSpec.of("spiegelhalter_z");

  /** As above. */
  static final MetricSpec RELIABILITY = MetricSpec.of("reliability_diagram");

  /** What AUCs that are tested are read off. */
  static final Ranks POSITIVE = new Ranks(ScoreSource.POSITIVE);

  ComparisonSpec {
    names = new ArrayList<>(names);
    columns = new ArrayList<>(columns);
  }

  int models() {
    return names.size();
  }

  boolean weighted() {
    return evaluation.rows().isWeighted();
  }

  /** What the jobs of a pass are called. */
  String description(int pass) {
    return "compare: pass %d of %d, %s, %s, %s"
        .formatted(
            pass,
            hasAuc() ? 2 : 1,
            JobDescription.count(models(), "model"),
            JobDescription.count(evaluation.metrics().size(), "metric"),
            JobDescription.count(evaluation.rows().slices().size(), "slice"));
  }

  /** How a model is evaluated. */
  PredictionSpec model(int m) {
    return evaluation.input().withRows(rows -> rows.withPredictions(columns.get(m)));
  }

  /** What is kept of each model. */
  MetricPlan plan() {
    return intervals().extended(metricPlan());
  }

  /** What is kept of a group. */
  SliceMemory.State bytes() {
    MetricPlan plan = plan();
    long sums = 3L * (models() - 1) * means().size() * ExactSums.BYTES_OF_SUM;
    // Tasks of the second pass also have what the first found.
    int states = models() * (hasAuc() ? 2 : 1);
    return (rows, classes) -> states * plan.bytes(rows, classes) + sums;
  }

  private MetricPlan metricPlan() {
    List<BoundMetric> metrics = new ArrayList<>(evaluation.boundMetrics());
    metrics.add(Metrics.bind(SPIEGELHALTER));
    metrics.add(Metrics.bind(RELIABILITY));
    return MetricPlan.of(metrics, weighted());
  }

  /** The intervals of each model by itself, and its replicates. */
  Intervals intervals() {
    return new Intervals(evaluation.intervals(), metricPlan());
  }

  /** The means over rows among the metrics, whose differences are kept. */
  List<Mean> means() {
    return evaluation.boundMetrics().stream()
        .filter(ComparisonSpec::isMean)
        .map(metric -> (Mean) metric.needs().get(0))
        .toList();
  }

  /** Whether a metric is proportional to a mean over rows. */
  static boolean isMean(BoundMetric metric) {
    return metric.reading().scale().isPresent();
  }

  /** Whether a metric is the whole area under the ROC curve of p(y = 1). */
  static boolean isAuc(BoundMetric metric) {
    return metric.name().equals("roc_auc")
        && metric.parameters().get("of").equals("positive")
        && metric.parameters().get("max_fpr").equals(1.0);
  }

  /** Whether there is such a metric that can be tested, which takes independent rows. */
  boolean hasAuc() {
    return !evaluation.intervals().isClustered()
        && evaluation.boundMetrics().stream().anyMatch(ComparisonSpec::isAuc);
  }
}
