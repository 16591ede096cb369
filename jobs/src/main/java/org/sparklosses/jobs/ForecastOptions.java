// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.forecast.ForecastEvaluation;
import picocli.CommandLine.Option;

/** What the forecasts of a table are: one kind of five, with all its options. */
final class ForecastOptions {

  @Option(names = "--point", paramLabel = "COLUMN", description = "forecasts of the number alone")
  private String point;

  @Option(
      names = "--mean",
      paramLabel = "COLUMN",
      description = "of normal forecasts the mean, with --sigma")
  private String mean;

  @Option(
      names = "--sigma",
      paramLabel = "COLUMN",
      description = "their standard deviation, above 0")
  private String sigma;

  @Option(
      names = "--low",
      paramLabel = "COLUMN",
      description = "of central intervals the lower end, with --high and --alpha")
  private String low;

  @Option(names = "--high", paramLabel = "COLUMN", description = "their upper end")
  private String high;

  @Option(
      names = "--alpha",
      paramLabel = "SHARE",
      description = "the share outside of them: 0.1 of intervals of 90 %%")
  private Double alpha;

  @Option(
      names = "--quantiles",
      paramLabel = "COLUMN",
      description =
          "array of quantiles, with --levels; or a pattern such as q_* for one column a level")
  private String quantiles;

  @Option(
      names = "--levels",
      paramLabel = "P",
      split = ",",
      description = "the level of each quantile, ascending, as 0.05,0.5,0.95")
  private List<Double> levels;

  @Option(
      names = "--ensemble",
      paramLabel = "COLUMN",
      description =
          "array of what the members forecast; or a pattern such as member_* for one column a"
              + " member")
  private String ensemble;

  private enum Kind {
    NORMAL("--mean --sigma"),
    INTERVAL("--low --high --alpha"),
    QUANTILES("--quantiles --levels"),
    ENSEMBLE("--ensemble"),
    POINT("--point");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    List<String> options() {
      return List.of(text.split(" "));
    }
  }

  /**
   * The evaluation of such forecasts.
   *
   * @throws JobException if not exactly one kind is given, with all its options
   */
  ForecastEvaluation evaluation() {
    return switch (kind()) {
      case POINT -> ForecastEvaluation.ofPoint(point);
      case NORMAL -> ForecastEvaluation.ofNormal(mean, sigma);
      case INTERVAL -> ForecastEvaluation.ofInterval(low, high, alpha);
      case QUANTILES ->
          ForecastEvaluation.ofQuantiles(
              SpreadColumns.column(quantiles),
              levels.stream().mapToDouble(Double::doubleValue).toArray());
      case ENSEMBLE -> ForecastEvaluation.ofEnsemble(SpreadColumns.column(ensemble));
    };
  }

  private Kind kind() {
    Map<String, Object> given = given();
    List<Kind> kinds =
        Stream.of(Kind.values())
            .filter(kind -> kind.options().stream().anyMatch(given::containsKey))
            .toList();
    if (kinds.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE, "no forecasts are named; give " + choice(Kind.values()));
    }
    if (kinds.size() > 1) {
      throw new JobException(
          ExitCode.USAGE,
          "%s: these are of several kinds of forecasts; give %s"
              .formatted(text(given), choice(kinds.toArray(Kind[]::new))));
    }
    Kind kind = kinds.get(0);
    List<String> missing =
        kind.options().stream().filter(option -> !given.containsKey(option)).toList();
    if (!missing.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE, text(given) + ": add " + String.join(" and ", missing));
    }
    return kind;
  }

  /** The options that are given, with their values. */
  private Map<String, Object> given() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("--point", point);
    options.put("--mean", mean);
    options.put("--sigma", sigma);
    options.put("--low", low);
    options.put("--high", high);
    options.put("--alpha", alpha);
    options.put("--quantiles", quantiles);
    options.put("--levels", levels);
    options.put("--ensemble", ensemble);
    options.values().removeIf(value -> value == null);
    return options;
  }

  private static String text(Map<String, Object> given) {
    return given.entrySet().stream()
        .map(option -> option.getKey() + " " + option.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String choice(Kind... kinds) {
    return Stream.of(kinds).map(kind -> kind.text).collect(Collectors.joining(", or "));
  }

  /** The table with the array that {@link #evaluation} reads. */
  Dataset<Row> gathered(Dataset<Row> table) {
    return arrayOrPattern().map(column -> SpreadColumns.gathered(table, column)).orElse(table);
  }

  /** The column of arrays; empty where forecasts are none. */
  Optional<String> array() {
    return arrayOrPattern().map(SpreadColumns::column);
  }

  private Optional<String> arrayOrPattern() {
    return Optional.ofNullable(quantiles == null ? ensemble : quantiles);
  }
}
