// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of a comparison.
 *
 * @param settings what was compared: columns, input kind, policy, engine, versions; text for the
 *     reader
 * @param models the names of the models, the baseline first
 * @param classes the number of classes; 0 when no row could be compared
 * @param level of the intervals; what is found at an adjusted p-value of at most 1 less that is
 *     taken to be beyond noise
 * @param keys how the rows of two tables were matched, if there are two
 * @param overall all rows
 * @param slices the slices, by declaration, then by value
 */
public record ComparisonResult(
    Map<String, String> settings,
    List<String> models,
    int classes,
    double level,
    Optional<KeyCounts> keys,
    SliceComparison overall,
    List<SliceComparison> slices) {

  /** Copies the lists. */
  public ComparisonResult {
    models = List.copyOf(models);
    slices = List.copyOf(slices);
  }

  /** The same without the bins of reliability diagrams. */
  public ComparisonResult withoutBins() {
    return new ComparisonResult(
        settings,
        models,
        classes,
        level,
        keys,
        overall.withoutBins(),
        slices.stream().map(SliceComparison::withoutBins).toList());
  }

  /** The difference of a model in a metric, over all rows. */
  public Difference difference(String metric, String model) {
    return overall.difference(metric, model);
  }

  /** A slice on which a model is miscalibrated. */
  public record Miscalibration(SliceComparison slice, CalibrationSignificance test) {}

  /**
   * The slices, or all rows if there are no slices, on which a model is miscalibrated beyond noise:
   * those whose p-value, adjusted by Holm, is at most 1 less the level.
   */
  public List<Miscalibration> miscalibrated() {
    Stream<SliceComparison> tested = slices.isEmpty() ? Stream.of(overall) : slices.stream();
    return tested
        .flatMap(slice -> slice.calibration().stream().map(test -> new Miscalibration(slice, test)))
        .filter(found -> found.test().holm() <= 1 - level)
        .toList();
  }
}
