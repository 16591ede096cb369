// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a table of forecasts of a number and writes the result. */
@Command(
    name = "forecast",
    description = {
      "Evaluates a table of forecasts of a number in one pass.",
      "Forecasts are --point, or --mean --sigma, or --low --high --alpha, or --quantiles --levels,"
          + " or --ensemble."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  forecast --input f.parquet --mean mu --sigma sigma --label y",
      "  forecast --input f.csv --quantiles 'q_*' --levels 0.05,0.5,0.95 --label y \\",
      "           --fail-if 'slice(site): pinball_loss(tau=0.95) > 2'",
      "  forecast --input f.parquet --point forecast --label y --bootstrap id \\",
      "           --fail-if 'rmse.ci_high > 2'"
    })
final class ForecastCommand implements Callable<Integer> {

  private static final Set<InputCheck> FAULTS =
      Set.of(
          InputCheck.NULL_PREDICTION,
          InputCheck.EMPTY_PREDICTION,
          InputCheck.LENGTH_MISMATCH,
          InputCheck.NAN,
          InputCheck.NULL_LABEL,
          InputCheck.NULL_WEIGHT,
          InputCheck.INVALID_WEIGHT,
          InputCheck.WEIGHT_OUT_OF_RANGE);

  @Mixin private TableOptions table;

  @Mixin private ForecastOptions forecasts;

  @Mixin private ColumnOptions columns;

  @Mixin private Policies policies;

  @Mixin private IntervalOptions intervals;

  @Option(
      names = "--standard-errors",
      description =
          "give means over rows standard errors and intervals by formula, taking rows as"
              + " independent")
  private boolean standardErrors;

  @Option(
      names = "--fail-if",
      paramLabel = "GATE",
      description =
          "end with exit code 5, after the report, if this holds or cannot be told: METRIC[.PART]"
              + "[.value|.ci_low|.ci_high|.se] <|<=|>|>= NUMBER, for every value of a slice with"
              + " slice(COLUMN,...): in front; repeatable")
  private List<String> gates = List.of();

  @Mixin private ExplainOption explain;

  @Mixin private OutputOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Gate> parsed = gates.stream().map(Gate::parse).toList();
    ForecastEvaluation evaluation = configure(forecasts.evaluation(), parsed);
    return Sessions.with("spark-losses forecast", session -> run(session, evaluation, parsed));
  }

  private ForecastEvaluation configure(ForecastEvaluation start, List<Gate> parsed) {
    ForecastEvaluation evaluation = start.label(columns.label());
    if (columns.weight().isPresent()) {
      evaluation = evaluation.weight(columns.weight().get());
    }
    for (List<String> slice : columns.slices()) {
      evaluation = evaluation.slice(slice.toArray(String[]::new));
    }
    if (columns.sliceLimit().isPresent()) {
      evaluation = evaluation.sliceLimit(columns.sliceLimit().getAsInt());
    }
    evaluation = evaluation.intervals(intervals.settings(standardErrors));
    for (Gate gate : parsed) {
      evaluation = evaluation.forGate(gate);
    }
    for (Map.Entry<InputCheck, Policy> policy : policies.among(FAULTS).entrySet()) {
      evaluation = evaluation.policy(policy.getKey(), policy.getValue());
    }
    return evaluation;
  }

  private int run(SparkSession session, ForecastEvaluation evaluation, List<Gate> checked) {
    if (explain.isAsked()) {
      Dataset<Row> unread = forecasts.gathered(table.read(session));
      return ExplainOption.print(() -> evaluation.explain(unread), spec.commandLine().getOut());
    }
    Optional<ReportFolder> folder =
        output.prepare(session, ReportFolder.EVALUATION, ReportFolder.REPORT);
    Dataset<Row> rows = forecasts.gathered(table.read(session));
    EvaluationResult result =
        StageProgress.logged(
            session, () -> evaluate(session, evaluation, rows), EvaluationOutput::done);
    return EvaluationOutput.write(
            result.check(checked), table.name(), folder, output.noBins(), spec.commandLine())
        .value();
  }

  private EvaluationResult evaluate(
      SparkSession session, ForecastEvaluation evaluation, Dataset<Row> rows) {
    Supplier<EvaluationResult> pass = () -> evaluation.run(rows);
    try {
      return forecasts
          .array()
          .map(column -> RowWidth.suited(session, rows, column, pass))
          .orElseGet(pass);
    } catch (InvalidRowException e) {
      throw Policies.refused(
          e,
          "",
          e.check() == InputCheck.LENGTH_MISMATCH
              ? "; if all rows are such: --levels with a level for each number"
              : "");
    }
  }
}
