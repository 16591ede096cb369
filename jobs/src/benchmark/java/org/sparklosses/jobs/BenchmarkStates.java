// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how large the state of an evaluation is. */
@Command(
    name = "states",
    description = "Prints the bytes of the state of an evaluation for 10^3 rows and more.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkStates implements Callable<Integer> {

  private static final int SMALLEST = 3;

  /** More than the default state of ten classes takes. */
  private static final int SIZE = 450_000;

  @Option(
      names = "--largest",
      defaultValue = "8",
      description = "up to 10 to this power rows (default: ${DEFAULT-VALUE})")
  private int largest;

  @Option(names = "--classes", defaultValue = "10", description = "default: ${DEFAULT-VALUE}")
  private int classes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return Sessions.with(
        "spark-losses benchmark states",
        session -> {
          PrintWriter out = spec.commandLine().getOut();
          out.printf("%12s %12s %12s %12s%n", "rows", "default", "size=" + SIZE, "means, bins");
          for (int power = SMALLEST; power <= largest; power++) {
            print(session, (long) StrictMath.pow(10, power), out);
          }
          return ExitCode.OK.value();
        });
  }

  private void print(SparkSession session, long rows, PrintWriter out) {
    String logits =
        IntStream.range(0, classes)
            .mapToObj(j -> "(shiftright(id * 2654435761L, " + (5 + j) + ") & 4095L) / 512D")
            .collect(Collectors.joining(", ", "array(", ")"));
    Row sizes =
        session
            .range(rows)
            .selectExpr(logits + " AS logits", "id % " + classes + " AS label")
            .selectExpr(
                "octet_length(evaluation_state(logits, label))",
                "octet_length(evaluation_state(logits, label, 'size=" + SIZE + "'))",
                "octet_length(evaluation_state(logits, label,"
                    + " 'metrics=log_loss, accuracy, top_label_calibration_error'))")
            .head();
    out.printf(
        "%,12d %,12d %,12d %,12d%n", rows, sizes.getInt(0), sizes.getInt(1), sizes.getInt(2));
    out.flush();
  }
}
