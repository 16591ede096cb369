// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.Policy;

/**
 * A {@link ForecastEvaluation} as JSON: {@code {"mean": "mu", "sigma": "sigma", "label": "y"}}. The
 * forecasts are one of {@code point}; {@code mean} and {@code sigma}; {@code low}, {@code high} and
 * {@code alpha}; {@code quantiles} and {@code levels}; {@code ensemble}. The other settings are
 * those of an {@link EvaluationRequest} that are not about classes and metrics.
 *
 * @param fields the settings
 */
record ForecastRequest(Fields fields) implements Request {

  static final String KIND = "forecast";

  /** The settings of each kind of forecast. */
  private static final List<List<String>> FORECASTS =
      List.of(
          List.of("point"),
          List.of("mean", "sigma"),
          List.of("low", "high", "alpha"),
          List.of("quantiles", "levels"),
          List.of("ensemble"));

  private static final List<String> OF_FORECASTS =
      FORECASTS.stream().flatMap(List::stream).toList();

  private static final List<String> KNOWN =
      SharedFields.and(Stream.concat(OF_FORECASTS.stream(), Stream.of("gates")).toList());

  static ForecastRequest of(String json) {
    return new ForecastRequest(Fields.of(KIND, json, KNOWN));
  }

  @Override
  public Documents run(Dataset<?> table) {
    return EvaluationRequest.documents(evaluate(table), fields, "forecasts");
  }

  private EvaluationResult evaluate(Dataset<?> table) {
    ForecastEvaluation evaluation = evaluation();
    return SharedFields.told(() -> evaluation.run(table)).check(SharedFields.gates(fields));
  }

  private ForecastEvaluation evaluation() {
    ForecastEvaluation evaluation = forecasts();
    evaluation = fields.text("label").map(evaluation::label).orElse(evaluation);
    evaluation = fields.text("weight").map(evaluation::weight).orElse(evaluation);
    for (List<String> slice : fields.lists("slices")) {
      evaluation = evaluation.slice(slice.toArray(String[]::new));
    }
    evaluation = fields.integer("slice_limit").map(evaluation::sliceLimit).orElse(evaluation);
    evaluation = evaluation.intervals(SharedFields.intervals(fields));
    for (Map.Entry<InputCheck, Policy> entry : SharedFields.policies(fields).entrySet()) {
      evaluation = evaluation.policy(entry.getKey(), entry.getValue());
    }
    for (Gate gate : SharedFields.gates(fields)) {
      evaluation = evaluation.forGate(gate);
    }
    return evaluation;
  }

  private ForecastEvaluation forecasts() {
    List<String> given = fields.given(OF_FORECASTS);
    List<String> kind =
        FORECASTS.stream()
            .filter(names -> names.containsAll(given) && !given.isEmpty())
            .findFirst()
            .orElseThrow(() -> noKind(given));
    kind.stream()
        .filter(name -> !fields.has(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw ParameterErrors.missing(
                  KIND, name, "it belongs to " + String.join(" and ", given));
            });
    return switch (kind.get(0)) {
      case "point" -> ForecastEvaluation.ofPoint(column("point"));
      case "mean" -> ForecastEvaluation.ofNormal(column("mean"), column("sigma"));
      case "low" ->
          ForecastEvaluation.ofInterval(
              column("low"), column("high"), fields.number("alpha").orElseThrow());
      case "quantiles" ->
          ForecastEvaluation.ofQuantiles(
              column("quantiles"), fields.numbers("levels").orElseThrow());
      default -> ForecastEvaluation.ofEnsemble(column("ensemble"));
    };
  }

  private String column(String name) {
    return fields.text(name).orElseThrow();
  }

  private static IllegalArgumentException noKind(List<String> given) {
    return new IllegalArgumentException(
        "%s: forecasts are %s; got %s"
            .formatted(
                KIND,
                FORECASTS.stream()
                    .map(names -> String.join(" with ", names))
                    .collect(Collectors.joining(", or ")),
                given.isEmpty() ? "none of them" : String.join(", ", given)));
  }
}
