package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.Comparison;
import org.sparklosses.evaluate.ComparisonResult;
import org.sparklosses.evaluate.InvalidRowException;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.report.ComparisonJson;
import org.sparklosses.report.ComparisonPage;
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

    Comparison comparison() {
      return logits || !probabilities ? Comparison.ofLogits() : Comparison.ofProbabilities();
    }
  }

  @Mixin private RowOptions rows;

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      description = "the probability that intervals cover (default: 0.95)")
  private Double level;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "where to write comparison.json and comparison.html; any Hadoop path")
  private String output;

  @Option(names = "--overwrite", description = "replace a report that is there")
  private boolean overwrite;

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
      return SpreadColumns.isPattern(column) ? SpreadColumns.arrayName(column) : column;
    }

    Dataset<Row> gathered(Dataset<Row> from) {
      return SpreadColumns.isPattern(column) ? SpreadColumns.gather(from, column) : from;
    }
  }

  @Override
  public Integer call() {
    List<Model> compared = new ArrayList<>();
    Comparison start = kind.comparison();
    for (String text : models) {
      Model model = Model.parse(text);
      compared.add(model);
      start = start.model(model.name(), model.array());
    }
    Comparison comparison = rows.configure(start);
    Comparison configured = level == null ? comparison : comparison.level(level);
    return Sessions.with("spark-losses compare", session -> run(session, configured, compared));
  }

  private int run(SparkSession session, Comparison comparison, List<Model> compared) {
    ReportFolder folder =
        output == null
            ? null
            : ReportFolder.prepare(
                session,
                output,
                overwrite,
                List.of(ReportFolder.COMPARISON, ReportFolder.COMPARISON_PAGE));
    StageProgress progress = new StageProgress();
    session.sparkContext().addSparkListener(progress);
    try {
      ComparisonResult result = compare(session, comparison, compared);
      PrintWriter out = spec.commandLine().getOut();
      out.print(ComparisonConsole.of(result));
      if (folder != null) {
        folder.write(ReportFolder.COMPARISON, ComparisonJson.of(result));
        String source = second == null ? table.name() : table.name() + " and " + second;
        String page = ComparisonPage.of(result, source);
        out.println("report: " + folder.write(ReportFolder.COMPARISON_PAGE, page));
      }
      out.flush();
      return ExitCode.OK.value();
    } catch (InvalidRowException e) {
      throw rows.refused(e);
    } finally {
      session.sparkContext().removeSparkListener(progress);
    }
  }

  private ComparisonResult compare(
      SparkSession session, Comparison comparison, List<Model> compared) {
    Dataset<Row> first = table.read(session);
    if (second == null) {
      for (Model model : compared) {
        first = model.gathered(first);
      }
      Dataset<Row> all = first;
      return RowWidth.suited(session, all, compared.get(0).array(), () -> comparison.run(all));
    }
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
