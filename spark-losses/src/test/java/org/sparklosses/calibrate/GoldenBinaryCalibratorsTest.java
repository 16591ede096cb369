// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

/** Values of an independent implementation, at the tolerance that goes with each definition. */
class GoldenBinaryCalibratorsTest {

  private static final List<String> CALIBRATION =
      List.of(
          "bin_all_negative",
          "bin_all_positive",
          "bin_calibrated",
          "bin_edges",
          "bin_empty_bins",
          "bin_overconfident",
          "bin_ties",
          "bin_tiny1",
          "bin_tiny2",
          "bin_tiny3",
          "bin_tiny4",
          "bin_tiny5",
          "bin_underconfident_shifted",
          "bin_weighted",
          "real_breast_cancer_lr",
          "real_breast_cancer_mlp");

  private static final List<String> BINARY =
      List.of(
          "bin_all_negative",
          "bin_all_positive",
          "bin_constant",
          "bin_decreasing",
          "bin_extreme",
          "bin_inside_interval",
          "bin_no_rows",
          "bin_one_positive",
          "bin_one_row",
          "bin_plain",
          "bin_quadratic",
          "bin_rare",
          "bin_separable",
          "bin_ties",
          "bin_touching",
          "bin_two_scores",
          "bin_weighted",
          "bin_zero_weights",
          "real_breast_cancer_mlp",
          "mc2",
          "mc3_constant",
          "mc3_equal_rows",
          "mc3_inverted",
          "mc3_no_rows",
          "mc3_one_hot",
          "mc3_one_label",
          "mc3_one_row",
          "mc3_plain",
          "mc3_separable",
          "mc3_weighted",
          "mc3_zero_weights",
          "mc40_vector",
          "mc4_absent_class",
          "mc5_few_rows",
          "mc6",
          "real_digits_mlp",
          "real_wine_mlp");

  private static final Map<Integer, FitStatus> STATUS =
      Map.of(
          0, FitStatus.OK,
          1, FitStatus.SEPARABLE,
          2, FitStatus.ONE_CLASS,
          3, FitStatus.ONE_SCORE,
          4, FitStatus.TWO_SCORES);

  private static final int NO_ROW = 5;

  private static final double SUMS = 1e-12;
  private static final double PROBABILITY = 1e-9;
  private static final double PARAMETER = 1e-6;
  private static final double QUADRATIC_PARAMETER = 1e-8;
  private static final double LOSS = 1e-10;

  private static List<Entry> goldens(String name, int number) {
    List<Entry> found =
        Stream.concat(
                CALIBRATION.stream().map(GoldenFile::calibration),
                BINARY.stream().map(GoldenFile::binaryCalibrators))
            .flatMap(file -> file.entries().stream())
            .filter(entry -> entry.name().equals(name))
            .toList();
    assertEquals(number, found.size(), name);
    return found;
  }

  private static BinaryTable probabilities(Entry golden) {
    return BinaryTable.of(
        InputScale.PROBABILITY, golden.vector("p"), golden.vector("y"), golden.vector("w"));
  }

  private static BinaryTable logits(Entry golden, String argument) {
    return BinaryTable.of(
        InputScale.LOGIT, golden.vector(argument), golden.vector("y"), golden.vector("w"));
  }

  private static String what(Entry golden) {
    return golden.name() + " " + golden.params() + " of " + golden.args();
  }

  private static void assertRelative(
      Entry golden, double expected, double actual, double tolerance) {
    double scale = Double.isFinite(expected) ? Math.max(1, Math.abs(expected)) : 1;
    assertEquals(expected, actual, tolerance * scale, () -> what(golden));
  }

  private static void assertNumbers(Entry golden, String part, double[] actual, double tolerance) {
    double[] expected = GoldenFile.doubles(golden.value().get(part));
    assertEquals(expected.length, actual.length, () -> part + " of " + what(golden));
    for (int i = 0; i < actual.length; i++) {
      assertRelative(golden, expected[i], actual[i], tolerance);
    }
  }

