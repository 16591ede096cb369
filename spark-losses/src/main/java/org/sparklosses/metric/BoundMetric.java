package org.sparklosses.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A metric with all its parameters fixed.
 *
 * @param name the metric's name in the catalogue
 * @param parameters all parameters, defaults included
 * @param isLargerBetter whether a larger value is the better one
 * @param reading what it needs and how it is read
 */
public record BoundMetric(
    String name, Map<String, Object> parameters, boolean isLargerBetter, Reading reading) {

  /** Copies the map, keeping its order. */
  public BoundMetric {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The components it needs. */
  public List<Component> needs() {
    return List.of(reading.need());
  }

  /** Its value off a state of a plan that has what it needs. */
  public MetricResult read(MetricState state) {
    Outcome outcome = reading.outcome().apply(state);
    return new MetricResult(
        name, parameters, outcome.values(), outcome.reliability(), outcome.classes());
  }

  /**
   * How a metric is had from a state.
   *
   * @param need the component it is read off
   * @param outcome the pure function that reads it
   */
  record Reading(Component need, Function<MetricState, Outcome> outcome) {

    /** A mean over rows. */
    static Reading mean(String name, RowScalar scalar) {
      return mean(name, scalar, (mean, classes) -> mean);
    }

    /** A mean over rows that is scaled afterwards. */
    static Reading mean(String name, RowScalar scalar, Scale scale) {
      Component.Mean mean = new Component.Mean(name, scalar);
      return new Reading(
          mean,
          state -> Outcome.value(scale.apply(state.mean(mean), state.classes()), Optional.empty()));
    }

    /** A number that is read off the bins of a pair, with its reliability table. */
    static Reading bins(Component.Binned bins, Function<BinTable, Map<String, Double>> values) {
      return new Reading(
          bins,
          state -> {
            BinTable table = state.bins(bins);
            String source = bins.pair().toString();
            return new Outcome(
                values.apply(table), Optional.of(table.reliability(source)), Optional.empty());
          });
    }
  }

  /** What becomes of a mean, given the number of classes. */
  @FunctionalInterface
  interface Scale {
    double apply(double mean, int classes);
  }

  /** The value or the named parts, and the tables behind them. */
  record Outcome(
      Map<String, Double> values,
      Optional<ReliabilityTable> reliability,
      Optional<ClassTable> classes) {

    static Outcome value(double value, Optional<ClassTable> classes) {
      return new Outcome(Map.of("value", value), Optional.empty(), classes);
    }
  }
}
