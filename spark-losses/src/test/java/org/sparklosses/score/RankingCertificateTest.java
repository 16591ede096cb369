// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Figures off a grid against those by definition, and the distance that is promised. */
class RankingCertificateTest {

  private static final int SETS = 1000;
  private static final double ROUNDING = 1e-11;

  /** By figure, the largest share of the promised distance that was needed. */
  private final Map<String, Double> needed = new TreeMap<>();

  @Test
  void everyBoundHoldsOnRandomSets() {
    SplittableRandom random = new SplittableRandom(20240601);
    for (int set = 0; set < SETS; set++) {
      int n = 3 + random.nextInt(50);
      int cells = 1 + random.nextInt(24);
      int resolution = random.nextBoolean() ? 30 : 1 << 20;
      double skill = random.nextDouble();
      double rate = 0.05 + 0.9 * random.nextDouble();
      double[] score = new double[n];
      double[] outcome = new double[n];
      double[] loss = new double[n];
      double[] weight = new double[n];
      for (int i = 0; i < n; i++) {
        outcome[i] = i == 0 ? 1 : i == 1 ? 0 : random.nextDouble() < rate ? 1 : 0;
        double s = skill * outcome[i] + (1 - skill) * random.nextDouble();
        score[i] = Math.rint(s * resolution) / resolution;
        loss[i] = random.nextBoolean() ? outcome[i] : random.nextDouble();
        weight[i] = i > 1 && random.nextInt(8) == 0 ? 0 : Math.exp(3 * random.nextDouble());
      }
      checkRanking("set " + set, score, outcome, weight, cells);
      checkSelective("set " + set, score, outcome, weight, cells);
      checkSelective("set " + set, score, loss, weight, cells);
    }
    // A bound of which little is ever needed promises nothing.
    needed.forEach((figure, share) -> assertTrue(share > 0.4, figure + ": " + share));
  }

  @Test
  void everyBoundHoldsOnRealSets() throws IOException {
    for (int cells : new int[] {16, 3600}) {
      for (String name : List.of("breast_cancer_lr", "breast_cancer_mlp")) {
        JsonNode inputs = inputs(name);
        double[] p = vector(inputs.path("p"));
        checkRanking(name, p, vector(inputs.path("y")), ones(p.length), cells);
      }
      for (String name : List.of("digits_lr", "digits_mlp", "wine_lr", "wine_mlp")) {
        JsonNode inputs = inputs(name);
        double[] conf = vector(inputs.path("conf"));
        checkSelective(name, conf, vector(inputs.path("error")), ones(conf.length), cells);
      }
    }
  }

  private static JsonNode inputs(String name) throws IOException {
    try (InputStream in =
        RankingCertificateTest.class.getResourceAsStream(
            "/golden/calibration/real_" + name + ".json")) {
      return new ObjectMapper().readTree(in).path("inputs");
    }
  }

  private static double[] vector(JsonNode node) {
    double[] values = new double[node.size()];
    Arrays.setAll(values, i -> node.get(i).asDouble());
    return values;
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void checkRanking(String set, double[] s, double[] y, double[] w, int cells) {
    NaiveRanking naive = new NaiveRanking(s, y, w);
    Atoms exact = Atoms.of(s, y, w);
    Atoms grid = Atoms.onGrid(s, y, w, cells);
    check(set, new RocAuc(), naive.auc(), exact, grid);
    check(set, new RocAuc(0.3, false), naive.partialAuc(0.3), exact, grid);
    double standardized = 0.5 * (1 + (naive.partialAuc(0.1) - 0.005) / 0.095);
    check(set, new RocAuc(0.1, true), standardized, exact, grid);
    check(set, new Gini(), 2 * naive.auc() - 1, exact, grid);
    check(set, new KsStatistic(), naive.ksStatistic(), exact, grid);
    check(set, new AveragePrecision(), naive.averagePrecision(), exact, grid);
    check(set, new PrAucTrapezoid(), naive.prAucTrapezoid(), exact, grid);
    check(set, new FprAtTpr(0.8), naive.fprAtTpr(0.8), exact, grid);
    check(set, new DetectionError(), naive.detectionError(), exact, grid);
    check(set, new DetectionErrorAtTpr(0.8), naive.detectionErrorAtTpr(0.8), exact, grid);
    check(set, new Lift(0.25), naive.lift(0.25), exact, grid);
    assertTrue(new KsStatistic().of(grid).get("error_bound") <= largestShare(grid) + ROUNDING, set);
  }

  private static double largestShare(Atoms grid) {
    Sums total = grid.total();
    double largest = 0;
    for (int b = 0; b < grid.size(); b++) {
      double positives = grid.outcome()[b];
      double negatives = grid.weight()[b] - positives;
      largest = Math.max(largest, positives / total.outcome());
      largest = Math.max(largest, negatives / total.rest());
    }
    return largest;
  }

  private void checkSelective(String set, double[] s, double[] loss, double[] w, int cells) {
    NaiveRanking naive = new NaiveRanking(s, loss, w);
    Atoms exact = Atoms.of(s, loss, w);
    Atoms grid = Atoms.onGrid(s, loss, w, cells);
    check(set, new RiskAtCoverage(0.5), naive.riskAtCoverage(0.5), exact, grid);
    check(set, new CoverageAtRisk(0.3), naive.coverageAtRisk(0.3), exact, grid);
    Map<String, Double> ofExact = new Aurc().of(exact);
    Map<String, Double> ofGrid = new Aurc().of(grid);
    naive
        .areas()
        .forEach(
            (area, truth) -> {
              assertEquals(truth, ofExact.get(area), ROUNDING, set + " " + area);
              checkBound(set, area, truth, ofGrid.get(area), ofGrid.get(area + "_error_bound"));
            });
  }

  private void check(String set, Scan scan, double truth, Atoms exact, Atoms grid) {
    String what = set + " " + scan;
    Map<String, Double> ofExact = scan.of(exact);
    assertEquals(truth, ofExact.get("value"), ROUNDING, what);
    assertEquals(0, ofExact.get("error_bound"), ROUNDING, what);
    for (int stretches : new int[] {2, 7}) {
      Stretches.scan(scan, grid, stretches)
          .forEach((part, value) -> assertEquals(scan.of(grid).get(part), value, ROUNDING, what));
    }
    Map<String, Double> ofGrid = scan.of(grid);
    checkBound(set, scan.toString(), truth, ofGrid.get("value"), ofGrid.get("error_bound"));
    if (ofGrid.containsKey("low")) {
      assertTrue(truth >= ofGrid.get("low") - ROUNDING, what + ofGrid + " of " + truth);
      assertTrue(truth <= ofGrid.get("high") + ROUNDING, what + ofGrid + " of " + truth);
    }
  }

  private void checkBound(String set, String figure, double truth, double value, double bound) {
    double distance = Math.abs(truth - value);
    assertTrue(
        distance <= bound + ROUNDING,
        set + " " + figure + ": " + value + " for " + truth + ", bound " + bound);
    needed.merge(figure, bound > 1e-6 ? distance / bound : 0, Math::max);
  }
}
