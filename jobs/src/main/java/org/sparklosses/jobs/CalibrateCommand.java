// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.ml.Calibrator;
import org.sparklosses.ml.CalibratorModel;
import org.sparklosses.report.CalibrationConsole;
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

  private static final String COMPARED = "calibrated_by_";

  @Mixin private TableOptions table;

  @ArgGroup(multiplicity = "1")
  private PredictionOptions predictions;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "name of the method, or several with commas between: the best of them by cross-fitting,"
              + " or none where none gains; auto: of those that gain as a rule (default:"
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
      names = "--fold",
      paramLabel = "COLUMN",
      description =
          "parts the rows for cross-fitting: those of equal values stay together; whole numbers are"
              + " folds, modulo 5 (default: equal rows)")
  private String fold;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "where to save the model, an MLlib CalibratorModel; any Hadoop path")
  private String model;

  @Option(
      names = "--calibrated",
      paramLabel = "FOLDER",
      description =
          "where to write the rows that are compared, with the column calibrated_probability, as"
              + " Parquet; any Hadoop path")
  private String calibrated;

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
    if (fold != null) {
      ofColumn.setFoldCol(fold);
    }
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
      List<CalibratorModel> fitted =
          StageProgress.logged(
              session,
              () ->
                  RowWidth.suited(session, all, column, () -> calibrator.fits(fitRows, evaluation)),
              CalibrateCommand::done);
      print(fitted.get(0).summary(), out);
      save(fitted.get(0));
      Dataset<Row> others = where(all, "NOT coalesce((%s), false)");
      ComparisonResult result =
          StageProgress.logged(
              session,
              () ->
                  RowWidth.suited(session, all, column, () -> compared(fitted, evaluation, others)),
              ComparisonOutput::done);
      ComparisonOutput.write(result, table.name(), folder, output.noBins(), out);
      write(fitted.get(0).transform(others));
    } catch (InvalidRowException e) {
      throw rows.refused(e);
    }
    out.flush();
    return ExitCode.OK.value();
  }

  /** All fits are made in the same scans. */
  private static StageProgress.Done done(List<CalibratorModel> fitted) {
    ClassFit fit = fitted.get(0).summary();
    return new StageProgress.Done(fit.rows() * fit.scans(), Optional.empty());
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
    out.print(CalibrationConsole.of(fit));
    if (fitWhere == null) {
      out.println(
          "note: compared on the rows that it was fitted to, which flatters it; keep rows apart by"
              + " --fit-where");
    }
    out.println();
  }

  private void write(Dataset<Row> honest) {
    if (calibrated == null) {
      return;
    }
    try {
      honest
          .write()
          .mode(output.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
          .parquet(calibrated);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      if (e instanceof AnalysisException) {
        throw new JobException(
            ExitCode.IO,
            "--calibrated: cannot write " + calibrated + ": " + Messages.firstLine(e),
            e);
      }
      throw e;
    }
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

  /** All methods that were fitted, the chosen one first, against the predictions as they are. */
  private ComparisonResult compared(
      List<CalibratorModel> fitted, Evaluation before, Dataset<Row> rowsToCompare) {
    Comparison comparison = Comparison.of("before", before);
    Dataset<Row> comparable = rowsToCompare;
    for (CalibratorModel one : fitted) {
      String method = one.map().method();
      if (fitted.size() == 1 || !method.equals("none")) {
        comparable = withComparable(one, comparable, COMPARED + method);
        comparison = comparison.model(method, COMPARED + method);
      }
    }
    return comparison.run(comparable);
  }

  /** Models of a comparison have predictions of one kind: of logits they are logarithms. */
  private Dataset<Row> withComparable(CalibratorModel one, Dataset<Row> rows, String name) {
    Dataset<Row> calibrated = one.transform(rows);
    boolean isVector =
        calibrated.schema().apply(CALIBRATED).dataType().equals(SQLDataTypes.VectorType());
    Column column = calibrated.col(CALIBRATED);
    Dataset<Row> arrays =
        calibrated.withColumn(
            name, isVector ? functions.vector_to_array(column, "float64") : column);
    Dataset<Row> kept = arrays.drop(CALIBRATED);
    return predictions.areLogits()
        ? kept.withColumn(
            name, org.apache.spark.sql.functions.expr("transform(" + name + ", p -> ln(p))"))
        : kept;
  }
}
