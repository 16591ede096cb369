// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.ArrayList;
import java.util.List;
import org.sparklosses.inference.Interval;

/**
 * Coverage by how large sets are: sets that are large where rows are hard hold {@code 1 - alpha} in
 * each stratum (Angelopoulos et al. 2021, arXiv:2009.14193).
 *
 * @param strata in the order of their sizes
 * @param violation the largest difference of a coverage from {@code 1 - alpha}; NaN if no stratum
 *     has rows
 */
public record SizeStrata(List<SizeStrata.Stratum> strata, double violation) {

  /** The sizes that are one stratum unless others are named: first and last. */
  public static final List<List<Integer>> DEFAULT =
      List.of(List.of(0, 1), List.of(2, 3), List.of(4, 10), List.of(11, 100), List.of(101, 1000));

  private static final double LEVEL = 0.95;

  /**
   * The sets of some sizes.
   *
   * @param from the least size
   * @param to the largest size
   * @param coverage of their rows
   * @param interval of the coverage, of level 0.95; NaN without rows
   */
  public record Stratum(int from, int to, Coverage coverage, Interval interval) {}

  /** Takes a copy. */
  public SizeStrata {
    strata = List.copyOf(strata);
  }

  /**
   * The strata of sets; sizes in none are left out.
   *
   * @param alpha the share that sets were to leave out
   * @param sizes first and last of each
   */
  public static SizeStrata of(SetCoverage sets, double alpha, List<List<Integer>> sizes) {
    List<Stratum> strata = new ArrayList<>();
    double violation = Double.NaN;
    for (List<Integer> range : sizes) {
      int from = range.get(0);
      int to = range.get(1);
      Coverage coverage = Coverage.NONE;
      if (from <= to) {
        coverage =
            sets.bySize().subMap(from, to + 1).values().stream()
                .reduce(Coverage.NONE, SizeStrata::both);
      }
      boolean isEmpty = coverage.rows() == 0;
      Interval interval = isEmpty ? new Interval(Double.NaN, Double.NaN) : coverage.interval(LEVEL);
      strata.add(new Stratum(from, to, coverage, interval));
      if (!isEmpty) {
        double difference = Math.abs(coverage.share() - (1 - alpha));
        violation = Double.isNaN(violation) ? difference : Math.max(violation, difference);
      }
    }
    return new SizeStrata(strata, violation);
  }

  private static Coverage both(Coverage a, Coverage b) {
    double weight = a.weight() + b.weight();
    double squares = squares(a) + squares(b);
    return new Coverage(
        a.rows() + b.rows(), weight, a.covered() + b.covered(), weight * (weight / squares));
  }

  private static double squares(Coverage part) {
    return part.rows() == 0 ? 0 : part.weight() * (part.weight() / part.effectiveRows());
  }
}
