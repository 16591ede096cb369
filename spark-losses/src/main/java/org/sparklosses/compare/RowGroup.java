// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;

/**
 * What a comparison keeps of a group of rows.
 *
 * @param <G> the group itself
 */
interface RowGroup<G extends RowGroup<G>> extends Mergeable<G> {

  /** Adds a row without fault: the predictions of each model, with the same label and weight. */
  void add(PredictionRow[] models);

  /** Counts a row that is not compared, by what was found. */
  void addUnused(InputCheck check);
}
