// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.List;
import java.util.stream.IntStream;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.PValues;
import org.sparklosses.inference.Tails;

/**
 * The slice that speaks most against coverage of {@code 1 - alpha} everywhere. Of many slices one
 * is always low by chance, so p-values are adjusted for all that were looked at.
 *
 * @param slices how many slices had enough rows
 * @param worst the number of the slice of the least p-value, of those the one of the least
 *     coverage, of those the first; -1 if there is none, all below being NaN
 * @param coverage of that slice
 * @param pValue the probability of as few covered rows or fewer, if coverage is {@code 1 - alpha}
 * @param pAdjusted the same, adjusted as Benjamini and Hochberg do
 * @param rejected how many slices have an adjusted p-value up to q
 * @param interval of the coverage, of level {@code 1 - 0.05 / slices}
 */
public record WorstSlice(
    int slices,
    int worst,
    double coverage,
    double pValue,
    double pAdjusted,
    int rejected,
    Interval interval) {

  private static final double ALL_SLICES = 0.05;

  /**
   * The worst of some slices.
   *
   * @param alpha the share that sets were to leave out, in (0, 1)
   * @param q the share of false alarms among all
   * @param minRows slices of fewer rows are not looked at
   */
  public static WorstSlice of(List<Coverage> slices, double alpha, double q, long minRows) {
    ConformalRank.checkAlpha(alpha);
    double[] p =
        slices.stream()
            .mapToDouble(
                slice ->
                    slice.rows() < Math.max(1, minRows)
                        ? Double.NaN
                        : Tails.binomialAtMost(
                            slice.effectiveCovered(), slice.effectiveRows(), 1 - alpha))
            .toArray();
    double[] adjusted = PValues.benjaminiHochberg(p);
    int looked = (int) IntStream.range(0, p.length).filter(i -> !Double.isNaN(p[i])).count();
    int rejected = (int) IntStream.range(0, p.length).filter(i -> adjusted[i] <= q).count();
    int worst = -1;
    for (int i = 0; i < p.length; i++) {
      boolean isWorse =
          !Double.isNaN(p[i])
              && (worst < 0
                  || p[i] < p[worst]
                  || (p[i] == p[worst] && slices.get(i).share() < slices.get(worst).share()));
      worst = isWorse ? i : worst;
    }
    if (worst < 0) {
      Interval none = new Interval(Double.NaN, Double.NaN);
      return new WorstSlice(0, -1, Double.NaN, Double.NaN, Double.NaN, 0, none);
    }
    return new WorstSlice(
        looked,
        worst,
        slices.get(worst).share(),
        p[worst],
        adjusted[worst],
        rejected,
        slices.get(worst).interval(1 - ALL_SLICES / looked));
  }
}
