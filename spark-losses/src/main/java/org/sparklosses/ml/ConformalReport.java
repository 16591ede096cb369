// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.List;
import java.util.Map;
import org.sparklosses.conformal.SetCoverage;
import org.sparklosses.conformal.SizeStrata;
import org.sparklosses.conformal.SliceCoverage;
import org.sparklosses.conformal.WorstSlice;
import org.sparklosses.inference.Interval;
import org.sparklosses.metric.Ledger;

/**
 * What {@link ConformalEvaluator} finds of prediction sets.
 *
 * @param ledger how many rows were read and left out, and why
 * @param sets coverage, sizes, and coverage by size and class, of all rows
 * @param interval of the coverage, by Clopper and Pearson; approximate with weights
 * @param strata coverage by how large sets are
 * @param slices the rows of each value of each slice
 * @param worst the slice that speaks most against the coverage that is wanted; its number is that
 *     in {@code slices}
 */
public record ConformalReport(
    Ledger ledger,
    SetCoverage sets,
    Interval interval,
    SizeStrata strata,
    List<SliceCoverage> slices,
    WorstSlice worst) {

  /** Takes a copy. */
  public ConformalReport {
    slices = List.copyOf(slices);
  }

  /** The values of the worst slice by column; empty if there is none. */
  public Map<String, String> worstSlice() {
    return worst.worst() < 0 ? Map.of() : slices.get(worst.worst()).values();
  }
}
