// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import org.sparklosses.evaluate.IntervalSettings;
import picocli.CommandLine.Option;

/** Whether and how metrics have intervals: the options that all evaluations share. */
final class IntervalOptions {

  @Option(
      names = "--bootstrap",
      paramLabel = "KEY",
      description =
          "give metrics intervals, and in a comparison tests, by drawing the values of this column,"
              + " the key of the rows, anew")
  private String bootstrap;

  @Option(
      names = "--cluster",
      paramLabel = "COLUMN",
      description =
          "the same by groups such as user_id, drawn with all their rows, which may depend on each"
              + " other; areas under ROC curves, whose intervals and tests take rows as"
              + " independent, have none then")
  private String cluster;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      description = "draws of the bootstrap (default: 200)")
  private Integer replicates;

  @Option(names = "--seed", paramLabel = "N", description = "of the bootstrap (default: 42)")
  private Long seed;

  @Option(
      names = "--level",
      paramLabel = "P",
      description = "the probability that intervals cover (default: 0.95)")
  private Double level;

  /**
   * The settings.
   *
   * @param isAnalytic whether standard errors by formula are asked for
   * @throws JobException if options contradict each other
   */
  IntervalSettings settings(boolean isAnalytic) {
    check();
    IntervalSettings settings = IntervalSettings.NONE;
    if (bootstrap != null) {
      settings = settings.withKey(bootstrap, false);
    }
    if (cluster != null) {
      settings = settings.withKey(cluster, true);
    }
    if (replicates != null) {
      settings = settings.withReplicates(replicates);
    }
    if (seed != null) {
      settings = settings.withSeed(seed);
    }
    if (level != null) {
      settings = settings.withLevel(level);
    }
    return isAnalytic ? settings.analytic() : settings;
  }

  private void check() {
    if (bootstrap != null && cluster != null) {
      throw new JobException(
          ExitCode.USAGE, "--bootstrap draws rows and --cluster groups of them: leave one out");
    }
    if (bootstrap == null && cluster == null && (replicates != null || seed != null)) {
      throw new JobException(
          ExitCode.USAGE,
          "--replicates and --seed are of a bootstrap: add --bootstrap KEY or --cluster COLUMN");
    }
  }
}
