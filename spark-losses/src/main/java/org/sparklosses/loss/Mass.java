// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

/** Terms of sums over classes. */
final class Mass {

  private Mass() {}

  /** {@code mass * value}, where no mass makes an infinite value 0 (but never a NaN). */
  static double times(double mass, double value) {
    return mass == 0 && !Double.isNaN(value) ? 0 : mass * value;
  }
}
