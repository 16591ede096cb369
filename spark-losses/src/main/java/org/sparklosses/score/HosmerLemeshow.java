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
 * <p>Parts: {@code statistic}, {@code df}, {@code p_value}. The statistic is NaN when an E is 0 or
 * n, the p-value also when no degree of freedom is left; all are NaN without rows.
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
    double statistic = 0;
    for (int b = 0; b < bins.size(); b++) {
      double expected = bins.scored()[b];
      double variance = expected * (1 - expected / bins.weight()[b]);
      double gap = bins.outcome()[b] - expected;
      statistic += variance > 0 ? gap * gap / variance : Double.NaN;
    }
    int df = bins.size() - dfMinus;
    double above =
        df > 0 && !Double.isNaN(statistic)
            ? Gamma.regularizedGammaQ(0.5 * df, 0.5 * statistic)
            : Double.NaN;
    return Parts.named(PARTS, statistic, df, above);
  }
}
