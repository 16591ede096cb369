// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.ml.Calibrator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the fits of calibrators, with those of Python's libraries in the same rounds. */
@Command(
    name = "calibrators",
    description =
        "Times the fits of calibrators to a Parquet table, each with reading it, and in the same"
            + " rounds those of scikit-learn and probmetrics where --python has them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkCalibrators implements Callable<Integer> {

  @Option(
      names = "--work",
      defaultValue = "target/benchmark",
      description = "folder for the tables, kept between runs (default: ${DEFAULT-VALUE})")
  private String work;

  @Option(names = "--rows", defaultValue = "10000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--classes", defaultValue = "10", description = "default: ${DEFAULT-VALUE}")
  private int classes;

  @Option(
      names = "--method",
      split = ",",
      defaultValue = "temperature,structured_vector_scaling",
      description = "default: ${DEFAULT-VALUE}")
  private List<String> methods;

  @Option(
      names = "--python",
      description = "interpreter with numpy, pyarrow, scikit-learn and probmetrics")
  private String python;

  @Option(
      names = "--fit",
      split = ",",
      defaultValue = "temperature",
      description =
          "fits of Python: temperature and isotonic of scikit-learn, ts-mix, svs and sms of"
              + " probmetrics (default: ${DEFAULT-VALUE})")
  private List<String> fits;

  @Option(
      names = "--warmup",
      defaultValue = "1",
      description = "rounds before those that count (default: ${DEFAULT-VALUE})")
  private int warmup;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return Sessions.with("spark-losses benchmark calibrators", this::run);
  }

  private int run(SparkSession session) {
    String path = BenchmarkTables.logits(session, work, rows, classes);
    Dataset<Row> table = session.read().parquet(path);
    Map<String, Supplier<double[]>> cases = new LinkedHashMap<>();
    for (String method : methods) {
      Calibrator calibrator = new Calibrator().setRawPredictionCol("logits").setMethod(method);
      cases.put(method, () -> BenchmarkRounds.time(() -> calibrator.fit(table)));
    }
    if (python == null) {
      time(cases);
      return ExitCode.OK.value();
    }
    try (PythonFits ofPython = new PythonFits(python, "jobs/src/benchmark/python/fits.py")) {
      for (String fit : fits) {
        cases.put("Python's " + fit, () -> ofPython.time(fit, path, classes));
      }
      time(cases);
    }
    return ExitCode.OK.value();
  }

  private void time(Map<String, Supplier<double[]>> cases) {
    BenchmarkRounds.print(
        spec.commandLine().getOut(),
        "fits to %d rows of %d classes".formatted(rows, classes),
        new BenchmarkRounds(warmup, rounds).timeGiven(cases));
  }
}