  private static double[] mapped(BinaryMap map, double[] query) {
    return Arrays.stream(query).map(map::probability).toArray();
  }

  @Test
  void quadraticScaling() {
    for (Entry golden : goldens("quadratic_scaling", 38)) {
      BinaryTable table = logits(golden, "z");
      Map<String, Integer> settings = Map.of("degree", golden.params().get("degree").asInt());
      int status = golden.value().get("status").asInt();
      if (status == NO_ROW) {
        assertThrows(
            IllegalArgumentException.class,
            () -> BinaryCalibrators.fit("quadratic_scaling", table, settings));
        continue;
      }
      BinaryFit fit = BinaryCalibrators.fit("quadratic_scaling", table, settings);
      assertEquals(STATUS.get(status), fit.status(), () -> what(golden));
      for (String name : List.of("a", "b", "c")) {
        double expected = golden.expected(name);
        assertEquals(
            expected,
            fit.map().numbers().number(name),
            QUADRATIC_PARAMETER * Math.abs(expected),
            () -> name + " of " + what(golden));
      }
      assertEquals(golden.expected("loss"), fit.lossAfter(), LOSS);
      assertRelative(
          golden, golden.expected("increasing_from"), fit.map().increasing().from(), 1e-7);
      assertRelative(golden, golden.expected("increasing_to"), fit.map().increasing().to(), 1e-7);
      assertEquals(golden.expected("share_outside"), fit.shareOutside(), SUMS);
      assertNumbers(golden, "predict", mapped(fit.map(), golden.vector("query")), PROBABILITY);
    }
  }

  @Test
  void plattScaling() {
    for (Entry golden : goldens("platt_scaling", 12)) {
      boolean priors = golden.params().get("priors").asBoolean();
      BinaryTable table = logits(golden, "s");
      BinaryFit fit = BinaryCalibrators.fit("platt_scaling", table, Map.of("priors", priors));
      assertRelative(golden, golden.expected("a"), fit.map().numbers().number("slope"), PARAMETER);
      assertRelative(
          golden, golden.expected("b"), fit.map().numbers().number("intercept"), PARAMETER);
      if (priors) {
        assertEquals(golden.expected("loss"), softenedLoss(table.logits(), fit.map()), PROBABILITY);
      } else {
        assertEquals(golden.expected("loss"), fit.lossAfter(), PROBABILITY);
      }
    }
  }

  /** The mean loss of Platt's targets. */
  private static double softenedLoss(BinaryPoints points, BinaryMap map) {
    double ones = points.positives();
    double zeros = points.negatives();
    double one = (ones + 1) / (ones + 2);
    double zero = 1 / (zeros + 2);
    double loss = 0;
    for (int i = 0; i < points.size(); i++) {
      double p = map.probability(points.score()[i]);
      double towards = points.positive()[i] * one + points.negative()[i] * zero;
      loss -= towards * Math.log(p) + (points.weight(i) - towards) * Math.log1p(-p);
    }
    return loss / (ones + zeros);
  }

  @Test
  void betaCalibration() {
    for (Entry golden : goldens("beta_calibration", 6)) {
      BinaryFit fit = BinaryCalibrators.fit("beta_calibration", probabilities(golden), Map.of());
      for (String name : List.of("a", "b", "c")) {
        assertRelative(golden, golden.expected(name), fit.map().numbers().number(name), PARAMETER);
      }
      assertEquals(golden.expected("loss"), fit.lossAfter(), PROBABILITY);
      assertEquals(FitStatus.OK, fit.status());
    }
  }

