// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.sparklosses.evaluate.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the calibration error of many rows beside the truth and beside sums in float32. */
@Command(
    name = "exactness",
    description =
        "Evaluates rows whose calibration error is known exactly, and shows what sums in float32"
            + " make of them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkExactness implements Callable<Integer> {

  private static final String METRIC =
      "top_label_calibration_error(n_bins=" + KnownScores.BINS + ")";

  @Option(names = "--rows", defaultValue = "100000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    KnownScores scores = new KnownScores(rows);
    BigDecimal truth = scores.exactError();
    double found =
        Sessions.with(
            "spark-losses benchmark exactness",
            session ->
                Evaluation.ofProbabilities("probabilities")
                    .metrics(METRIC)
                    .run(scores.table(session))
                    .overall()
                    .metrics()
                    .get(0)
                    .value());
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%,d rows, %s%n", rows, METRIC);
    out.printf("%-28s %-22s %s%n", "", "value", "error");
    print(out, "whole numbers (the truth)", truth.doubleValue(), truth);
    print(out, "spark-losses", found, truth);
    print(out, "float32, as torchmetrics", scores.singlePrecisionError(), truth);
    out.flush();
    return ExitCode.OK.value();
  }

  private static void print(PrintWriter out, String name, double value, BigDecimal truth) {
    BigDecimal error = new BigDecimal(value).subtract(truth).abs();
    out.printf("%-28s %-22s %.1e%n", name, value, error.doubleValue());
  }
}
