// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** A hash of what a row holds: equal rows have the same, in any order and partitioning. */
final class ContentHash {

  private ContentHash() {}

  /** Of log-probabilities and a label. */
  static long of(double[] l, int label) {
    long hash = with(0, label);
    for (double x : l) {
      hash = with(hash, Double.doubleToLongBits(x));
    }
    return hash;
  }

  /** The finalizer of MurmurHash3 over what came before and what comes. */
  static long with(long hash, long bits) {
    long x = hash * 0x9E3779B97F4A7C15L + bits;
    x = (x ^ x >>> 33) * 0xFF51AFD7ED558CCDL;
    x = (x ^ x >>> 33) * 0xC4CEB9FE1A85EC53L;
    return x ^ x >>> 33;
  }
}