  @Test
  void temperatureWithFloor() {
    for (Entry golden : goldens("temperature_mix", 2)) {
      boolean isLogit = golden.args().has("logits");
      double[][] rows = golden.matrix(isLogit ? "logits" : "P");
      BinaryTable table =
          isLogit
              ? BinaryTable.of(
                  InputScale.LOGIT,
                  Arrays.stream(rows).mapToDouble(row -> row[1] - row[0]).toArray(),
                  golden.vector("y"),
                  null)
              : BinaryTable.of(InputScale.PROBABILITY, column(rows, 1), golden.vector("y"), null);
      BinaryFit fit = BinaryCalibrators.fit("temperature_scaling", table, Map.of("floor", "mix"));
      assertRelative(
          golden,
          golden.expected("beta"),
          1 / fit.map().numbers().number("temperature"),
          PARAMETER);
      assertEquals(golden.expected("epsilon"), fit.map().numbers().number("floor"), SUMS);
      assertEquals(golden.expected("loss"), fit.lossAfter(), LOSS);
      assertEquals(FitStatus.OK, fit.status());
      if (golden.args().has("query")) {
        double[][] query = golden.matrix("query");
        double[][] expected = GoldenFile.matrix(golden.value().get("predict"));
        for (int i = 0; i < query.length; i++) {
          assertEquals(expected[i][1], fit.map().ofProbability(query[i][1]), PROBABILITY);
        }
      }
    }
  }

  private static double[] column(double[][] rows, int k) {
    return Arrays.stream(rows).mapToDouble(row -> row[k]).toArray();
  }

  @Test
  void logitOffset() {
    for (Entry golden : goldens("logit_offset", 38)) {
      double[] z = golden.vector("z");
      BinaryTable table =
          BinaryTable.of(InputScale.LOGIT, z, new double[z.length], golden.vector("w"));
      Map<String, Double> settings = Map.of("target", golden.params().get("target").asDouble());
      double expected = golden.value().asDouble();
      if (Double.isNaN(expected)) {
        assertThrows(
            IllegalArgumentException.class,
            () -> BinaryCalibrators.fit("logit_offset", table, settings));
      } else {
        BinaryFit fit = BinaryCalibrators.fit("logit_offset", table, settings);
        assertRelative(golden, expected, fit.map().numbers().number("offset"), PROBABILITY);
      }
    }
  }

  @Test
  void isotonicCalibration() {
    for (Entry golden : goldens("isotonic_calibration", 16)) {
      BinaryFit fit =
          BinaryCalibrators.fit("isotonic_calibration", probabilities(golden), Map.of());
      double[] x = GoldenFile.doubles(golden.value().get("x"));
      assertNumbers(golden, "y", mapped(fit.map(), x), SUMS);
    }
  }

  @Test
  void centeredIsotonic() {
    for (Entry golden : goldens("centered_isotonic", 19)) {
      BinaryTable table = probabilities(golden);
      if (golden.value() == null) {
        assertEquals(0, table.rows());
        assertThrows(
            IllegalArgumentException.class,
            () -> BinaryCalibrators.fit("centered_isotonic", table, Map.of()));
        continue;
      }
      BinaryMap map = BinaryCalibrators.fit("centered_isotonic", table, Map.of()).map();
      assertNumbers(golden, "x", map.numbers().array("x"), SUMS);
      assertNumbers(golden, "y", map.numbers().array("y"), SUMS);
      assertNumbers(golden, "predict", mapped(map, golden.vector("query")), PROBABILITY);
    }
  }

  @Test
  void vennAbers() {
    for (Entry golden : goldens("venn_abers", 19)) {
      BinaryPoints groups = probabilities(golden).groups(InputScale.PROBABILITY);
      VennAbers.Pairs log = VennAbers.pairs(groups, InputScale.PROBABILITY, true);
      VennAbers.Pairs brier = VennAbers.pairs(groups, InputScale.PROBABILITY, false);
      double[] query = golden.vector("query");
      assertNumbers(golden, "p0", Arrays.stream(query).map(log::p0).toArray(), SUMS);
      assertNumbers(golden, "p1", Arrays.stream(query).map(log::p1).toArray(), SUMS);
      assertNumbers(golden, "p_log", mapped(log, query), SUMS);
      assertNumbers(golden, "p_brier", mapped(brier, query), SUMS);
    }
  }

