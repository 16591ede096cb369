// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;

/**
 * What is known of each class.
 *
 * @param classes one entry a class, in index order
 */
public record ClassTable(List<Entry> classes) implements Table {

  /** Copies the list. */
  public ClassTable {
    classes = List.copyOf(classes);
  }

  /**
   * One class.
   *
   * @param label the class index
   * @param support rows with this label
   * @param sumWeight the sum of their weights
   * @param prevalence {@code sumWeight} over the weight of all rows
   * @param meanPredicted weighted mean probability given to the class over all rows
   * @param recall weighted share of the rows with this label that are predicted as it; NaN without
   *     support
   * @param calibrationError the l1 calibration error of {@code (p_k, 1[y = k])}
   */
  public record Entry(
      int label,
      long support,
      double sumWeight,
      double prevalence,
      double meanPredicted,
      double recall,
      double calibrationError) {}
}
