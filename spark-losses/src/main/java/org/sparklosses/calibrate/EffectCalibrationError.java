// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import org.sparklosses.exact.ExactSums;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.CompensatedSum;
import org.sparklosses.score.EqualMassBins;

/**
 * How far predicted effects of a treatment are from the mean effects of rows that they are
 * predicted for: the mean over bins of equal mass of the squared mean of pseudo-outcome minus
 * prediction (van der Laan et al. 2023, arXiv:2302.14011, with bins).
 *
 * @param plugin the mean square, which noise within bins makes too large
 * @param debiased the same less what noise adds, the variance in a bin over its effective number of
 *     rows less 1; may be below 0. A bin of one row counts as 0
 */
public record EffectCalibrationError(double plugin, double debiased) {

  private static final int SUMS = 4;
  private static final double ONE_ROW = 1 + 1e-9;

  /**
   * Of rows in memory, in any order.
   *
   * @param effect that is predicted of each row, finite
   * @param pseudoOutcome of each row, finite
   * @param weight of each row, 0 or from 1e-30 to 1e30; null for 1 each
   * @param bins how many, at least 1
   * @return both NaN if there is no row of positive weight
   * @throws IllegalArgumentException if a number is none of these
   */
  public static EffectCalibrationError of(
      double[] effect, double[] pseudoOutcome, double[] weight, int bins) {
    EqualMassBins mass = new EqualMassBins(bins);
    for (int i = 0; i < effect.length; i++) {
      CausalIsotonic.isRow(effect[i], pseudoOutcome[i], weightOf(weight, i));
    }
    Atoms atoms = Atoms.of(effect, pseudoOutcome, weight);
    if (atoms.size() == 0) {
      return new EffectCalibrationError(Double.NaN, Double.NaN);
    }
    CompensatedSum total = new CompensatedSum();
    double[] cumulative = new double[atoms.size()];
    for (int i = 0; i < cumulative.length; i++) {
      total.add(atoms.weight()[i]);
      cumulative[i] = total.value();
    }
    int[] inner = mass.edgeAtoms(cumulative);
    double[] edges = new double[inner.length];
    for (int j = 0; j < edges.length; j++) {
      edges[j] = atoms.score()[inner[j]];
    }
    ExactSums sums = new ExactSums(bins * SUMS);
    for (int i = 0; i < effect.length; i++) {
      double w = weightOf(weight, i);
      double residual = pseudoOutcome[i] - effect[i];
      int at = StepFunction.bin(edges, effect[i] + 0.0, true) * SUMS;
      sums.add(at, w);
      sums.add(at + 1, w * w);
      sums.add(at + 2, w * residual);
      sums.add(at + 3, w * residual * residual);
    }
    return of(sums, bins, total.value());
  }

  private static double weightOf(double[] weight, int i) {
    return weight == null ? 1 : weight[i];
  }

  private static EffectCalibrationError of(ExactSums sums, int bins, double total) {
    CompensatedSum plugin = new CompensatedSum();
    CompensatedSum debiased = new CompensatedSum();
    for (int at = 0; at < bins * SUMS; at += SUMS) {
      double w = sums.value(at);
      if (w > 0) {
        double mean = sums.value(at + 2) / w;
        double variance = sums.value(at + 3) / w - mean * mean;
        double rows = w * w / sums.value(at + 1);
        plugin.add(w / total * mean * mean);
        debiased.add(rows > ONE_ROW ? w / total * (mean * mean - variance / (rows - 1)) : 0);
      }
    }
    return new EffectCalibrationError(plugin.value(), debiased.value());
  }
}