  @Test
  void histogramBinning() {
    for (Entry golden : goldens("histogram_binning", 12)) {
      BinaryMap map =
          BinaryCalibrators.fit(
                  "histogram_binning",
                  probabilities(golden),
                  Map.of(
                      "n_bins", golden.params().get("n_bins").asInt(),
                      "strategy", golden.params().get("strategy").asText()))
              .map();
      double[] edges = GoldenFile.doubles(golden.value().get("edges"));
      assertEquals(edges.length - 2, map.numbers().array("edges").length);
      for (int j = 1; j < edges.length - 1; j++) {
        assertEquals(edges[j], map.numbers().array("edges")[j - 1]);
      }
      assertNumbers(golden, "values", map.numbers().array("values"), SUMS);
    }
  }

  @Test
  void bayesianBinning() {
    for (Entry golden : goldens("bbq", 5)) {
      BinaryTable table = probabilities(golden);
      List<BayesianBinning.Histogram> histograms =
          BayesianBinning.histograms(table.groups(InputScale.PROBABILITY), 2);
      JsonNode bins = golden.value().get("bins");
      assertEquals(bins.get(0).asInt(), histograms.get(0).values().length);
      assertEquals(bins.get(1).asInt(), histograms.get(histograms.size() - 1).values().length);
      assertNumbers(
          golden,
          "log_scores",
          histograms.stream().mapToDouble(BayesianBinning.Histogram::logScore).toArray(),
          SUMS);
      BinaryMap map = BinaryCalibrators.fit("bbq", table, Map.of()).map();
      assertNumbers(golden, "predict", mapped(map, query(golden)), PROBABILITY);
    }
  }

  /** A query that stands among the parameters or the inputs. */
  private static double[] query(Entry golden) {
    return golden.params().has("query")
        ? GoldenFile.doubles(golden.params().get("query"))
        : golden.vector("query");
  }

  @Test
  void splineCalibration() {
    for (Entry golden : goldens("spline_calibration", 5)) {
      double[] p = golden.vector("p");
      int knots = golden.params().get("n_knots").asInt();
      BinaryTable table = probabilities(golden);
      BinaryPoints groups = table.groups(InputScale.PROBABILITY);
      assertNumbers(golden, "knots", SplineCalibration.ordinates(groups, knots), PROBABILITY);
      double[] values = SplineCalibration.calibrated(groups, knots);
      assertNumbers(
          golden,
          "calibrated",
          Arrays.stream(p).map(x -> values[Arrays.binarySearch(groups.score(), x)]).toArray(),
          PROBABILITY);
      BinaryMap map =
          BinaryCalibrators.fit("spline_calibration", table, Map.of("n_knots", knots)).map();
      for (double x : p) {
        double value = values[Arrays.binarySearch(groups.score(), x)];
        assertEquals(Math.max(0, Math.min(1, value)), map.probability(x));
      }
    }
  }

  @Test
  void scalingBinning() {
    for (Entry golden : goldens("scaling_binning", 5)) {
      double[] fitted = golden.vector("s_fit");
      double[] binned = golden.vector("s_bin");
      BinaryMap map =
          new ScalingBinning()
              .fit(
                  BinaryTable.of(InputScale.LOGIT, fitted, golden.vector("y_fit"), null),
                  BinaryTable.of(InputScale.LOGIT, binned, new double[binned.length], null),
                  10)
              .map();
      assertRelative(golden, golden.expected("a"), map.numbers().number("slope"), PARAMETER);
      assertRelative(golden, golden.expected("b"), map.numbers().number("intercept"), PARAMETER);
      assertNumbers(golden, "edges", map.numbers().array("edges"), PROBABILITY);
      assertNumbers(golden, "values", map.numbers().array("values"), PROBABILITY);
      assertNumbers(golden, "predict", mapped(map, query(golden)), PROBABILITY);
    }
  }

