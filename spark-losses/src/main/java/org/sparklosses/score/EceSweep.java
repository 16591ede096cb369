// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The calibration error with as many bins as leave the observed rate monotone (Roelofs et al. 2022,
 * arXiv:2012.08668): for b = 2, 3, ... as long as the means of y over b bins do not decrease; the
 * error is that of the last b, or of one bin.
 *
 * <p>Of rows in memory, as the paper has it, ties are split by the order of the rows. Of a
 * distribution they are not, nor are the cells of a grid, so that the result does not depend on an
 * order, and bins are of equal weight.
 *
 * <p>Parts: {@code value}, NaN without rows; {@code n_bins}.
 *
 * @param isSquared whether the error is the root of the mean square gap (l2), not the mean gap (l1)
 * @param isQuantile whether bins are of equal mass, not of equal width
 */
public record EceSweep(boolean isSquared, boolean isQuantile) {

  private static final List<String> PARTS = List.of("value", "n_bins");

  /** Of a distribution. */
  public Map<String, Double> of(Atoms atoms) {
    double total = atoms.total().weight();
    double[] below = new double[atoms.size()];
    CompensatedSum weight = new CompensatedSum();
    for (int i = 0; i < below.length; i++) {
      below[i] = weight.value();
      weight.add(atoms.weight()[i]);
    }
    return sweep(
        new Units(atoms.weight(), atoms.outcome(), atoms.scored()),
        (bins, i, from) ->
            isQuantile
                ? new EqualMassBins(bins).bin(below[i], total, from)
                : width(atoms.score()[i], bins));
  }

  /** Of rows in memory, unweighted. */
  public Map<String, Double> of(double[] p, double[] y) {
    int n = p.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] weight = new double[n];
    Arrays.fill(weight, 1);
    double[] predicted = Arrays.stream(order).mapToDouble(i -> p[i]).toArray();
    double[] observed = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
    return sweep(
        new Units(weight, observed, predicted),
        (bins, i, from) ->
            isQuantile
                ? Math.min(bins - 1, (int) Math.floor(i / (double) n * bins))
                : width(predicted[i], bins));
  }

  private static int width(double p, int bins) {
    return Math.max(0, Math.min(bins - 1, (int) Math.floor(p * bins)));
  }

  private Map<String, Double> sweep(Units units, Bins bins) {
    if (units.weight.length == 0) {
      return Parts.undefined(PARTS);
    }
    Gaps best = gaps(units, bins, 1);
    for (int b = 2; b < units.weight.length; b++) {
      Gaps next = gaps(units, bins, b);
      if (!next.isMonotone) {
        break;
      }
      best = next;
    }
    return Parts.named(PARTS, best.error, best.bins);
  }

  /** What cannot be split, in ascending order of score. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Units(double[] weight, double[] outcome, double[] scored) {}

  /** The bin of a unit, out of so many; does not decrease with the unit. */
  @FunctionalInterface
  private interface Bins {
    int of(int bins, int unit, int from);
  }

  /**
   * What a number of bins gives.
   *
   * @param bins one more than the last bin that has rows
   */
  private record Gaps(boolean isMonotone, double error, int bins) {}

  private Gaps gaps(Units units, Bins bins, int number) {
    boolean isMonotone = true;
    double last = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double total = 0;
    int bin = 0;
    int n = units.weight.length;
    for (int i = 0; i < n; ) {
      bin = bins.of(number, i, bin);
      double weight = 0;
      double outcome = 0;
      double scored = 0;
      do {
        weight += units.weight[i];
        outcome += units.outcome[i];
        scored += units.scored[i];
        i++;
      } while (i < n && bins.of(number, i, bin) == bin);
      double mean = outcome / weight;
      isMonotone &= mean >= last;
      last = mean;
      double gap = Math.abs(outcome - scored);
      sum += isSquared ? gap * gap / weight : gap;
      total += weight;
    }
    return new Gaps(isMonotone, isSquared ? Math.sqrt(sum / total) : sum / total, bin + 1);
  }
}
