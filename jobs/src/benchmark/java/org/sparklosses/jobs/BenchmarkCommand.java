// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The entry point of the benchmarks, apart from the jobs and their jar: {@code mvn -Pbenchmark-jobs
 * -DskipTests verify}, with the arguments in the property {@code args}.
 *
 * <p>Times evaluations against reading the same columns and against what Spark offers without this
 * library. The cases run in turn, round after round; a figure is the median over the rounds, and
 * the ratio that of medians of one run.
 */
@Command(
    name = "benchmark",
    description =
        "Times an evaluation against a plain read of the same columns, MLlib, SQL higher-order"
            + " functions and a UDF, on a synthetic table as 'generate' writes it.",
    subcommands = {
      BenchmarkMetrics.class,
      BenchmarkExactness.class,
      BenchmarkStates.class,
      BenchmarkFormats.class,
      BenchmarkCalibrators.class
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BenchmarkCommand implements Callable<Integer> {

  @Option(
      names = "--work",
      defaultValue = "target/benchmark",
      description = "folder for the tables, kept between runs (default: ${DEFAULT-VALUE})")
  private String work;

  @Option(names = "--rows", defaultValue = "200000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--classes", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  private int classes;

  @Option(
      names = "--sample",
      defaultValue = "20000",
      description =
          "rows of the table that the slow cases, and a read of their own to compare with, run on"
              + " (default: ${DEFAULT-VALUE})")
  private long sample;

  @Option(
      names = "--warmup",
      defaultValue = "6",
      description = "rounds before those that count (default: ${DEFAULT-VALUE})")
  private int warmup;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--only",
      description =
          "full: evaluations of the whole table; losses: many losses in one query; sample: the slow"
              + " cases (default: all)")
  private List<Group> only = List.of(Group.values());

  @Spec private CommandSpec spec;

  private enum Group {
    full,
    losses,
    sample
  }

  /** Runs a benchmark and ends the JVM with its exit code, unless that is 0. */
  public static void main(String[] arguments) {
    QuietLog.begin();
    int exitCode = new CommandLine(new BenchmarkCommand()).execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() {
    return Sessions.with(
        "spark-losses benchmark",
        session -> {
          BenchmarkTables tables = BenchmarkTables.prepare(session, work, rows, sample, classes);
          for (Group group : only) {
            switch (group) {
              case full -> run("on " + rows + " rows", BenchmarkCases.full(session, tables));
              case losses -> run("on " + rows + " rows", BenchmarkCases.losses(session, tables));
              case sample -> run("on " + sample + " rows", BenchmarkCases.sample(session, tables));
            }
          }
          return ExitCode.OK.value();
        });
  }

  private void run(String title, Map<String, Runnable> cases) {
    BenchmarkRounds.print(
        spec.commandLine().getOut(), title, new BenchmarkRounds(warmup, rounds).time(cases));
  }
}