  @Test
  void oneVersusRestWithFloor() {
    for (Entry golden : goldens("ovr_with_floor", 112)) {
      double[][] rows = golden.matrix("P");
      double[] labels = golden.vector("y");
      double[] weights = golden.vector("w");
      String floor = golden.params().get("floor").asText();
      int classes = rows[0].length;
      boolean isIsotonic = golden.params().get("method").asText().equals("isotonic");
      List<BinaryMap> maps = new ArrayList<>();
      double weight = 0;
      for (int k = 0; k < classes; k++) {
        int own = k;
        double[] isOwn = Arrays.stream(labels).map(y -> y == own ? 1 : 0).toArray();
        BinaryTable table = BinaryTable.of(InputScale.PROBABILITY, column(rows, k), isOwn, weights);
        weight = table.weight();
        maps.add(
            BinaryCalibrators.fit(
                    isIsotonic ? "isotonic_calibration" : "histogram_binning",
                    table,
                    isIsotonic
                        ? Map.of()
                        : Map.of(
                            "strategy",
                            golden.params().get("strategy").asText(),
                            "laplace",
                            floor.equals("laplace") ? classes : 0))
                .map());
      }
      OneVersusRest all = new OneVersusRest(maps, floor.equals("mix") ? Floor.share(weight) : 0);
      assertRows(golden, golden.matrix("query"), all::probabilities);
    }
  }

  @Test
  void oneVersusRestOfVennAbers() {
    for (Entry golden : goldens("venn_abers_ovr", 16)) {
      double[][] rows = golden.matrix("P");
      double[] labels = golden.vector("y");
      List<BinaryMap> maps = new ArrayList<>();
      for (int k = 0; k < rows[0].length; k++) {
        int own = k;
        double[] isOwn = Arrays.stream(labels).map(y -> y == own ? 1 : 0).toArray();
        BinaryTable table =
            BinaryTable.of(InputScale.PROBABILITY, column(rows, k), isOwn, golden.vector("w"));
        maps.add(BinaryCalibrators.fit("venn_abers", table, Map.of()).map());
      }
      assertRows(golden, golden.matrix("query"), new OneVersusRest(maps, 0)::probabilities);
    }
  }

  private interface RowMap {
    double[] of(double[] row);
  }

  private static void assertRows(Entry golden, double[][] query, RowMap map) {
    double[][] expected = GoldenFile.matrix(rows(golden.value()));
    for (int i = 0; i < query.length; i++) {
      double[] actual = map.of(query[i]);
      for (int k = 0; k < actual.length; k++) {
        assertRelative(golden, expected[i][k], actual[k], SUMS);
      }
    }
  }

  private static JsonNode rows(JsonNode value) {
    return value.isArray() ? value : value.get("predict");
  }

  @Test
  void priorCorrection() {
    for (Entry golden : goldens("prior_correction", 54)) {
      double[] trained = golden.vector("prior_train");
      double[] actual = golden.vector("prior_true");
      if (golden.value() == null) {
        assertThrows(IllegalArgumentException.class, () -> PriorCorrection.of(trained, actual));
      } else {
        assertRows(golden, golden.matrix("P"), PriorCorrection.of(trained, actual)::probabilities);
      }
    }
  }

  @Test
  void priorCorrectionBinary() {
    for (Entry golden : goldens("prior_correction_binary", 30)) {
      double trained = golden.params().get("prior_train").asDouble();
      double actual = golden.params().get("prior_true").asDouble();
      double[] p = golden.vector("p");
      if (golden.value() == null) {
        assertThrows(
            IllegalArgumentException.class, () -> PriorCorrection.binary(p[0], trained, actual));
      } else {
        double[] expected = GoldenFile.doubles(golden.value());
        for (int i = 0; i < p.length; i++) {
          assertRelative(golden, expected[i], PriorCorrection.binary(p[i], trained, actual), SUMS);
        }
      }
    }
  }

