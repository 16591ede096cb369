// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.ScoreScan;
import org.sparklosses.testing.EveryMetric;

/**
 * What every scan of a metric promises, whatever it computes: the same from one stretch and from
 * many, and on a grid a figure no farther from that of the scores themselves than it says.
 */
class EveryScanTest {

  private static final int SETS = 400;
  private static final double ROUNDING = 1e-11;
  private static final String BOUND = "error_bound";

  /** The scans of all metrics, with their defaults and with each parameter in turn another. */
  static Set<Scan> scans() {
    Set<Scan> scans = new LinkedHashSet<>();
    Stream.concat(EveryMetric.byDefault(2).stream(), EveryMetric.byOtherParameters(2).stream())
        .map(Metrics::bind)
        .map(BoundMetric::scan)
        .flatMap(Optional::stream)
        .map(ScoreScan::scan)
        .forEach(scans::add);
    return scans;
  }

  @Test
  void areOfManyMetrics() {
    assertTrue(scans().size() > 20, scans().toString());
  }

  private static Stream<RandomRows> rows() {
    return Stream.concat(RandomRows.sets(SETS, 60), RandomRows.real());
  }

  @ParameterizedTest
  @MethodSource("scans")
  void stretchesGiveWhatTheWholeGives(Scan scan) {
    rows()
        .flatMap(rows -> Stream.of(rows.exact(), rows.onGrid(16)))
        .forEach(
            atoms -> {
              Map<String, Double> whole = scan.of(atoms);
              for (int stretches : new int[] {2, 7}) {
                Map<String, Double> joined = Stretches.scan(scan, atoms, stretches);
                whole.forEach(
                    (part, value) -> assertEquals(value, joined.get(part), ROUNDING, part));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("scans")
  void gridsAreAsNearAsTheySay(Scan scan) {
    double needed = 0;
    for (RandomRows rows : rows().toList()) {
      Map<String, Double> exact = scan.of(rows.exact());
      for (int cells : new int[] {5, 24}) {
        Map<String, Double> grid = scan.of(rows.onGrid(cells));
        String what = "%s on %d cells, %s by scores".formatted(grid, cells, exact);
        for (String name : grid.keySet()) {
          if (name.endsWith(BOUND)) {
            needed = Math.max(needed, neededShare(name, exact, grid, what));
          }
        }
        if (grid.containsKey("low") && !Double.isNaN(grid.get("value"))) {
          assertTrue(exact.get("value") >= grid.get("low") - ROUNDING, what);
          assertTrue(exact.get("value") <= grid.get("high") + ROUNDING, what);
        }
      }
    }
    assertTrue(needed > 0.4, "a bound of which no more is ever needed promises little: " + needed);
  }

  /** How much of a bound is taken; with all scores in one cell the figure may be undefined. */
  private static double neededShare(
      String name, Map<String, Double> exact, Map<String, Double> grid, String what) {
    String part = name.equals(BOUND) ? "value" : name.replace("_" + BOUND, "");
    double distance = Math.abs(exact.get(part) - grid.get(part));
    if (Double.isNaN(grid.get(part))) {
      return 0;
    }
    assertEquals(0, exact.get(name), ROUNDING, what);
    assertTrue(distance <= grid.get(name) + ROUNDING, () -> part + ": " + what);
    return grid.get(name) > 1e-6 ? distance / grid.get(name) : 0;
  }
}
