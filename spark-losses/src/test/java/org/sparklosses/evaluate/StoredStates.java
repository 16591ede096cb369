// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparklosses.function.Parameter;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.testing.EveryMetric;

/** States of known rows, made without Spark. */
final class StoredStates {

  private StoredStates() {}

  /** Every metric that so many classes have, and by bins of equal mass where it has them. */
  static List<String> everyMetric(int classes) {
    List<String> metrics = new ArrayList<>();
    for (MetricSpec spec : EveryMetric.byDefault(classes)) {
      metrics.add(spec.toString());
      Set<String> parameters =
          Metrics.find(spec.name()).orElseThrow().parameters().stream()
              .map(Parameter::name)
              .collect(Collectors.toSet());
      if (parameters.containsAll(List.of("strategy", "n_bins"))) {
        metrics.add(spec.with("strategy", "quantile").with("n_bins", 7).toString());
      }
    }
    return metrics;
  }

  /**
   * The state of rows of normal logits.
   *
   * @param weight the name of the weights, or null
   * @param options as those of {@code evaluation_state}
   * @param scale of the logits
   */
  static byte[] of(int rows, int classes, String weight, String options, double scale) {
    EvaluationSpec spec = StateOptions.spec("logits", "label", weight, options);
    EvaluationBuffer buffer =
        new EvaluationBuffer(spec, EvaluationBuffer.groups(spec, spec.plan()));
    buffer.groups().acceptsClasses(classes);
    MetricState state = buffer.overall();
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-4);
    Random random = new Random(31L * rows + classes);
    double[] logits = new double[classes];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < classes; k++) {
        logits[k] = scale * random.nextGaussian();
      }
      double w = weight == null ? 1 : 0.25 + random.nextDouble();
      row.readLogits(logits, classes, random.nextInt(classes), w);
      state.add(row);
    }
    return buffer.toBytes();
  }
}
