// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.table.Policy;

/**
 * An {@link Evaluation} as JSON: {@code {"logits": "logits", "label": "y", "slices": ["country",
 * ["country", "device"]], "metrics": ["log_loss", "ece(n_bins=10)"], "policies": {"null_label":
 * "drop"}}}.
 *
 * <ul>
 *   <li>columns: one of {@code logits} and {@code probabilities}; {@code label}, {@code weight},
 *       {@code key}, {@code bootstrap}, {@code cluster};
 *   <li>lists of texts: {@code metrics}, {@code gates}, {@code class_names}, {@code slices}, of
 *       which an element may be a list of columns;
 *   <li>true or false: {@code renormalise}, {@code figures}, {@code standard_errors}, {@code bins}
 *       (whether the result as JSON has the bins of reliability diagrams, true by default);
 *   <li>numbers: {@code classes}, {@code ignore_index}, {@code slice_limit}, {@code replicates},
 *       {@code seed}, {@code level};
 *   <li>texts: {@code positive}, {@code compat}, {@code title} (of the page), {@code settings} (a
 *       table or view of one row that the session knows by name);
 *   <li>{@code policies}: an object of checks with {@code "fail"}, {@code "drop"} or {@code
 *       "count"}.
 * </ul>
 *
 * @param fields the settings
 */
record EvaluationRequest(Fields fields) implements Request {

  static final String KIND = "evaluation";

  /** The columns of predictions; one of them is given. */
  static final List<String> PREDICTIONS = List.of("logits", "probabilities");

  private static final List<String> OF_PREDICTIONS =
      List.of(
          "key",
          "metrics",
          "settings",
          "compat",
          "classes",
          "class_names",
          "positive",
          "renormalise",
          "ignore_index");

  /** What an evaluation and a comparison may say. */
  static final List<String> SHARED =
      SharedFields.and(Stream.concat(PREDICTIONS.stream(), OF_PREDICTIONS.stream()).toList());

  private static final List<String> KNOWN =
      Stream.concat(SHARED.stream(), Stream.of("figures", "gates")).toList();

  static EvaluationRequest of(String json) {
    return new EvaluationRequest(Fields.of(KIND, json, KNOWN));
  }

  @Override
  public Documents run(Dataset<?> table) {
    EvaluationResult result = evaluate(table);
    return documents(result, fields, "predictions");
  }

  /** The texts of a result. */
  static Documents documents(EvaluationResult result, Fields fields, String usualTitle) {
    return new Documents(
        JsonReport.of(SharedFields.bins(fields) ? result : result.withoutBins()),
        HtmlReport.of(result, SharedFields.title(fields, usualTitle)),
        ConsoleReport.of(result));
  }

  private EvaluationResult evaluate(Dataset<?> table) {
    Evaluation evaluation = evaluation(table);
    return SharedFields.told(() -> evaluation.run(table)).check(SharedFields.gates(fields));
  }

  /** What is run. */
  Evaluation evaluation(Dataset<?> table) {
    String kind = predictions(fields);
    String column = fields.required(kind, "it is the column of predictions");
    Evaluation evaluation = configured(fields, start(kind, column), table);
    if (fields.flag("figures", false)) {
      evaluation = evaluation.figures();
    }
    for (Gate gate : SharedFields.gates(fields)) {
      evaluation = evaluation.forGate(gate);
    }
    return evaluation;
  }

  /** Which of the kinds of predictions is given. */
  static String predictions(Fields fields) {
    List<String> given = fields.given(PREDICTIONS);
    if (given.size() != 1) {
      throw new IllegalArgumentException(
          "%s: give the predictions as logits or as probabilities, got %s"
              .formatted(fields.owner(), given.isEmpty() ? "neither" : "both"));
    }
    return given.get(0);
  }

  static Evaluation start(String kind, String column) {
    return kind.equals("logits") ? Evaluation.ofLogits(column) : Evaluation.ofProbabilities(column);
  }

  /** An evaluation with what it and a comparison may say. */
  static Evaluation configured(Fields fields, Evaluation start, Dataset<?> table) {
    Evaluation evaluation = fields.flag("renormalise", false) ? start.renormalise() : start;
    evaluation = fields.text("label").map(evaluation::label).orElse(evaluation);
    evaluation = fields.text("weight").map(evaluation::weight).orElse(evaluation);
    evaluation = fields.text("key").map(evaluation::key).orElse(evaluation);
    for (List<String> slice : fields.lists("slices")) {
      evaluation = evaluation.slice(slice.toArray(String[]::new));
    }
    evaluation = fields.integer("slice_limit").map(evaluation::sliceLimit).orElse(evaluation);
    evaluation = measured(fields, evaluation, table);
    evaluation = fields.text("compat").map(evaluation::compat).orElse(evaluation);
    evaluation = named(fields, evaluation);
    evaluation = fields.wholeNumber("ignore_index").map(evaluation::ignoreIndex).orElse(evaluation);
    evaluation = evaluation.intervals(SharedFields.intervals(fields));
    for (Map.Entry<InputCheck, Policy> entry : SharedFields.policies(fields).entrySet()) {
      evaluation = evaluation.policy(entry.getKey(), entry.getValue());
    }
    return evaluation;
  }

  /** With its metrics. */
  private static Evaluation measured(Fields fields, Evaluation evaluation, Dataset<?> table) {
    Optional<String[]> metrics = fields.texts("metrics").map(texts -> texts.toArray(String[]::new));
    Optional<String> settings = fields.text("settings");
    if (settings.isEmpty()) {
      return metrics.map(evaluation::metrics).orElse(evaluation);
    }
    return evaluation.metrics(
        table.sparkSession().table(settings.get()),
        metrics.orElseThrow(
            () ->
                ParameterErrors.missing(
                    fields.owner(), "metrics", "settings are those of metrics that are named")));
  }

  /** With its classes. */
  private static Evaluation named(Fields fields, Evaluation start) {
    Optional<List<String>> names = fields.texts("class_names");
    Optional<String> positive = fields.label("positive");
    if (names.isPresent() && positive.isPresent()) {
      throw new IllegalArgumentException(
          fields.owner() + ": positive names one class of two and class_names all; leave one out");
    }
    Evaluation evaluation = fields.integer("classes").map(start::classes).orElse(start);
    evaluation =
        names
            .map(texts -> texts.toArray(String[]::new))
            .map(evaluation::classNames)
            .orElse(evaluation);
    return positive.map(evaluation::positive).orElse(evaluation);
  }
}
