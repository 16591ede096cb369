// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.regression.ForecastKind;

/**
 * What a stored state of forecasts is a state of: lines of {@code key=value}. States of the same
 * lines can be merged. Of the columns that a state does not need to be read they tell nothing, so
 * that tables may name them as they like: only the key of a bootstrap and the slices are named.
 *
 * <ul>
 *   <li>{@code forecasts}: point, normal, interval, quantiles or ensemble;
 *   <li>{@code alpha} of intervals; {@code level} of each quantile;
 *   <li>{@code weighted}: whether rows have weights;
 *   <li>{@code bootstrap} or {@code cluster}: the key, where rows are resampled;
 *   <li>{@code standard_errors=true}, where these are by formula;
 *   <li>{@code slice}: the columns of each slice, between line feeds.
 * </ul>
 */
final class ForecastDeclaration {

  private static final String FORECASTS = "forecasts";
  private static final String ALPHA = "alpha";
  private static final String LEVEL = "level";
  private static final String WEIGHTED = "weighted";
  private static final String BOOTSTRAP = "bootstrap";
  private static final String CLUSTER = "cluster";
  private static final String STANDARD_ERRORS = "standard_errors";
  private static final String SLICE = "slice";
  private static final String LINE_FEED = "\n";

  private ForecastDeclaration() {}

  /** The lines. */
  static List<String> of(ForecastSpec spec) {
    List<String> lines = new ArrayList<>();
    lines.add(line(FORECASTS, spec.kind().word()));
    if (spec.kind() instanceof ForecastKind.CentralInterval interval) {
      lines.add(line(ALPHA, interval.alpha()));
    }
    if (spec.kind() instanceof ForecastKind.Quantiles quantiles) {
      quantiles.levels().forEach(level -> lines.add(line(LEVEL, level)));
    }
    lines.add(line(WEIGHTED, spec.rows().isWeighted()));
    Optional.ofNullable(spec.rows().unit())
        .ifPresent(unit -> lines.add(line(unit.role(), unit.column())));
    if (spec.intervals().isAnalytic()) {
      lines.add(line(STANDARD_ERRORS, true));
    }
    spec.rows()
        .slices()
        .forEach(columns -> lines.add(line(SLICE, String.join(LINE_FEED, columns))));
    return lines;
  }

  private static String line(String key, Object value) {
    return key + "=" + value;
  }

  /**
   * The spec of such a state; columns are called by their roles.
   *
   * @throws IllegalArgumentException if the lines are not those of {@link #of}
   */
  static ForecastSpec spec(List<String> lines) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : lines) {
      String[] entry = line.split("=", 2);
      values
          .computeIfAbsent(entry[0], key -> new ArrayList<>())
          .add(entry.length < 2 ? "" : entry[1]);
    }
    ForecastSpec spec = spec(values, lines);
    if (!of(spec).equals(lines)) {
      throw none(lines);
    }
    return spec;
  }

  private static ForecastSpec spec(Map<String, List<String>> values, List<String> lines) {
    IntervalSettings intervals = IntervalSettings.NONE;
    if (values.containsKey(BOOTSTRAP)) {
      intervals = intervals.withKey(values.get(BOOTSTRAP).get(0), false);
    }
    if (values.containsKey(CLUSTER)) {
      intervals = intervals.withKey(values.get(CLUSTER).get(0), true);
    }
    if (values.containsKey(STANDARD_ERRORS)) {
      intervals = intervals.analytic();
    }
    boolean isWeighted = values.getOrDefault(WEIGHTED, List.of()).contains("true");
    List<List<String>> slices =
        values.getOrDefault(SLICE, List.of()).stream()
            .map(columns -> List.of(columns.split(LINE_FEED, -1)))
            .toList();
    return ForecastSpec.of(kind(values, lines))
        .withRows(
            rows ->
                rows.withWeight(isWeighted ? "weight" : null)
                    .withSlices(slices)
                    .withSliceLimit(Integer.MAX_VALUE))
        .withIntervals(intervals);
  }

  private static ForecastKind kind(Map<String, List<String>> values, List<String> lines) {
    return switch (values.getOrDefault(FORECASTS, List.of("")).get(0)) {
      case "point" -> new ForecastKind.Point("forecast");
      case "normal" -> new ForecastKind.Normal("mean", "sigma");
      case "interval" -> {
        List<Double> alphas = numbers(values.getOrDefault(ALPHA, List.of("")), lines);
        yield new ForecastKind.CentralInterval("low", "high", alphas.get(0));
      }
      case "quantiles" ->
          new ForecastKind.Quantiles(
              "quantiles", numbers(values.getOrDefault(LEVEL, List.of()), lines));
      case "ensemble" -> new ForecastKind.Ensemble("members");
      default -> throw none(lines);
    };
  }

  private static List<Double> numbers(List<String> texts, List<String> lines) {
    try {
      return texts.stream().map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw none(lines);
    }
  }

  private static IllegalArgumentException none(List<String> lines) {
    return new IllegalArgumentException("the state is of no forecasts of a number: " + lines);
  }

  /** What they say, for the reader of a report. */
  static Map<String, String> settings(ForecastSpec spec) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(FORECASTS, spec.kind().word());
    if (spec.kind() instanceof ForecastKind.CentralInterval interval) {
      settings.put(ALPHA, String.valueOf(interval.alpha()));
    }
    if (spec.kind() instanceof ForecastKind.Quantiles quantiles) {
      settings.put("levels", quantiles.levels().toString());
    }
    settings.put(WEIGHTED, String.valueOf(spec.rows().isWeighted()));
    settings.putAll(spec.rows().describedSlices());
    settings.putAll(spec.intervals().describe());
    return settings;
  }
}
