// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Gamma;

/**
 * The test of Hosmer and Lemeshow (1980, doi:10.1080/03610928008827941): over groups of equal mass
 * with O = sum of wy, E = sum of wp and n = sum of w, the statistic is the sum of (O - E)^2 / (E (1
 * - E / n)), referred to a chi-square of as many degrees of freedom as groups are not empty, less
 * {@code dfMinus}. On a grid the groups are of cells.
 *
 * <p>Parts: {@code statistic}, {@code df}, {@code p_value}. A group with E = 0 or n allows no other
 * O: where O differs the statistic is infinite and the p-value 0, whatever the other groups; where
 * it does not, the term is 0 / 0 and the statistic NaN. The p-value is also NaN when no degree of
 * freedom is left; all are NaN without rows.
 *
 * @param groups at least 1; 10 is usual
 * @param dfMinus 2 on the data the model was fitted to, 0 on other data
 */
public record HosmerLemeshow(int groups, int dfMinus) implements Scan {

  private static final List<String> PARTS = List.of("statistic", "df", "p_value");

  /** Checks the range. */
  public HosmerLemeshow {
    if (groups < 1 || dfMinus < 0) {
      throw new IllegalArgumentException(
          "g is " + groups + " and df_minus is " + dfMinus + ": at least 1 and 0 are needed");
    }
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    return new EqualMassBins(groups).scan(stretch, below, above);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return new EqualMassBins(groups).join(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    Atoms bins = new EqualMassBins(groups).read(scanned);
    if (bins.size() == 0) {
      return Parts.undefined(PARTS);
    }
    double sum = 0;
    double largest = 0;
    for (int b = 0; b < bins.size(); b++) {
      double term = term(bins, b);
      sum += term;
      largest = term > largest ? term : largest;
    }
    double statistic = largest == Double.POSITIVE_INFINITY ? largest : sum;
    int df = bins.size() - dfMinus;
    return Parts.named(PARTS, statistic, df, pValue(statistic, df));
  }

  private static double term(Atoms bins, int b) {
    double expected = bins.scored()[b];
    double gap = bins.outcome()[b] - expected;
    return gap * gap / Math.max(0, expected * (1 - expected / bins.weight()[b]));
  }

  private static double pValue(double statistic, int df) {
    if (statistic == Double.POSITIVE_INFINITY) {
      return 0;
    }
    return df > 0 && !Double.isNaN(statistic)
        ? Gamma.regularizedGammaQ(0.5 * df, 0.5 * statistic)
        : Double.NaN;
  }
}
