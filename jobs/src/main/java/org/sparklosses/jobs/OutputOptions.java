// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where a report is written: the options that all evaluations share. */
final class OutputOptions {

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "where to write evaluation.json and report.html; a comparison writes comparison.json and"
              + " comparison.html; any Hadoop path")
  private String folder;

  @Option(
      names = "--no-bins",
      description = "leave the bins of reliability diagrams out of the JSON; the page has them")
  private boolean noBins;

  @Option(names = "--overwrite", description = "replace a report that is there")
  private boolean overwrite;

  /** Whether what is there is replaced. */
  boolean overwrite() {
    return overwrite;
  }

  /** Whether the JSON is to have no bins. */
  boolean noBins() {
    return noBins;
  }

  /**
   * The folder, made before the table is read; empty where none was asked for.
   *
   * @param names the files that will be written
   */
  Optional<ReportFolder> prepare(SparkSession session, String... names) {
    return Optional.ofNullable(folder)
        .map(path -> ReportFolder.prepare(session, path, overwrite, List.of(names)));
  }
}
