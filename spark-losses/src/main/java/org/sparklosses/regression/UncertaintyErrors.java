// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.util.Arrays;
import org.sparklosses.score.Atoms;

/**
 * How far the errors of forecasts are from the standard deviations that they claim, by bins of rows
 * of similar standard deviation (Levi et al. 2022, arXiv:1905.11659).
 *
 * @param ence the mean over bins of {@code |RMV - RMSE| / RMV}, with RMV the root of the mean
 *     variance claimed and RMSE the root of the mean squared error
 * @param uce the weighted mean over bins of {@code |MSE - MV|}
 */
public record UncertaintyErrors(double ence, double uce) {

  /** What rounding may take off a sum of weights without moving an edge. */
  private static final double MASS_TOLERANCE = 1e-12;

  /**
   * With bins of equal mass, closed on the right: edges are weighted quantiles, ties stay together,
   * an empty bin does not count. NaN without rows.
   *
   * @param atoms by standard deviation; the outcome is the squared error
   */
  public static UncertaintyErrors of(Atoms atoms, int bins) {
    double total = Arrays.stream(atoms.weight()).sum();
    double ence = 0;
    double uce = 0;
    int filled = 0;
    double below = 0;
    int i = 0;
    for (int b = 1; b <= bins && i < atoms.size(); b++) {
      double edge = b / (double) bins * total - MASS_TOLERANCE * total;
      double weight = 0;
      double variance = 0;
      double squares = 0;
      // The last bin takes what rounding leaves.
      while (i < atoms.size() && (below < edge || b == bins)) {
        below += atoms.weight()[i];
        weight += atoms.weight()[i];
        variance += atoms.scoredSquare()[i];
        squares += atoms.outcome()[i];
        i++;
      }
      if (weight > 0) {
        double claimed = StrictMath.sqrt(variance / weight);
        double observed = StrictMath.sqrt(squares / weight);
        ence += Math.abs(claimed - observed) / claimed;
        uce += Math.abs(squares - variance) / total;
        filled++;
      }
    }
    return new UncertaintyErrors(ence / filled, filled == 0 ? Double.NaN : uce);
  }
}
