// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.table.InvalidRowException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares models on the same rows and writes the report. */
@Command(
    name = "compare",
    description = "Compares models on the same rows in one pass and writes a report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  compare --input predictions.parquet --model old=logits_old --model new=logits_new \\",
      "          --slice country --output report",
      "  compare --input old.parquet --input-b new.parquet --key id \\",
      "          --model old=logits --model new=logits"
    })
final class CompareCommand implements Callable<Integer> {

  @Mixin private TableOptions table;

  @Option(
      names = "--input-b",
      paramLabel = "PATH",
      description =
          "second table, with the second model's predictions; joined to the first by --key")
  private String second;

  @Option(
      names = "--model",
      paramLabel = "NAME=COLUMN",
      required = true,
      description =
          "a model and its array or Vector of predictions, or a pattern such as logit_* for one"
              + " column a class; the first is the baseline; twice or more")
  private List<String> models;

  @ArgGroup private Kind kind = new Kind();

  private static final class Kind {
    @Option(names = "--logits", description = "predictions are logits: the default")
    private boolean logits;

    @Option(names = "--probabilities", description = "predictions are probabilities")
    private boolean probabilities;

    Evaluation evaluation(String column) {
      return logits || !probabilities
          ? Evaluation.ofLogits(column)
          : Evaluation.ofProbabilities(column);
    }
  }

  @Mixin private RowOptions rows;

  @Mixin private ExplainOption explain;

  @Mixin private OutputOptions output;

  @Spec private CommandSpec spec;

  /** A model as it was named on the command line. */
  private record Model(String name, String column) {

    static Model parse(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new JobException(
            ExitCode.USAGE, "--model '" + text + "' is not of the form NAME=COLUMN");
      }
      return new Model(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    /** The column that {@link #gathered} makes where it is a pattern. */
    String array() {
      return SpreadColumns.column(column);
    }

    Dataset<Row> gathered(Dataset<Row> from) {
      return SpreadColumns.gathered(from, column);
    }
  }

  @Override
  public Integer call() {
    if (explain.isAsked() && second != null) {
      throw new JobException(
          ExitCode.USAGE,
          "--explain tells of one table, and two are joined by reading them; leave --input-b out");
    }
    List<Model> compared = models.stream().map(Model::parse).toList();
    Comparison comparison = comparison(compared);
    return Sessions.with("spark-losses compare", session -> run(session, comparison, compared));
  }

  private Comparison comparison(List<Model> compared) {
    Model baseline = compared.get(0);
    Comparison comparison =
        Comparison.of(baseline.name(), rows.configure(kind.evaluation(baseline.array())));
    for (Model model : compared.subList(1, compared.size())) {
      comparison = comparison.model(model.name(), model.array());
    }
    return comparison;
  }

  private int run(SparkSession session, Comparison comparison, List<Model> compared) {
    if (explain.isAsked()) {
      return ExplainOption.print(
          () -> inOneTable(session, compared, comparison::explain), spec.commandLine().getOut());
    }
    Optional<ReportFolder> folder =
        output.prepare(session, ReportFolder.COMPARISON, ReportFolder.COMPARISON_PAGE);
    ComparisonResult result =
        StageProgress.logged(
            session, () -> compare(session, comparison, compared), ComparisonOutput::done);
    ComparisonOutput.write(
        result,
        second == null ? table.name() : table.name() + " and " + second,
        folder,
        output.noBins(),
        spec.commandLine().getOut());
    return ExitCode.OK.value();
  }

  private ComparisonResult compare(
      SparkSession session, Comparison comparison, List<Model> compared) {
    try {
      return second == null
          ? inOneTable(session, compared, comparison::run)
          : inTwoTables(session, comparison, compared);
    } catch (InvalidRowException e) {
      throw rows.refused(e);
    }
  }

  private <T> T inOneTable(
      SparkSession session, List<Model> compared, Function<Dataset<Row>, T> pass) {
    Dataset<Row> gathered = table.read(session);
    for (Model model : compared) {
      gathered = model.gathered(gathered);
    }
    Dataset<Row> all = gathered;
    return RowWidth.suited(session, all, compared.get(0).array(), () -> pass.apply(all));
  }

  private ComparisonResult inTwoTables(
      SparkSession session, Comparison comparison, List<Model> compared) {
    Dataset<Row> first = table.read(session);
    if (compared.size() != 2) {
      throw new JobException(
          ExitCode.USAGE,
          "--input-b: give two models, --model twice, the first of --input and the second of"
              + " --input-b; got "
              + compared.size());
    }
    Dataset<Row> other = compared.get(1).gathered(table.read(session, second));
    Dataset<Row> gathered = compared.get(0).gathered(first);
    return RowWidth.suited(
        session, gathered, compared.get(0).array(), () -> comparison.run(gathered, other));
  }
}
