// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

/** Values of an independent implementation, at the tolerance that goes with each definition. */
class GoldenCalibrationTest {

  private static final List<String> FILES =
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
          "mc10",
          "mc100",
          "mc3",
          "mc3_ties",
          "mc3_tiny1",
          "mc3_tiny2",
          "mc3_tiny3",
          "mc3_tiny4",
          "mc3_tiny5",
          "mc3_weighted",
          "mc4_all_correct",
          "mc4_all_wrong",
          "real_breast_cancer_lr",
          "real_breast_cancer_mlp",
          "real_digits_lr",
          "real_digits_mlp",
          "real_wine_lr",
          "real_wine_mlp");

  private static final double SUMS = 1e-12;
  private static final double ROOTS = 1e-10;
  private static final double OPTIMUM = 1e-9;
  private static final double PARAMETER = 1e-6;
  private static final double INTEGRAL = 1e-5;

  private static List<Entry> goldens(String name, int number) {
    return GoldenFile.entries(FILES, name, number);
  }

  private static Atoms atoms(Entry golden) {
    return Atoms.of(golden.vector("p"), golden.vector("y"), golden.vector("w"));
  }

  private static int[] labels(Entry golden) {
    return Arrays.stream(golden.vector("y")).mapToInt(y -> (int) y).toArray();
  }

  private static void assertNumber(
      Entry golden, JsonNode expected, double actual, double tolerance) {
    String what = golden.name() + " " + golden.params() + " of " + golden.args();
    if (expected.isTextual()) {
      assertEquals(Double.parseDouble(expected.asText()), actual, what);
    } else {
      double value = expected.doubleValue();
      assertEquals(value, actual, tolerance * Math.max(1, Math.abs(value)), what);
    }
  }

  private static void assertParts(Entry golden, Map<String, Double> actual, double tolerance) {
    if (golden.value().isObject()) {
      golden
          .value()
          .properties()
          .forEach(
              part -> assertNumber(golden, part.getValue(), actual.get(part.getKey()), tolerance));
    } else {
      assertNumber(golden, golden.value(), actual.get("value"), tolerance);
    }
  }

  /** Whole and in stretches. */
  private static void assertScan(
      String name, int number, double tolerance, Function<JsonNode, Scan> scan) {
    for (Entry golden : goldens(name, number)) {
      Scan of = scan.apply(golden.params());
      assertParts(golden, of.of(atoms(golden)), tolerance);
      for (int pieces : new int[] {1, 2, 7}) {
        assertParts(golden, Stretches.scan(of, atoms(golden), pieces), tolerance);
      }
    }
  }

  @Test
  void ecce() {
    assertScan("ecce", 16, SUMS, p -> new Ecce());
  }

  @Test
  void ksCalibrationError() {
    assertScan("ks_calibration_error", 16, SUMS, p -> new KsCalibrationError());
  }

  @Test
  void mmce() {
    assertScan("mmce", 16, ROOTS, p -> new Mmce());
  }

  @Test
  void smoothEce() {
    assertScan("smooth_ece", 8, INTEGRAL, p -> new SmoothEce());
  }

  @Test
  void smoothEceSigma() {
    assertScan(
        "smooth_ece_sigma", 32, INTEGRAL, p -> new SmoothEceSigma(p.get("sigma").asDouble()));
  }

  @Test
  void smoothEceBinned() {
    assertScan(
        "smooth_ece_binned",
        32,
        INTEGRAL,
        p -> new SmoothEceBinned(p.get("sigma").asDouble(), p.get("M").asInt()));
  }

  @Test
  void hosmerLemeshow() {
    for (Entry golden : goldens("hosmer_lemeshow", 48)) {
      JsonNode p = golden.params();
      HosmerLemeshow test = new HosmerLemeshow(p.get("g").asInt(), p.get("df_minus").asInt());
      List<Map<String, Double>> results =
          List.of(test.of(atoms(golden)), Stretches.scan(test, atoms(golden), 7));
      for (Map<String, Double> actual : results) {
        if (golden.value().get("statistic").isTextual()) {
          // A group of p = 1 with a miss: the reference leaves the quotient by 0 undefined.
          assertEquals(Double.POSITIVE_INFINITY, actual.get("statistic"));
          assertEquals(0, actual.get("p_value"));
        } else {
          assertParts(golden, actual, SUMS);
        }
      }
    }
  }

  @Test
  void corpDecomposition() {
    assertScan(
        "corp_decomposition",
        32,
        SUMS,
        p ->
            new CorpDecomposition(
                p.get("score").asText().equals("log") ? BinaryScore.LOG : BinaryScore.BRIER));
  }

  @Test
  void logLossDecomposition() {
    LogLossDecomposition decomposition = new LogLossDecomposition();
    for (Entry golden : goldens("log_loss_binned_decomposition", 7)) {
      assertParts(golden, decomposition.of(atoms(golden)), SUMS);
      for (int pieces : new int[] {1, 2, 7}) {
        assertParts(golden, Stretches.scan(decomposition, atoms(golden), pieces), SUMS);
      }
    }
  }

  @Test
  void coxCalibration() {
    for (Entry golden : goldens("cox_calibration", 7)) {
      Atoms logits = Atoms.of(golden.vector("logit"), golden.vector("y"), golden.vector("w"));
      assertParts(golden, CoxCalibration.of(logits), PARAMETER);
    }
  }

  @Test
  void eceSweep() {
    for (Entry golden : goldens("ece_sweep", 56)) {
      EceSweep sweep =
          new EceSweep(
              golden.params().get("norm").asText().equals("l2"),
              golden.params().get("strategy").asText().equals("quantile"));
      double[] p = golden.vector("p");
      assertParts(golden, sweep.of(p, golden.vector("y")), SUMS);
      if (Arrays.stream(p).distinct().count() == p.length) {
        assertParts(golden, sweep.of(atoms(golden)), SUMS);
      }
    }
  }

  @Test
  void kdeEce() {
    for (Entry golden : goldens("kde_ece", 36)) {
      JsonNode order = golden.params().get("order");
      KdeEce kde =
          new KdeEce(
              golden.params().get("bandwidth").asDouble(), order == null ? 1 : order.asDouble());
      double value = kde.binary(golden.vector("p"), golden.vector("y"));
      assertNumber(golden, golden.value(), value, SUMS);
    }
  }

  @Test
  void kdeEceCanonical() {
    for (Entry golden : goldens("kde_ece_canonical", 14)) {
      KdeEce kde = new KdeEce(golden.params().get("bandwidth").asDouble(), 1);
      double value = kde.canonical(golden.matrix("P"), labels(golden));
      assertNumber(golden, golden.value(), value, SUMS);
    }
  }

  @Test
  void skce() {
    for (Entry golden : goldens("skce", 28)) {
      JsonNode scale = golden.params().get("scale");
      Skce skce = new Skce(scale == null ? 1 : scale.asDouble());
      assertParts(golden, skce.of(golden.matrix("P"), labels(golden)), SUMS);
    }
  }

  @Test
  void logLossRefinement() {
    for (Entry golden : goldens("log_loss_refinement", 16)) {
      Map<String, Double> parts =
          LogLossRefinement.of(
              new ScaledLogits(
                  golden.matrix("logits"), labels(golden), golden.vector("w"), new int[1]));
      for (String part : List.of("log_loss", "refinement", "calibration")) {
        assertNumber(golden, golden.value().get(part), parts.get(part), OPTIMUM);
      }
      assertNumber(golden, golden.value().get("temperature"), parts.get("temperature"), PARAMETER);
    }
  }

  /** The loss of rows of logits times a factor. */
  @SuppressWarnings("ArrayRecordComponent")
  private record ScaledLogits(double[][] logits, int[] label, double[] weight, int[] passes)
      implements LogLossRefinement.Rows {

    @Override
    public List<LogLossRefinement.ScaledLoss> at(double... betas) {
      assertTrue(++passes[0] <= 7, "more passes than are announced");
      return Arrays.stream(betas).mapToObj(this::at).toList();
    }

    private LogLossRefinement.ScaledLoss at(double beta) {
      double loss = 0;
      double slope = 0;
      double total = 0;
      for (int i = 0; i < logits.length; i++) {
        double largest = Arrays.stream(logits[i]).max().orElseThrow();
        double mass = 0;
        double moment = 0;
        for (double z : logits[i]) {
          double share = Math.exp(beta * (z - largest));
          mass += share;
          moment += share * (z - largest);
        }
        double w = weight == null ? 1 : weight[i];
        double ofLabel = logits[i][label[i]] - largest;
        loss += w * (Math.log(mass) - beta * ofLabel);
        slope += w * (moment / mass - ofLabel);
        total += w;
      }
      return new LogLossRefinement.ScaledLoss(loss / total, slope / total);
    }
  }
}
