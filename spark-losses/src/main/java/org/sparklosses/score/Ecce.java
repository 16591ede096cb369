// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.List;
import java.util.Map;

/**
 * The empirical cumulative calibration errors (Arrieta-Ibarra et al. 2022, arXiv:2205.09680), of
 * C(t), the sum of w(y - p) over the rows with p up to t divided by the sum of w, with C = 0 before
 * the first row. The score is the probability p, outcomes are 0 or 1.
 *
 * <p>Parts: {@code mad} = max |C|, {@code kuiper} = max C - min C, {@code sigma} = sqrt(sum w^2
 * p(1-p)) / sum w (on a grid w^2 is taken to be spread evenly inside a cell), {@code
 * mad_over_sigma} and {@code kuiper_over_sigma}, infinite when sigma alone is 0; {@code
 * error_bound} and {@code kuiper_error_bound}: on a grid the exact mad and kuiper are not lower,
 * and higher by at most these. Inside a cell C falls by at most the sum of wp over the outcomes 0,
 * and rises by at most that of w(1 - p) over the outcomes 1. All NaN without rows.
 */
public record Ecce() implements Scan {

  private static final List<String> PARTS =
      List.of(
          "mad",
          "kuiper",
          "sigma",
          "mad_over_sigma",
          "kuiper_over_sigma",
          "error_bound",
          "kuiper_error_bound");

  private static final int LOW = 0;
  private static final int HIGH = 1;
  private static final int LOWEST = 2;
  private static final int HIGHEST = 3;
  private static final int VARIANCE = 4;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    CompensatedSum cumulated = new CompensatedSum(below.outcome());
    cumulated.add(-below.scored());
    double start = cumulated.value();
    double low = start;
    double high = start;
    double lowest = start;
    double highest = start;
    CompensatedSum variance = new CompensatedSum();
    for (int i = 0; i < stretch.size(); i++) {
      double before = cumulated.value();
      cumulated.add(stretch.outcome()[i]);
      cumulated.add(-stretch.scored()[i]);
      low = Math.min(low, cumulated.value());
      high = Math.max(high, cumulated.value());
      lowest = Math.min(lowest, before - Residuals.positive(stretch, i));
      highest = Math.max(highest, before + Residuals.negative(stretch, i));
      variance.add(variance(stretch, i));
    }
    return stretch.isExact()
        ? new double[] {low, high, low, high, variance.value()}
        : new double[] {
          low, high, Math.min(low, lowest), Math.max(high, highest), variance.value()
        };
  }

  private static double variance(Atoms atoms, int i) {
    double p = atoms.score()[i];
    return atoms.isExact()
        ? atoms.squaredWeight()[i] * p * (1 - p)
        : atoms.squaredWeight()[i]
            / atoms.weight()[i]
            * Math.max(0, atoms.scored()[i] - atoms.scoredSquare()[i]);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return new double[] {
      Math.min(lower[LOW], higher[LOW]),
      Math.max(lower[HIGH], higher[HIGH]),
      Math.min(lower[LOWEST], higher[LOWEST]),
      Math.max(lower[HIGHEST], higher[HIGHEST]),
      lower[VARIANCE] + higher[VARIANCE]
    };
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double weight = total.weight();
    if (!(weight > 0)) {
      return Parts.undefined(PARTS);
    }
    double mad = Math.max(-scanned[LOW], scanned[HIGH]) / weight;
    double kuiper = (scanned[HIGH] - scanned[LOW]) / weight;
    double sigma = Math.sqrt(scanned[VARIANCE]) / weight;
    double highestMad = Math.max(-scanned[LOWEST], scanned[HIGHEST]) / weight;
    double highestKuiper = (scanned[HIGHEST] - scanned[LOWEST]) / weight;
    return Parts.named(
        PARTS,
        mad,
        kuiper,
        sigma,
        mad / sigma,
        kuiper / sigma,
        highestMad - mad,
        highestKuiper - kuiper);
  }
}
