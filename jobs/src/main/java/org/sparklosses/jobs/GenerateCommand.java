// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SaveMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a synthetic table of predictions. */
@Command(
    name = "generate",
    description =
        "Writes a synthetic table of predictions as Parquet: id, logits (float), label, weight,"
            + " segment.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GenerateCommand implements Callable<Integer> {

  @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "to write")
  private String output;

  @Option(names = "--rows", defaultValue = "200000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--classes", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
  private int classes;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--scale",
      defaultValue = "2",
      description = "standard deviation of the logits (default: ${DEFAULT-VALUE})")
  private double scale;

  @Option(
      names = "--temperature",
      defaultValue = "1.5",
      description = "labels are drawn from softmax(logits / T) (default: ${DEFAULT-VALUE})")
  private double temperature;

  @Option(
      names = "--partitions",
      defaultValue = "8",
      description = "files (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Option(
      names = "--row-group-bytes",
      defaultValue = "134217728",
      description = "size of a row group of Parquet (default: ${DEFAULT-VALUE})")
  private long rowGroupBytes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    SyntheticTable table = new SyntheticTable(rows, classes, seed, scale, temperature, partitions);
    return Sessions.with(
        "spark-losses generate",
        session -> {
          table
              .create(session)
              .write()
              .mode(SaveMode.Overwrite)
              .option("compression", "none")
              .option("parquet.enable.dictionary", "false")
              .option("parquet.enable.dictionary#segment", "true")
              .option("parquet.block.size", rowGroupBytes)
              .parquet(output);
          spec.commandLine().getOut().println("written: " + output);
          return ExitCode.OK.value();
        });
  }
}
