// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** The folds of cross-fitting. */
public final class Folds {

  /** How many there are. */
  public static final int COUNT = 5;

  private Folds() {}

  /** The fold of a key, from 0. */
  static int of(long key, int folds) {
    return (int) Long.remainderUnsigned(key, folds);
  }
}
