// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import org.sparklosses.inference.Interval;
import org.sparklosses.inference.Tails;

/**
 * What coverage to expect of sets before they are looked at: over the rows to come it depends on
 * the rows of the fit, and follows a beta distribution where scores are not tied. Ties give more.
 *
 * @param mean over all fits
 * @param interval the central interval of fits
 */
public record CoverageRange(double mean, Interval interval) {

  /**
   * After a fit to n rows; 1 where they are too few for a finite threshold.
   *
   * @param alpha in (0, 1)
   * @param level of the interval, in (0, 1), as 0.95
   */
  public static CoverageRange of(long n, double alpha, double level) {
    long rank = ConformalRank.of(n, alpha);
    if (rank > n) {
      return new CoverageRange(1, new Interval(1, 1));
    }
    double below = rank;
    double above = n + 1.0 - below;
    double tail = (1 - level) / 2;
    return new CoverageRange(
        below / (n + 1.0),
        new Interval(
            Tails.betaQuantile(tail, below, above), 1 - Tails.betaQuantile(tail, above, below)));
  }
}
