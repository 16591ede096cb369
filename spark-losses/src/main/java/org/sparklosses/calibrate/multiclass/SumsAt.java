// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.Serializable;

/**
 * What a scan is to keep, as it travels to those who read rows.
 *
 * @param <S> the sums
 */
public interface SumsAt<S extends RowSums<S>> extends Serializable {

  /** The sums of no rows. */
  S empty();
}
