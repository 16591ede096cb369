// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** Rows with log-probabilities, a label and a weight, which can be read again and again. */
public interface LogitRows {

  /**
   * Reads all rows once.
   *
   * @param sums what is kept of them
   */
  <S extends RowSums<S>> S scan(SumsAt<S> sums);
}
