// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparklosses.function.Parameter;

/**
 * The conventions of another library where they differ from the defaults here: what it takes for
 * the parameters of a metric that are left unsaid.
 */
// The map is a copy that nothing changes.
@SuppressWarnings("ImmutableEnumChecker")
public enum Compat {
  /**
   * scikit-learn 1.9: 5 bins closed on the right, as {@code calibration_curve}; a Brier score that
   * is halved of two classes.
   */
  SKLEARN(Map.of("n_bins", "5", "side", "right", "reduction", "auto")),
  /** TorchMetrics 1.9: 15 bins closed on the left, and one more for p = 1. */
  TORCHMETRICS(Map.of("n_bins", "15", "side", "torchmetrics")),
  /** netcal 1.3: 10 bins closed on the left. */
  NETCAL(Map.of("n_bins", "10", "side", "left")),
  /** Spark MLlib 4.1: precision, recall and F1 averaged by the rows of the classes. */
  MLLIB(Map.of("average", "weighted"));

  /** The metrics whose convention each of these parameters states. */
  private static final Map<String, List<String>> ONLY_OF =
      Map.of(
          "reduction", List.of("brier"),
          "average", List.of("precision", "recall", "f_beta"));

  private final Map<String, String> parameters;

  Compat(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * The library of this name.
   *
   * @throws IllegalArgumentException if its conventions are not known here
   */
  public static Compat of(String library) {
    return Arrays.stream(values())
        .filter(compat -> compat.name().equalsIgnoreCase(library))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the conventions of '%s' are not known; those of %s are"
                        .formatted(
                            library,
                            Arrays.stream(values())
                                .map(compat -> compat.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }

  /** The metric with the library's conventions for what it leaves unsaid. */
  public MetricSpec of(MetricSpec spec) {
    Map<String, String> completed = new LinkedHashMap<>(spec.parameters());
    Metrics.find(spec.name())
        .ifPresent(
            metric ->
                metric.parameters().stream()
                    .map(Parameter::name)
                    .filter(parameter -> states(metric.id(), parameter))
                    .forEach(
                        parameter -> completed.putIfAbsent(parameter, parameters.get(parameter))));
    return new MetricSpec(spec.name(), completed);
  }

  private boolean states(String metric, String parameter) {
    return parameters.containsKey(parameter)
        && ONLY_OF.getOrDefault(parameter, List.of(metric)).contains(metric);
  }
}
