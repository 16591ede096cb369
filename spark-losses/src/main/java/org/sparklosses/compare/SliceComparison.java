// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.sparklosses.evaluate.SliceResult;

/**
 * The comparison on one slice of the table.
 *
 * @param slice column to value (as text, null for SQL NULL), in the order the slice was declared;
 *     empty for all rows
 * @param models the evaluation of each model, the baseline first
 * @param differences by metric, then by model but the baseline
 * @param correctness by model but the baseline
 * @param calibration by model
 */
public record SliceComparison(
    Map<String, String> slice,
    List<SliceResult> models,
    List<Difference> differences,
    List<CorrectnessSignificance> correctness,
    List<CalibrationSignificance> calibration) {

  /** Copies the lists. */
  public SliceComparison {
    models = List.copyOf(models);
    differences = List.copyOf(differences);
    correctness = List.copyOf(correctness);
    calibration = List.copyOf(calibration);
  }

  /** The same without the bins of reliability diagrams. */
  public SliceComparison withoutBins() {
    return new SliceComparison(
        slice,
        models.stream().map(SliceResult::withoutBins).toList(),
        differences,
        correctness,
        calibration);
  }

  /** The difference of a model in a metric. */
  public Difference difference(String metric, String model) {
    return differences.stream()
        .filter(d -> d.metric().equals(metric) && d.model().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no difference of '" + model + "' in '" + metric + "' was asked for"));
  }
}
