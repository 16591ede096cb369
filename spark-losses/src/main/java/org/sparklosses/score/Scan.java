// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * What one pass over a distribution in ascending order of score gives. The distribution may come
 * cut into stretches that are scanned apart, on different machines, each knowing only the sums of
 * all rows below and above it; joined in order they give the result. Where the cuts are is a
 * function of the scores alone, so that the result has the same bits however rows are partitioned.
 */
public interface Scan {

  /** Scans one stretch. */
  double[] scan(Atoms stretch, Sums below, Sums above);

  /** Joins what neighbouring stretches gave; associative. */
  double[] join(double[] lower, double[] higher);

  /** The value ({@code value}) or the named parts, off what the whole distribution gave. */
  Map<String, Double> read(double[] scanned, Sums total);

  /** Off a whole distribution. */
  default Map<String, Double> of(Atoms whole) {
    return read(scan(whole, Sums.NONE, Sums.NONE), whole.total());
  }
}
