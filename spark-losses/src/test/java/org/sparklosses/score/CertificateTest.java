// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** On a grid a result is as near to that of all rows as its bound says. */
class CertificateTest {

  private static final int SETS = 1000;
  private static final int[] GRIDS = {7, 60, 3600};
  private static final int FINE = 3600;

  /** Rounding in the truth. */
  private static final double ROUNDING = 1e-13;

  private static void onAllGrids(BiConsumer<RandomRows, Integer> check) {
    RandomRows.sets(SETS, 100)
        .forEach(rows -> Arrays.stream(GRIDS).forEach(g -> check.accept(rows, g)));
    RandomRows.real().forEach(rows -> Arrays.stream(GRIDS).forEach(g -> check.accept(rows, g)));
  }

  private static void assertWithin(double truth, Map<String, Double> onGrid, double rounding) {
    double bound = onGrid.get("error_bound");
    assertTrue(bound >= 0, () -> "bound " + bound);
    assertEquals(truth, onGrid.get("value"), bound + rounding);
  }

  private static void assertExactHasNoError(Function<Atoms, Map<String, Double>> metric) {
    RandomRows.sets(50, 100)
        .forEach(rows -> assertEquals(0, metric.apply(rows.exact()).get("error_bound")));
  }

  /** On the fine grid the bound on the rows of real models is of use, and is not always 0. */
  private static void assertUsefulOnRealRows(
      double most, Function<Atoms, Map<String, Double>> metric) {
    double largest =
        RandomRows.real()
            .mapToDouble(rows -> metric.apply(rows.onGrid(FINE)).get("error_bound"))
            .max()
            .orElseThrow();
    assertTrue(largest > 0 && largest < most, () -> "bound " + largest);
  }

  @Test
  void cumulatedErrors() {
    onAllGrids(
        (rows, cells) -> {
          double[] truth = cumulated(rows);
          Map<String, Double> onGrid = new Ecce().of(rows.onGrid(cells));
          assertTrue(onGrid.get("mad") <= truth[0] + ROUNDING);
          assertEquals(truth[0], onGrid.get("mad"), onGrid.get("error_bound") + ROUNDING);
          assertTrue(onGrid.get("kuiper") <= truth[1] + ROUNDING);
          assertEquals(truth[1], onGrid.get("kuiper"), onGrid.get("kuiper_error_bound") + ROUNDING);
          assertWithin(truth[0], new KsCalibrationError().of(rows.onGrid(cells)), ROUNDING);
          assertTrue(onGrid.get("error_bound") <= largestCell(rows.onGrid(cells)) + ROUNDING);
        });
    assertExactHasNoError(new Ecce()::of);
    assertUsefulOnRealRows(0.1, new Ecce()::of);
  }

  /** The catalogue's bound: the most that residuals of one sign make of a cell. */
  private static double largestCell(Atoms grid) {
    double largest = 0;
    for (int i = 0; i < grid.size(); i++) {
      double falls = grid.scored()[i] - grid.scoredOutcome()[i];
      double rises = grid.outcome()[i] - grid.scoredOutcome()[i];
      largest = Math.max(largest, Math.max(falls, rises));
    }
    return largest / grid.total().weight();
  }

  /** Max |C| and max C - min C, by summing anew up to each score. */
  private static double[] cumulated(RandomRows rows) {
    double low = 0;
    double high = 0;
    double weight = rows.weight();
    for (double t : Arrays.stream(rows.p()).distinct().toArray()) {
      double sum = 0;
      for (int i = 0; i < rows.p().length; i++) {
        sum += rows.p()[i] <= t ? rows.w()[i] * (rows.y()[i] - rows.p()[i]) : 0;
      }
      low = Math.min(low, sum / weight);
      high = Math.max(high, sum / weight);
    }
    return new double[] {Math.max(high, -low), high - low};
  }

  @Test
  void mmce() {
    for (double width : new double[] {0.4, 0.02}) {
      Mmce mmce = new Mmce(width);
      onAllGrids(
          (rows, cells) -> assertWithin(mmce(rows, width), mmce.of(rows.onGrid(cells)), 1e-9));
      assertExactHasNoError(mmce::of);
    }
    assertUsefulOnRealRows(2e-3, new Mmce()::of);
  }

  private static double mmce(RandomRows rows, double width) {
    double sum = 0;
    for (int i = 0; i < rows.p().length; i++) {
      for (int j = 0; j < rows.p().length; j++) {
        sum +=
            rows.w()[i]
                * rows.w()[j]
                * (rows.y()[i] - rows.p()[i])
                * (rows.y()[j] - rows.p()[j])
                * Math.exp(-Math.abs(rows.p()[i] - rows.p()[j]) / width);
      }
    }
    return Math.sqrt(Math.max(0, sum)) / rows.weight();
  }

  @Test
  void smoothErrorAtABandwidth() {
    double meshError = 2e-5;
    for (double sigma : new double[] {0.05, 0.2}) {
      SmoothEceSigma smooth = new SmoothEceSigma(sigma);
      RandomRows.sets(SETS, 40)
          .forEach(
              rows -> {
                double truth = NaiveSmoothEce.of(rows, sigma);
                assertEquals(truth, smooth.of(rows.exact()).get("value"), meshError);
                for (int cells : GRIDS) {
                  assertWithin(truth, smooth.of(rows.onGrid(cells)), meshError);
                  assertWithin(
                      truth, new SmoothEceBinned(sigma, 60).of(rows.onGrid(cells)), meshError);
                }
                assertWithin(truth, new SmoothEceBinned(sigma, 60).of(rows.exact()), meshError);
              });
      assertExactHasNoError(smooth::of);
      assertUsefulOnRealRows(2e-4, smooth::of);
    }
  }

