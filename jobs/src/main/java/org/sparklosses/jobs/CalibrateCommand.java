// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.ml.Calibrator;
import org.sparklosses.ml.CalibratorModel;
import org.sparklosses.table.InvalidRowException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fits a calibrator, and compares the calibrated predictions to those that were given. */
@Command(
    name = "calibrate",
    description =
        "Fits a calibrator to some rows, compares the calibrated probabilities of the others to"
            + " those given, and saves the model.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  calibrate --input predictions.parquet --logits logits --fit-where \"split ="
          + " 'calibration'\" \\",
      "            --model calibrator --output report"
    })
final class CalibrateCommand implements Callable<Integer> {

  /** What the model calls the column that it adds. */
  private static final String CALIBRATED = "calibrated_probability";

  private static final String AFTER = "calibrated_for_comparison";

  /** A line has room for that many numbers of a map. */
  private static final int MOST_NUMBERS = 12;

  @Mixin private TableOptions table;

  @ArgGroup(multiplicity = "1")
  private PredictionOptions predictions;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "name of the method; auto chooses by the numbers of classes and rows (default:"
              + " ${DEFAULT-VALUE})")
  private String method;

  @Option(
      names = "--fit-where",
      paramLabel = "SQL",
      description =
          "fit to the rows for which this is true, and compare on the others; by default all rows"
              + " are fitted to and compared on")
  private String fitWhere;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "where to save the model, an MLlib CalibratorModel; any Hadoop path")
  private String model;

  @Mixin private RowOptions rows;

  @Mixin private OutputOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String column = SpreadColumns.column(predictions.column());
    Calibrator calibrator = new Calibrator().setOutputCol(CALIBRATED).setMethod(method);
    Calibrator ofColumn =
        predictions.areLogits()
            ? calibrator.setRawPredictionCol(column)
            : calibrator.setProbabilityCol(column);
    Evaluation evaluation = rows.configure(predictions.of(column));
    return Sessions.with(
        "spark-losses calibrate", session -> run(session, ofColumn, evaluation, column));
  }

  private int run(
      SparkSession session, Calibrator calibrator, Evaluation evaluation, String column) {
    Optional<ReportFolder> folder =
        output.prepare(session, ReportFolder.COMPARISON, ReportFolder.COMPARISON_PAGE);
    Dataset<Row> all = SpreadColumns.gathered(table.read(session), predictions.column());
    PrintWriter out = spec.commandLine().getOut();
    try {
      Dataset<Row> fitRows = where(all, "(%s)");
      CalibratorModel fitted =
          StageProgress.logged(
              session,
              () ->
                  RowWidth.suited(session, all, column, () -> calibrator.fit(fitRows, evaluation)));
      print(fitted.summary(), out);
      save(fitted);
      Dataset<Row> others = where(all, "NOT coalesce((%s), false)");
      ComparisonResult result =
          StageProgress.logged(
              session,
              () ->
                  RowWidth.suited(
                      session,
                      all,
                      column,
                      () -> compared(fitted, evaluation, fitted.transform(others))));
      ComparisonOutput.write(result, table.name(), folder, output.noBins(), out);
    } catch (InvalidRowException e) {
      throw rows.refused(e);
    }
    out.flush();
    return ExitCode.OK.value();
  }

  /** The rows that a condition made of --fit-where holds of; all without one. */
  private Dataset<Row> where(Dataset<Row> all, String form) {
    if (fitWhere == null) {
      return all;
    }
    try {
      return all.where(form.formatted(fitWhere));
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      if (e instanceof AnalysisException) {
        throw new JobException(
            ExitCode.USAGE, "--fit-where '" + fitWhere + "': " + Messages.firstLine(e), e);
      }
      throw e;
    }
  }

  private void print(ClassFit fit, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: fitted to %,d rows of %,d classes in %d scans, log loss %.5f before and %.5f after%n",
        fit.map().method(),
        fit.rows(),
        fit.map().classes(),
        fit.scans(),
        fit.lossBefore(),
        fit.lossAfter());
    MapNumbers numbers = fit.map().numbers();
    numbers.names().forEach(name -> out.println("  " + name + " = " + text(numbers.array(name))));
    if (!fit.note().isEmpty()) {
      out.println("note: " + fit.note());
    }
    if (fitWhere == null) {
      out.println(
          "note: compared on the rows that it was fitted to, which flatters it; keep rows apart by"
              + " --fit-where");
    }
    out.println();
  }

  private static String text(double[] numbers) {
    if (numbers.length > MOST_NUMBERS) {
      return numbers.length + " numbers";
    }
    return Arrays.stream(numbers)
        .mapToObj(x -> String.format(Locale.ROOT, "%.5f", x))
        .collect(Collectors.joining(", "));
  }

  private void save(CalibratorModel fitted) {
    if (model == null) {
      return;
    }
    try {
      if (output.overwrite()) {
        fitted.write().overwrite().save(model);
      } else {
        fitted.save(model);
      }
    } catch (IOException e) {
      throw new JobException(
          ExitCode.IO, "--model: cannot write " + model + ": " + Messages.firstLine(e), e);
    }
  }

  private ComparisonResult compared(
      CalibratorModel fitted, Evaluation before, Dataset<Row> calibrated) {
    boolean isVector =
        calibrated.schema().apply(CALIBRATED).dataType().equals(SQLDataTypes.VectorType());
    Column column = calibrated.col(CALIBRATED);
    Dataset<Row> arrays =
        calibrated.withColumn(
            AFTER, isVector ? functions.vector_to_array(column, "float64") : column);
    // Both models have predictions of one kind: of logits they are logarithms.
    Dataset<Row> comparable =
        predictions.areLogits()
            ? arrays.withColumn(
                AFTER, org.apache.spark.sql.functions.expr("transform(" + AFTER + ", p -> ln(p))"))
            : arrays;
    return Comparison.of("before", before).model(fitted.map().method(), AFTER).run(comparable);
  }
}