  @Test
  void undersamplingCorrection() {
    for (Entry golden : goldens("undersampling_correction", 5)) {
      double rate = golden.params().get("keep_rate").asDouble();
      double[] p = golden.vector("p");
      double[] expected = GoldenFile.doubles(golden.value());
      for (int i = 0; i < p.length; i++) {
        assertRelative(golden, expected[i], PriorCorrection.undersampling(p[i], rate), SUMS);
      }
    }
  }

  @Test
  void fitFromCells() {
    for (Entry golden : goldens("binary_fit_from_cells", 324)) {
      LogitFeatures features =
          switch (golden.params().get("kind").asText()) {
            case "platt" -> LogitFeatures.LINEAR;
            case "quadratic" -> LogitFeatures.QUADRATIC;
            default -> LogitFeatures.BETA;
          };
      BinaryTable.StandIn standIn =
          switch (golden.params().get("use").asText()) {
            case "variance" -> BinaryTable.StandIn.SPREAD;
            case "mean" -> BinaryTable.StandIn.MEAN;
            default -> BinaryTable.StandIn.MIDDLE;
          };
      LogitCells cells = new LogitCells(golden.params().get("n_cells").asInt(), -20, 20);
      BinaryPoints rows = rows(golden, cells);
      BinaryPoints points = BinaryTable.of(cells, standIn).logits();
      LogitFit fit = LogitFit.of(points, features, false);
      if (golden.value() == null) {
        assertNotEquals(FitStatus.OK, fit.status(), () -> what(golden));
        continue;
      }
      assertEquals(
          STATUS.get(golden.value().get("status").asInt()), fit.status(), () -> what(golden));
      assertEquals(golden.value().get("used_cells").asInt(), cells.usedCells());
      assertNumbers(golden, "theta", fit.theta(), PARAMETER);
      if (fit.status() == FitStatus.OK) {
        double excess =
            loss(rows, features, fit.theta())
                - loss(rows, features, LogitFit.of(rows, features, false).theta());
        assertEquals(golden.expected("excess_loss"), Math.max(0, excess), SUMS);
        assertBound(golden, cells, points, features, fit.theta(), excess);
      }
    }
  }

  private static void assertBound(
      Entry golden,
      LogitCells cells,
      BinaryPoints points,
      LogitFeatures features,
      double[] theta,
      double excess) {
    double expected = golden.expected("excess_bound");
    if (golden.params().get("use").asText().equals("variance")) {
      double bound = CellExcess.bound(cells, points, features, theta);
      assertTrue(excess <= bound + SUMS, () -> what(golden));
      assertTrue(bound <= 10 * expected + SUMS, () -> bound + ", not " + expected);
      assertEquals(Double.isInfinite(expected), Double.isInfinite(bound), () -> what(golden));
    } else {
      assertEquals(Double.POSITIVE_INFINITY, expected);
      assertTrue(BinaryTable.of(cells, BinaryTable.StandIn.MEAN).cells().isEmpty());
    }
  }

  /** The rows as they are, which a table of logits would clip, and the cells that they are in. */
  private static BinaryPoints rows(Entry golden, LogitCells cells) {
    double[] z = golden.vector("z");
    double[] y = golden.vector("y");
    double[] w = golden.vector("w");
    TreeMap<Double, double[]> weights = new TreeMap<>();
    for (int i = 0; i < z.length; i++) {
      double weight = w == null ? 1 : w[i];
      cells.add(z[i], y[i] == 1, weight);
      if (weight > 0) {
        weights.computeIfAbsent(z[i], key -> new double[2])[(int) y[i]] += weight;
      }
    }
    List<double[]> sums = List.copyOf(weights.values());
    return new BinaryPoints(
        weights.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        sums.stream().mapToDouble(s -> s[1]).toArray(),
        sums.stream().mapToDouble(s -> s[0]).toArray());
  }

  private static double loss(BinaryPoints rows, LogitFeatures features, double[] theta) {
    return rows.logLoss(
        z -> IntStream.range(0, theta.length).mapToDouble(j -> theta[j] * features.of(j, z)).sum());
  }
}
