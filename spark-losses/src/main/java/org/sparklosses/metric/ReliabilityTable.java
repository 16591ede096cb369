// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;
import java.util.Optional;

/**
 * Predicted probability against observed frequency, bin by bin (a reliability diagram).
 *
 * @param source what is binned, for example {@code top_label}
 * @param side which end of a bin is closed: {@code right}, {@code left} or {@code torchmetrics}
 * @param bins in ascending order, empty ones included
 */
public record ReliabilityTable(String source, String side, List<Bin> bins) implements Table {

  /** Copies the list. */
  public ReliabilityTable {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param lower lower edge
   * @param upper upper edge
   * @param count rows in the bin, whatever their weight
   * @param sumWeight the sum of their weights
   * @param meanPredicted weighted mean of the predicted probability; NaN when empty
   * @param meanObserved weighted mean of the outcome; NaN when empty
   * @param bandDeviation binomial standard deviation {@code sqrt(p (1 - p) / n_eff)} of the outcome
   *     if the model were calibrated, p = {@code meanPredicted}; NaN when empty
   * @param interval of {@code meanObserved}, if one was asked for
   */
  public record Bin(
      double lower,
      double upper,
      long count,
      double sumWeight,
      double meanPredicted,
      double meanObserved,
      double bandDeviation,
      Optional<ConfidenceInterval> interval) {

    /** Without an interval. */
    public Bin(
        double lower,
        double upper,
        long count,
        double sumWeight,
        double meanPredicted,
        double meanObserved,
        double bandDeviation) {
      this(
          lower,
          upper,
          count,
          sumWeight,
          meanPredicted,
          meanObserved,
          bandDeviation,
          Optional.empty());
    }

    /** The same with an interval. */
    public Bin with(ConfidenceInterval interval) {
      return new Bin(
          lower,
          upper,
          count,
          sumWeight,
          meanPredicted,
          meanObserved,
          bandDeviation,
          Optional.of(interval));
    }
  }
}
