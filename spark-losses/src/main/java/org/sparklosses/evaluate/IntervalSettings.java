// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.Replicates;
import org.sparklosses.inference.ResampledSums;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.table.RowSpec;

/**
 * Whether and how metrics have intervals.
 *
 * @param key the column whose values are resampled by a bootstrap, or null for none
 * @param isClustered whether the key is one of groups whose rows depend on each other
 * @param isAnalytic whether means have standard errors by formula where a bootstrap gives none
 * @param replicates of the bootstrap, at least 2
 * @param seed of the bootstrap
 * @param level the probability that intervals are to cover, in (0, 1)
 */
public record IntervalSettings(
    String key, boolean isClustered, boolean isAnalytic, int replicates, long seed, double level)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  static final long DEFAULT_SEED = 42;
  static final double DEFAULT_LEVEL = 0.95;

  /** No intervals, and what else holds by default. */
  public static final IntervalSettings NONE =
      new IntervalSettings(
          null, false, false, ResampledSums.DEFAULT_REPLICATES, DEFAULT_SEED, DEFAULT_LEVEL);

  /** Checks the numbers. */
  public IntervalSettings {
    if (replicates < 2) {
      throw new IllegalArgumentException(
          "replicates = " + replicates + " is not allowed; give 2 or more, as 200");
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "level = " + level + " is not allowed; give the probability covered, in (0, 1), as 0.95");
    }
  }

  /** Whether rows are resampled. */
  public boolean isBootstrap() {
    return key != null;
  }

  /** Whether intervals are asked for and rows count as independent. */
  boolean ofIndependentRows() {
    return (isBootstrap() || isAnalytic) && !isClustered;
  }

  /** What is resampled by a bootstrap; null without one. */
  public RowSpec.Unit unit() {
    return isBootstrap() ? new RowSpec.Unit(isClustered ? "cluster" : "bootstrap", key) : null;
  }

  /** An interval of this level. */
  public ConfidenceInterval interval(Interval ends, double standardError) {
    return new ConfidenceInterval(ends.low(), ends.high(), level, standardError);
  }

  /** The percentile interval of a figure of this level. */
  public ConfidenceInterval interval(Replicates replicates) {
    return interval(replicates.percentile(level), replicates.standardError());
  }

  /** For the reader of a report. */
  public Map<String, String> describe() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (isBootstrap()) {
      settings.put(unit().role(), key);
      settings.put("replicates", String.valueOf(replicates));
      settings.put("seed", String.valueOf(seed));
    }
    if (isAnalytic) {
      settings.put("standard_errors", "by formula");
    }
    if (!settings.isEmpty()) {
      settings.put("level", String.valueOf(level));
    }
    return settings;
  }

  /** With a bootstrap by a column. */
  public IntervalSettings withKey(String column, boolean isOfGroups) {
    return new IntervalSettings(column, isOfGroups, isAnalytic, replicates, seed, level);
  }

  /** With standard errors by formula. */
  public IntervalSettings analytic() {
    return new IntervalSettings(key, isClustered, true, replicates, seed, level);
  }

  /** With so many replicates. */
  public IntervalSettings withReplicates(int number) {
    return new IntervalSettings(key, isClustered, isAnalytic, number, seed, level);
  }

  /** With another seed. */
  public IntervalSettings withSeed(long number) {
    return new IntervalSettings(key, isClustered, isAnalytic, replicates, number, level);
  }

  /** With another level. */
  public IntervalSettings withLevel(double probability) {
    return new IntervalSettings(key, isClustered, isAnalytic, replicates, seed, probability);
  }
}
