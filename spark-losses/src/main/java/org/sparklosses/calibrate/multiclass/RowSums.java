// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.exact.Mergeable;

/**
 * What is kept of rows in one scan.
 *
 * @param <S> the type itself
 */
public interface RowSums<S extends RowSums<S>> extends Mergeable<S> {

  /**
   * Adds a row.
   *
   * @param l the log-probabilities of its classes, as {@link LogProbabilities} gives them; may be
   *     used again for the next row
   * @param label a class
   * @param weight finite and above 0
   */
  void add(double[] l, int label, double weight);

  /**
   * Adds a row that has a key.
   *
   * @param key rows of the same key are fitted to together, or judged together
   */
  default void add(double[] l, int label, double weight, long key) {
    add(l, label, weight);
  }
}
