// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.table.InvalidRowException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a table of predictions and writes the report. */
@Command(
    name = "evaluate",
    description = "Evaluates a table of predictions in one pass and writes a report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  evaluate --input predictions.parquet --logits logits --output report",
      "  evaluate --input p.csv --logits 'logit_*' --slice country --slice country,device \\",
      "           --metric log_loss --metric 'top_label_calibration_error(n_bins=10)' \\",
      "           --policy null_label=drop --output report",
      "  evaluate --input p.parquet --logits logits --bootstrap id --fail-if 'ece.ci_high > 0.05'"
          + " \\",
      "           --fail-if 'slice(country): accuracy < 0.8'"
    })
final class EvaluateCommand implements Callable<Integer> {

  @Mixin private TableOptions table;

  @ArgGroup(multiplicity = "1")
  private PredictionOptions predictions;

  @Mixin private RowOptions rows;

  @Option(
      names = "--figures",
      description =
          "also evaluate what the report draws curves, decompositions and confusions from: of two"
              + " classes ROC, precision and recall of class 1, of more those of mistakes")
  private boolean figures;

  @Option(
      names = "--compat",
      paramLabel = "LIBRARY",
      description =
          "take the conventions of this library for what the metrics leave unsaid: sklearn,"
              + " torchmetrics, netcal or mllib")
  private String compat;

  @Option(
      names = "--standard-errors",
      description =
          "give means and areas under ROC curves standard errors and intervals by formula, taking"
              + " rows as independent")
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
    String column = SpreadColumns.column(predictions.column());
    Evaluation configured = configure(predictions.of(column));
    List<Gate> parsed = gates.stream().map(Gate::parse).toList();
    Evaluation evaluation = forGates(configured, parsed);
    return Sessions.with(
        "spark-losses evaluate", session -> run(session, evaluation, column, parsed));
  }

  private static Evaluation forGates(Evaluation start, List<Gate> gates) {
    Evaluation evaluation = start;
    for (Gate gate : gates) {
      evaluation = evaluation.forGate(gate);
    }
    return evaluation;
  }

  private int run(SparkSession session, Evaluation evaluation, String column, List<Gate> checked) {
    if (explain.isAsked()) {
      return ExplainOption.print(
          () -> ofTable(session, column, evaluation::explain), spec.commandLine().getOut());
    }
    Optional<ReportFolder> folder =
        output.prepare(session, ReportFolder.EVALUATION, ReportFolder.REPORT);
    EvaluationResult result =
        StageProgress.logged(
            session, () -> ofTable(session, column, evaluation::run), EvaluationOutput::done);
    return EvaluationOutput.write(
            result.check(checked), table.name(), folder, output.noBins(), spec.commandLine())
        .value();
  }

  private <T> T ofTable(SparkSession session, String column, Function<Dataset<Row>, T> pass) {
    Dataset<Row> gathered = SpreadColumns.gathered(table.read(session), predictions.column());
    try {
      return RowWidth.suited(session, gathered, column, () -> pass.apply(gathered));
    } catch (InvalidRowException e) {
      throw rows.refused(e);
    }
  }

  private Evaluation configure(Evaluation start) {
    Evaluation evaluation = rows.configure(start);
    if (compat != null) {
      evaluation = evaluation.compat(compat);
    }
    if (figures) {
      evaluation = evaluation.figures();
    }
    return standardErrors ? evaluation.standardErrors() : evaluation;
  }
}
