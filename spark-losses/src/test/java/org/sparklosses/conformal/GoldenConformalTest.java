// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.inference.Interval;
import org.sparklosses.testing.GoldenFile;

/** Values of an independent implementation of the same formulas. */
class GoldenConformalTest {

  private static final double ROUNDING = 1e-12;

  private static Stream<Arguments> values() {
    return Stream.concat(
            Stream.of(GoldenFile.calibration("conformal")),
            Stream.of("few", "groups", "numbers", "ties").map(GoldenFile::conformal))
        .flatMap(
            file ->
                file.entries().stream()
                    .map(e -> Arguments.of(file.name() + " " + e.name() + " " + e.params(), e)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void value(String name, GoldenFile.Entry golden) {
    switch (golden.name()) {
      case "conformal_quantile" -> quantile(golden);
      case "weighted_conformal_quantile" -> weightedQuantile(golden);
      case "conformal_classification" -> sets(golden, "none");
      case "mondrian_classification" -> sets(golden, golden.params().get("by").asText());
      case "mondrian_thresholds" -> thresholds(golden);
      case "conformal_set_metrics" -> setMetrics(golden);
      case "saps_scores" -> sapsScores(golden);
      case "cqr_scores" -> intervalScores(golden);
      case "conformal_regression" -> intervals(golden);
      case "conformal_risk_control" -> risk(golden);
      case "clopper_pearson" -> clopperPearson(golden);
      case "coverage_range" -> coverageRange(golden);
      case "size_stratified_coverage" -> strata(golden);
      case "worst_slice_coverage" -> worstSlice(golden);
      case "sortable_bits" -> sortableBits(golden);
      case "two_pass_quantile" -> twoPasses(golden);
      default -> throw new AssertionError("no test of " + golden.name());
    }
  }

  private static double alpha(GoldenFile.Entry golden) {
    return parameter(golden, "alpha", 0.1);
  }

  private static double parameter(GoldenFile.Entry golden, String name, double otherwise) {
    return golden.params().has(name) ? golden.params().get(name).asDouble() : otherwise;
  }

  /** The vector, or null. */
  private static int[] indices(GoldenFile.Entry golden, String argument) {
    double[] numbers = golden.vector(argument);
    return numbers == null ? null : Arrays.stream(numbers).mapToInt(x -> (int) x).toArray();
  }

  private static void quantile(GoldenFile.Entry golden) {
    double[] scores = golden.vector("scores");
    double expected = golden.value().asDouble();
    assertEquals(expected, ConformalQuantile.of(scores, alpha(golden)));
    assertEquals((float) expected, counted(scores, null, alpha(golden), 1));
  }

  private static void weightedQuantile(GoldenFile.Entry golden) {
    double[] scores = golden.vector("scores");
    double[] weights = golden.vector("weights");
    double testWeight = parameter(golden, "w_test", 1);
    double expected = golden.value().asDouble();
    assertEquals(expected, ConformalQuantile.weighted(scores, weights, alpha(golden), testWeight));
    assertEquals((float) expected, counted(scores, weights, alpha(golden), testWeight));
  }

  /** By counting in two passes. */
  private static float counted(double[] scores, double[] weights, double alpha, double testWeight) {
    return counted(scores, weights, new int[scores.length], alpha, testWeight)
        .getOrDefault(0, new float[] {Float.POSITIVE_INFINITY})[0];
  }

  private static Map<Integer, float[]> counted(
      double[] scores, double[] weights, int[] keys, double alpha, double testWeight) {
    ScoreCounts cells = ScoreCounts.ofCells(weights != null);
    addAll(scores, weights, keys, cells);
    ThresholdSearch search = new ThresholdSearch(cells, new double[] {alpha}, testWeight);
    ScoreCounts within = ScoreCounts.within(weights != null, search.cells());
    addAll(scores, weights, keys, within);
    return search.thresholds(within);
  }

  private static void addAll(double[] scores, double[] weights, int[] keys, ScoreCounts counts) {
    for (int i = 0; i < scores.length; i++) {
      counts.add(keys[i], (float) scores[i], weights == null ? 1 : weights[i]);
    }
  }

  private static ConformityScore score(GoldenFile.Entry golden) {
    String method = golden.params().has("method") ? golden.params().get("method").asText() : "lac";
    boolean isMondrian = golden.name().startsWith("mondrian");
    Map<String, String> settings = new LinkedHashMap<>();
    if (method.equals("raps")) {
      settings.put("lam", String.valueOf(parameter(golden, "lam", isMondrian ? 0.2 : 0.01)));
      settings.put("k_reg", String.valueOf((int) parameter(golden, "k_reg", 1)));
    } else if (method.equals("saps")) {
      settings.put("lam", String.valueOf(parameter(golden, "lam", 0.2)));
    }
    return ConformityScores.named(method, settings);
  }

  private static void sets(GoldenFile.Entry golden, String by) {
    ConformityScore score = score(golden);
    double[][] ofFit = golden.matrix("P_cal");
    int[] labels = indices(golden, "y_cal");
    int[] groups = indices(golden, "g_cal");
    double[] u = golden.vector("u_cal");
    int classes = ofFit[0].length;
    boolean isByClass = by.equals("class") || by.equals("both");
    boolean isByGroup = by.equals("group") || by.equals("both");
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int i = 0; i < labels.length; i++) {
      rows.computeIfAbsent(isByGroup ? "g" + groups[i] : "", g -> new ArrayList<>()).add(i);
    }
    Map<String, float[]> byGroup = new LinkedHashMap<>();
    Map<String, Double> exact = new LinkedHashMap<>();
    rows.forEach(
        (group, found) -> {
          double[] scores =
              found.stream()
                  .mapToDouble(i -> score.scores(ofFit[i], u == null ? 0 : u[i])[labels[i]])
                  .toArray();
          int[] keys = found.stream().mapToInt(i -> isByClass ? labels[i] : 0).toArray();
          byGroup.put(
              group,
              ThresholdTable.ofGroup(
                  isByClass ? classes : 1, 1, counted(scores, null, keys, alpha(golden), 1)));
          for (int key = 0; key < (isByClass ? classes : 1); key++) {
            int k = key;
            double[] ofKey =
                IntStream.range(0, keys.length)
                    .filter(i -> keys[i] == k)
                    .mapToDouble(i -> scores[i])
                    .toArray();
            exact.put(group + " " + key, ConformalQuantile.of(ofKey, alpha(golden)));
          }
        });
    ThresholdTable table = new ThresholdTable(isByClass ? classes : 1, byGroup);
    if (golden.value().has("qhat")) {
      assertEquals((float) golden.expected("qhat"), table.of("", 0, 1)[0]);
    } else {
      checkThresholds(GoldenFile.doubles(golden.value().get("thresholds")), table, isByGroup);
    }
    PredictionSets sets = PredictionSets.of(score, table, 0, 1);
    double[][] tested = golden.matrix("P_test");
    int[] truth = indices(golden, "y_test");
    int[] testGroups = indices(golden, "g_test");
    double[] testU = golden.vector("u_test");
    SetCounts counts = new SetCounts(false);
    for (int i = 0; i < truth.length; i++) {
      int label = truth[i];
      String group = isByGroup ? "g" + testGroups[i] : "";
      double rowU = testU == null ? 0 : testU[i];
      double[] scores = score.scores(tested[i], rowU);
      double[] q =
          IntStream.range(0, classes)
              .mapToObj(k -> group + " " + (isByClass ? k : 0))
              .mapToDouble(key -> exact.getOrDefault(key, Double.POSITIVE_INFINITY))
              .toArray();
      int[] set = IntStream.range(0, classes).filter(k -> scores[k] <= q[k]).toArray();
      counts.add(set.length, IntStream.of(set).anyMatch(k -> k == label), label, 1);
      // As floats scores are tied that differ by the rounding of their sums alone.
      assertArrayEquals(
          IntStream.range(0, classes).filter(k -> (float) scores[k] <= (float) q[k]).toArray(),
          sets.of(tested[i], rowU, group));
    }
    checkSets(golden, counts.coverage());
  }

  private static void checkThresholds(double[] expected, ThresholdTable table, boolean isByGroup) {
    long infinite = 0;
    for (int key = 0; key < expected.length; key++) {
      int k = key % table.classes();
      float[] ofGroup = table.of(isByGroup ? "g" + key / table.classes() : "", 0, 1);
      assertEquals((float) expected[key], ofGroup == null ? Float.POSITIVE_INFINITY : ofGroup[k]);
      infinite += ofGroup != null && Double.isInfinite(expected[key]) ? 1 : 0;
    }
    assertEquals(infinite, table.infinite(0, 1));
  }

  private static void checkSets(GoldenFile.Entry golden, SetCoverage sets) {
    assertEquals(golden.expected("coverage"), sets.coverage(), ROUNDING);
    assertEquals(golden.expected("mean_size"), sets.meanSize(), ROUNDING);
    assertEquals(golden.expected("empty_rate"), sets.emptyRate(), ROUNDING);
    assertEquals(golden.expected("singleton_rate"), sets.singletonRate(), ROUNDING);
    assertEquals(golden.expected("ssc"), sets.minSizeCoverage(), ROUNDING);
    assertEquals(golden.expected("min_class_coverage"), sets.minClassCoverage(), ROUNDING);
  }

  private static void thresholds(GoldenFile.Entry golden) {
    double[] expected = GoldenFile.doubles(golden.value());
    Map<Integer, float[]> found =
        counted(golden.vector("scores"), null, indices(golden, "key"), alpha(golden), 1);
    for (int key = 0; key < expected.length; key++) {
      assertEquals(
          (float) expected[key], found.getOrDefault(key, new float[] {Float.POSITIVE_INFINITY})[0]);
    }
  }

  private static void setMetrics(GoldenFile.Entry golden) {
    JsonNode sets = golden.inputs().get(golden.args().get("sets").asText());
    int[] labels = indices(golden, "y");
    double[] weights = golden.vector("w");
    SetCounts counts = new SetCounts(weights != null);
    for (int i = 0; i < labels.length; i++) {
      int size = 0;
      for (JsonNode isIn : sets.get(i)) {
        size += isIn.asBoolean() ? 1 : 0;
      }
      boolean isCovered = sets.get(i).get(labels[i]).asBoolean();
      counts.add(size, isCovered, labels[i], weights == null ? 1 : weights[i]);
    }
    checkSets(golden, counts.coverage());
  }

  private static void sapsScores(GoldenFile.Entry golden) {
    double[] u = golden.vector("u");
    double[][] p = golden.matrix("P");
    ConformityScore score = new SortedAdaptiveScore(parameter(golden, "lam", 0.2));
    for (int i = 0; i < p.length; i++) {
      assertArrayEquals(
          GoldenFile.doubles(golden.value().get(i)),
          score.scores(p[i], u == null ? 0 : u[i]),
          1e-15);
    }
  }

  private static void intervalScores(GoldenFile.Entry golden) {
    double[] low = golden.vector("lo");
    double[] high = golden.vector("hi");
    double[] y = golden.vector("y");
    double[] expected = GoldenFile.doubles(golden.value());
    for (int i = 0; i < y.length; i++) {
      assertEquals(expected[i], IntervalScores.of(low[i], high[i], y[i]));
    }
  }

  private static void intervals(GoldenFile.Entry golden) {
    double[] scores = golden.vector("score_cal");
    double q = ConformalQuantile.of(scores, alpha(golden));
    assertEquals(golden.expected("qhat"), q);
    double[] rounded = Arrays.stream(scores).map(IntervalScores::roundedUp).toArray();
    assertEquals(IntervalScores.roundedUp(q), counted(rounded, null, alpha(golden), 1));
    double[] low = golden.vector("lo");
    double[] high = golden.vector("hi");
    double[] y = golden.vector("y");
    double covered = 0;
    double width = 0;
    for (int i = 0; i < y.length; i++) {
      covered += low[i] - q <= y[i] && y[i] <= high[i] + q ? 1 : 0;
      width += high[i] + q - (low[i] - q);
    }
    assertEquals(golden.expected("coverage"), covered / y.length, ROUNDING);
    assertEquals(golden.expected("mean_width"), width / y.length, ROUNDING);
  }

  private static void risk(GoldenFile.Entry golden) {
    double[][] losses = golden.matrix("loss_matrix");
    double[] lambdas = GoldenFile.doubles(golden.params().get("lambdas"));
    RiskSums sums = new RiskSums(lambdas.length, parameter(golden, "B", 1));
    Arrays.stream(losses).forEach(sums::add);
    assertEquals(golden.value().asDouble(), sums.choose(lambdas, alpha(golden)).lambda());
  }

  private static void clopperPearson(GoldenFile.Entry golden) {
    Interval interval =
        Interval.clopperPearson(
            golden.params().get("k").asDouble(),
            golden.params().get("n").asDouble(),
            parameter(golden, "level", 0.95));
    assertEquals(golden.expected("low"), interval.low(), ROUNDING);
    assertEquals(golden.expected("high"), interval.high(), ROUNDING);
  }

  private static void coverageRange(GoldenFile.Entry golden) {
    CoverageRange range =
        CoverageRange.of(
            golden.params().get("n_cal").asLong(), alpha(golden), parameter(golden, "level", 0.95));
    assertEquals(golden.expected("mean"), range.mean(), ROUNDING);
    assertEquals(golden.expected("low"), range.interval().low(), ROUNDING);
    assertEquals(golden.expected("high"), range.interval().high(), ROUNDING);
  }

  private static void strata(GoldenFile.Entry golden) {
    int[] size = indices(golden, "size");
    int[] covered = indices(golden, "covered");
    SetCounts counts = new SetCounts(false);
    for (int i = 0; i < size.length; i++) {
      counts.add(size[i], covered[i] == 1, 0, 1);
    }
    List<List<Integer>> sizes = SizeStrata.DEFAULT;
    if (golden.params().has("strata")) {
      sizes = new ArrayList<>();
      for (JsonNode range : golden.params().get("strata")) {
        sizes.add(List.of(range.get(0).asInt(), range.get(1).asInt()));
      }
    }
    SizeStrata found = SizeStrata.of(counts.coverage(), alpha(golden), sizes);
    assertEquals(sizes.size(), found.strata().size());
    for (int s = 0; s < sizes.size(); s++) {
      SizeStrata.Stratum stratum = found.strata().get(s);
      assertEquals(golden.value().get("rows").get(s).asLong(), stratum.coverage().rows());
      assertEquals(part(golden, "coverage", s), stratum.coverage().share(), ROUNDING);
      assertEquals(part(golden, "low", s), stratum.interval().low(), ROUNDING);
      assertEquals(part(golden, "high", s), stratum.interval().high(), ROUNDING);
    }
    assertEquals(golden.expected("violation"), found.violation(), ROUNDING);
  }

  private static double part(GoldenFile.Entry golden, String name, int s) {
    return golden.value().get(name).get(s).asDouble();
  }

  private static void worstSlice(GoldenFile.Entry golden) {
    int[] covered = indices(golden, "covered");
    int[] group = indices(golden, "group");
    List<Coverage> slices = new ArrayList<>();
    for (int g = 0; g <= Arrays.stream(group).max().orElseThrow(); g++) {
      int id = g;
      int[] rows = IntStream.range(0, group.length).filter(i -> group[i] == id).toArray();
      slices.add(Coverage.of(rows.length, IntStream.of(rows).filter(i -> covered[i] == 1).count()));
    }
    WorstSlice found =
        WorstSlice.of(
            slices,
            alpha(golden),
            parameter(golden, "q", 0.05),
            (long) parameter(golden, "min_rows", 1));
    assertEquals(golden.expected("slices"), found.slices());
    assertEquals(golden.expected("worst"), found.worst());
    assertEquals(golden.expected("rejected"), found.rejected());
    assertEquals(golden.expected("coverage"), found.coverage(), ROUNDING);
    assertEquals(golden.expected("p_value"), found.pValue(), ROUNDING);
    assertEquals(golden.expected("p_adjusted"), found.pAdjusted(), ROUNDING);
    assertEquals(golden.expected("low"), found.interval().low(), ROUNDING);
    assertEquals(golden.expected("high"), found.interval().high(), ROUNDING);
  }

  private static void sortableBits(GoldenFile.Entry golden) {
    double[] numbers = golden.vector("x");
    for (int i = 0; i < numbers.length; i++) {
      long bits = SortableFloats.bits((float) numbers[i]);
      assertEquals(golden.value().get(i).asLong(), bits);
      assertEquals((float) numbers[i] + 0f, SortableFloats.value(bits));
    }
  }

  private static void twoPasses(GoldenFile.Entry golden) {
    double[] scores = golden.vector("scores");
    if (golden.value() == null) {
      assertThrows(IllegalArgumentException.class, () -> counted(scores, null, alpha(golden), 1));
      return;
    }
    long rank = ConformalRank.of(scores.length, alpha(golden));
    assertEquals(golden.value().get("rank").asLong(), rank);
    assertEquals((float) golden.expected("quantile"), counted(scores, null, alpha(golden), 1));
    assertEquals(golden.expected("quantile"), ConformalQuantile.of(scores, alpha(golden)));
    ScoreCounts cells = ScoreCounts.ofCells(false);
    addAll(scores, null, new int[scores.length], cells);
    ThresholdSearch search = new ThresholdSearch(cells, new double[] {alpha(golden)}, 1);
    long cell = golden.value().get("cell").asLong();
    assertArrayEquals(cell < 0 ? new long[0] : new long[] {cell}, search.cells());
    if (cell >= 0) {
      assertEquals(golden.value().get("below").asLong(), search.rowsBelow(0, 0));
    } else {
      assertTrue(rank > scores.length);
    }
  }
}