  @Test
  void smoothError() {
    ToDoubleFunction<RandomRows> truth = rows -> new SmoothEce().of(rows.exact()).get("value");
    RandomRows.sets(SETS, 100)
        .forEach(
            rows -> {
              for (int cells : GRIDS) {
                assertWithin(
                    truth.applyAsDouble(rows), new SmoothEce().of(rows.onGrid(cells)), 2e-8);
              }
            });
    RandomRows.real()
        .forEach(
            rows ->
                assertWithin(
                    truth.applyAsDouble(rows), new SmoothEce().of(rows.onGrid(FINE)), 2e-8));
    assertExactHasNoError(new SmoothEce()::of);
    assertUsefulOnRealRows(1e-3, new SmoothEce()::of);
  }

  @Test
  void isotonicDecomposition() {
    for (BinaryScore score : BinaryScore.values()) {
      CorpDecomposition corp = new CorpDecomposition(score);
      onAllGrids(
          (rows, cells) -> {
            double isotonic = isotonicScore(rows, score);
            double mean = meanScore(rows, score);
            assertEquals(
                mean - isotonic, corp.of(rows.exact()).get("miscalibration"), 1e-12 * (1 + mean));
            Map<String, Double> onGrid = corp.of(rows.onGrid(cells), mean);
            double found = mean - onGrid.get("miscalibration");
            if (mean < Double.POSITIVE_INFINITY) {
              assertTrue(found >= isotonic - ROUNDING * (1 + mean));
              assertEquals(isotonic, found, onGrid.get("error_bound") + ROUNDING * (1 + mean));
            }
            double discrimination = onGrid.get("uncertainty") - isotonic;
            assertEquals(
                discrimination, onGrid.get("discrimination"), onGrid.get("error_bound") + ROUNDING);
            if (score == BinaryScore.BRIER) {
              Atoms grid = rows.onGrid(cells);
              double most = Arrays.stream(grid.weight()).max().orElseThrow() / rows.weight();
              assertTrue(onGrid.get("error_bound") <= 2 * most + ROUNDING);
              assertEquals(mean, corp.of(grid).get("score"), ROUNDING);
            }
          });
      assertExactHasNoError(corp::of);
    }
  }

  private static double meanScore(RandomRows rows, BinaryScore score) {
    double sum = 0;
    for (int i = 0; i < rows.p().length; i++) {
      if (rows.w()[i] > 0) {
        sum += rows.w()[i] * score(score, rows.p()[i], rows.y()[i]);
      }
    }
    return sum / rows.weight();
  }

  private static double score(BinaryScore score, double p, double y) {
    double ofOutcome = y == 1 ? p : 1 - p;
    return score == BinaryScore.LOG ? -Math.log(ofOutcome) : (1 - ofOutcome) * (1 - ofOutcome);
  }

  /** The score of the isotonic fit: the slopes of the greatest convex minorant of the sums. */
  private static double isotonicScore(RandomRows rows, BinaryScore score) {
    double[] scores = Arrays.stream(rows.p()).map(p -> p + 0.0).distinct().sorted().toArray();
    double[] weight = new double[scores.length + 1];
    double[] outcome = new double[scores.length + 1];
    for (int i = 0; i < rows.p().length; i++) {
      int at = Arrays.binarySearch(scores, rows.p()[i] + 0.0) + 1;
      weight[at] += rows.w()[i];
      outcome[at] += rows.w()[i] * rows.y()[i];
    }
    Arrays.parallelPrefix(weight, Double::sum);
    Arrays.parallelPrefix(outcome, Double::sum);
    double sum = 0;
    int from = 0;
    while (from < scores.length) {
      int to = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int next = from + 1; next <= scores.length; next++) {
        double slope = (outcome[next] - outcome[from]) / (weight[next] - weight[from]);
        if (slope <= least) {
          least = slope;
          to = next;
        }
      }
      if (to < 0) {
        break; // what is left has no weight
      }
      double hits = outcome[to] - outcome[from];
      double misses = weight[to] - weight[from] - hits;
      double g = Math.min(1, least);
      sum += hits > 1e-12 ? hits * score(score, g, 1) : 0;
      sum += misses > 1e-12 ? misses * score(score, g, 0) : 0;
      from = to;
    }
    return sum / rows.weight();
  }

  @Test
  void equalMass() {
    onAllGrids(
        (rows, cells) -> {
          for (int bins : new int[] {1, 4, 15}) {
            Atoms grid = rows.onGrid(cells);
            double[] mass = new double[bins];
            double[] edges = new EqualMassBins(bins).edges(grid);
            for (int i = 0; i < grid.size(); i++) {
              int bin = 0;
              while (bin < bins - 1 && grid.score()[i] > edges[bin]) {
                bin++;
              }
              mass[bin] += grid.weight()[i] / rows.weight();
            }
            double most = Arrays.stream(grid.weight()).max().orElseThrow() / rows.weight();
            for (double m : mass) {
              assertEquals(1.0 / bins, m, 2 * most + ROUNDING);
            }
            double[] used = Arrays.stream(mass).filter(m -> m > 0).toArray();
            double[] found = new EqualMassBins(bins).of(grid).weight();
            assertEquals(used.length, found.length);
            for (int b = 0; b < used.length; b++) {
              assertEquals(used[b], found[b] / rows.weight(), ROUNDING);
            }
          }
        });
  }
}
