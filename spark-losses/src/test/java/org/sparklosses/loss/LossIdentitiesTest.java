// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** What must hold between the losses for any row, on random rows with random parameters. */
class LossIdentitiesTest {

  private static final int ROWS = 200;
  private static final double EXACT = 1e-12;

  private final Random random = new Random(11);

  @Test
  void limitsAreCrossEntropy() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double l = loss("cross_entropy_loss", Map.of(), z, y);
      double any = 5 * random.nextDouble();
      assertClose(l, loss("comp_sum_loss", Map.of("tau", 1), z, y));
      assertClose(l, loss("focal_loss", Map.of("gamma", 0), z, y));
      assertClose(l, loss("poly1_cross_entropy_loss", Map.of("epsilon", 0), z, y));
      assertClose(l, loss("generalized_cross_entropy_loss", Map.of("q", 0), z, y));
      assertClose(l, loss("label_smoothing_loss", Map.of("alpha", 0), z, y));
      assertClose(l, loss("poly_cross_entropy_loss", Map.of("epsilons", List.of()), z, y));
      assertClose(l, loss("poly1_focal_loss", Map.of("epsilon", 0, "gamma", 0), z, y));
      assertClose(l, loss("poly_focal_loss", Map.of("epsilons", List.of(0), "gamma", 0), z, y));
      assertClose(l, loss("dual_focal_loss", Map.of("gamma", 0), z, y));
      Map<String, Object> plain = Map.of("label_smoothing", 0, "gamma_neg", any);
      assertClose(l, loss("asymmetric_single_label_loss", plain, z, y));
      assertClose(l, loss("symmetric_cross_entropy_loss", Map.of("alpha", 1, "beta", 0), z, y));
      assertClose(l, loss("max_suppression_loss", Map.of("alpha", 0), z, y));
      assertClose(l, loss("dco_loss", Map.of("n", 1), z, y));
      double logC = Math.log(z.length);
      assertClose(l - logC, loss("ldr_kl_loss", Map.of("margin", 0), z, y));
      assertClose(l, adversarial(Map.of("tau", 1, "nu", any), z, z, y));
      assertClose(
          l,
          RowFunctions.named("oko_loss")
              .bind(Map.of())
              .apply(new Row(new Object[] {new double[][] {z}}, new double[2], y, null)));
    }
  }

  /** With log(1/p) = l, the distance of (1 - p^q) / q from l is less than q l^2 / 2. */
  @Test
  void generalizedCrossEntropyTendsToCrossEntropy() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double l = loss("cross_entropy_loss", Map.of(), z, y);
      for (double q = 1e-1; q > 1e-15; q /= 10) {
        double distance = l - loss("generalized_cross_entropy_loss", Map.of("q", q), z, y);
        assertTrue(distance >= -EXACT * (1 + l) && distance <= q * l * l / 2 + EXACT * (1 + l));
      }
    }
  }

  @Test
  void smoothedLabelsAreSoftLabels() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double a = random.nextDouble();
      double ofAll = 0;
      double[] t = new double[z.length];
      for (int j = 0; j < z.length; j++) {
        ofAll += loss("cross_entropy_loss", Map.of(), z, j);
        t[j] = (j == y ? 1 - a : 0) + a / z.length;
      }
      double expected = (1 - a) * loss("cross_entropy_loss", Map.of(), z, y) + a / z.length * ofAll;
      assertClose(expected, loss("cross_entropy_loss", Map.of("label_smoothing", a), z, y));
      assertClose(expected, loss("label_smoothing_loss", Map.of("alpha", a), z, y));
      Row soft = Row.of(z, t, statistics(z, RowStatistics.NO_LABEL));
      assertClose(
          expected, RowFunctions.named("cross_entropy_loss").bindSoft(Map.of()).apply(soft));
    }
  }

  @Test
  void temperatureOneChangesNothing() {
    Map<String, Object> one = Map.of("temperature", 1);
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      double[] teacher = random.doubles(z.length, -6, 6).toArray();
      double[] p = probabilities(z);
      double[] q = probabilities(teacher);
      assertArrayEquals(p, array("softmax", one, z), EXACT);
      double divergence = 0;
      for (int j = 0; j < z.length; j++) {
        divergence += q[j] * Math.log(q[j] / p[j]);
        assertClose(Math.log(p[j]), array("log_softmax", one, z)[j]);
      }
      assertClose(divergence, ofTwo("kd_loss", one, z, teacher));
      assertClose(divergence, ofTwo("kl_divergence_loss", Map.of(), q, p));
      double t = 0.1 + 5 * random.nextDouble();
      double[] divided = Arrays.stream(z).map(x -> x / t).toArray();
      assertArrayEquals(
          probabilities(divided), array("softmax", Map.of("temperature", t), z), EXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kl_divergence_loss",
        "symmetric_kl_loss",
        "jensen_shannon_loss",
        "cauchy_schwarz_divergence_loss",
        "renyi_divergence_loss",
        "alpha_divergence_loss"
      })
  void divergencesAreZeroOnlyBetweenEquals(String function) {
    for (int i = 0; i < ROWS; i++) {
      double[] p = probabilities(logits());
      double[] q = probabilities(random.doubles(p.length, -6, 6).toArray());
      Map<String, Object> settings =
          RowFunctions.named(function).settings().stream().anyMatch(s -> s.name().equals("alpha"))
              ? Map.of("alpha", 3 * random.nextDouble())
              : Map.of();
      assertEquals(0, ofTwo(function, settings, p, p), 1e-11);
      assertTrue(ofTwo(function, settings, p, q) > 0);
    }
  }

  @Test
  void divergencesOfAnOrderTendToThatOfKullbackAndLeibler() {
    for (int i = 0; i < ROWS; i++) {
      double[] p = probabilities(logits());
      double[] q = probabilities(random.doubles(p.length, -6, 6).toArray());
      double forward = ofTwo("kl_divergence_loss", Map.of(), p, q);
      double backward = ofTwo("kl_divergence_loss", Map.of(), q, p);
      Map<String, Object> one = Map.of("alpha", 1);
      assertClose(forward, ofTwo("renyi_divergence_loss", one, p, q));
      assertClose(forward, ofTwo("alpha_divergence_loss", one, p, q));
      assertClose(backward, ofTwo("alpha_divergence_loss", Map.of("alpha", 0), p, q));
      assertClose(forward + backward, ofTwo("symmetric_kl_loss", Map.of(), p, q));
      double below = ofTwo("renyi_divergence_loss", Map.of("alpha", 1 - 1e-4), p, q);
      double above = ofTwo("renyi_divergence_loss", Map.of("alpha", 1 + 1e-4), p, q);
      assertTrue(below < forward && forward < above);
      assertEquals(0, above - below, 1e-2);
    }
  }

  @Test
  void compSumIsAFamily() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double q = random.nextDouble();
      double complement = loss("unhinged_loss", Map.of(), z, y);
      assertClose(
          loss("sum_exponential_loss", Map.of(), z, y),
          loss("comp_sum_loss", Map.of("tau", 0), z, y));
      assertClose(
          loss("generalized_cross_entropy_loss", Map.of("q", q), z, y),
          loss("comp_sum_loss", Map.of("tau", 1 + q), z, y));
      assertClose(complement, loss("comp_sum_loss", Map.of("tau", 2), z, y));
      assertClose(2 * complement, loss("mae_loss", Map.of(), z, y));
      assertClose(complement, loss("agce_loss", Map.of("a", 5 * q, "q", 1), z, y));
      assertClose(complement, loss("aul_loss", Map.of("a", 1 + q, "q", 1), z, y));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "normalized_cross_entropy_loss",
        "normalized_focal_loss",
        "normalized_mae_loss",
        "normalized_reverse_cross_entropy_loss",
        "normalized_generalized_cross_entropy_loss"
      })
  void normalizedLossesSumToOneOverTheLabels(String function) {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      double sum = 0;
      for (int y = 0; y < z.length; y++) {
        sum += loss(function, Map.of(), z, y);
      }
      assertClose(1, sum);
    }
  }

  @Test
  void normalizedLimits() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double share = loss("normalized_cross_entropy_loss", Map.of(), z, y);
      assertClose(share, loss("normalized_focal_loss", Map.of("gamma", 0), z, y));
      assertClose(
          loss("normalized_mae_loss", Map.of(), z, y),
          loss("normalized_generalized_cross_entropy_loss", Map.of("q", 1), z, y));
      double beta = random.nextDouble();
      assertClose(
          share + beta * loss("mae_loss", Map.of(), z, y),
          loss("active_passive_loss", Map.of("passive", "mae", "beta", beta), z, y));
      assertClose(
          loss("normalized_focal_loss", Map.of("gamma", 2), z, y)
              + loss("reverse_cross_entropy_loss", Map.of(), z, y),
          loss("active_passive_loss", Map.of("active", "nfl", "gamma", 2), z, y));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "comp_sum_loss",
        "mae_loss",
        "poly1_focal_loss",
        "flsd53_loss",
        "asymmetric_single_label_loss",
        "shift_scale_invariant_z_loss",
        "ldr_kl_loss",
        "aldr_kl_loss",
        "normalized_cross_entropy_loss",
        "normalized_focal_loss",
        "normalized_generalized_cross_entropy_loss",
        "symmetric_cross_entropy_loss",
        "agce_loss",
        "aul_loss",
        "encouraging_loss",
        "spherical_score_loss",
        "max_suppression_loss",
        "correctness_aware_loss"
      })
  void ignoresAShiftAndTheOrderOfTheClasses(String function) {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double expected = loss(function, Map.of(), z, y);
      double[] shifted = Arrays.stream(z).map(x -> x + 16).toArray();
      double[] reversed = new double[z.length];
      for (int j = 0; j < z.length; j++) {
        reversed[j] = z[z.length - 1 - j];
      }
      assertEquals(
          expected, loss(function, Map.of(), shifted, y), 1e-11 * (1 + Math.abs(expected)));
      assertClose(expected, loss(function, Map.of(), reversed, z.length - 1 - y));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mae_loss",
        "reverse_cross_entropy_loss",
        "symmetric_cross_entropy_loss",
        "spherical_score_loss"
      })
  void softTargetOfOneClassIsItsLabel(String function) {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double[] t = new double[z.length];
      t[y] = 1;
      Row soft = Row.of(z, t, statistics(z, RowStatistics.NO_LABEL));
      assertClose(
          loss(function, Map.of(), z, y),
          RowFunctions.named(function).bindSoft(Map.of()).apply(soft));
    }
  }

  @Test
  void binaryLossesAgree() {
    for (int i = 0; i < ROWS; i++) {
      double z = 4 * random.nextGaussian();
      double t = random.nextDouble();
      double p = 1 / (1 + Math.exp(-z));
      double l = binary("binary_cross_entropy_with_logits_loss", Map.of(), z, t);
      assertEquals(l, binary("binary_cross_entropy_loss", Map.of(), p, t), 1e-11);
      Map<String, Object> plain = Map.of("alpha", -1, "gamma", 0);
      assertClose(l, binary("sigmoid_focal_loss", plain, z, t));
      assertClose(
          binary("sigmoid_focal_loss", Map.of(), z, t),
          binary("poly1_sigmoid_focal_loss", Map.of("epsilon", 0), z, t));
      assertClose(
          binary("sigmoid_focal_loss", Map.of("alpha", 0.25), z, 1),
          binary("sigmoid_focal_loss", Map.of("alpha", 0.75), -z, 0));
      assertEquals(
          Math.log(1 / p), binary("binary_cross_entropy_with_logits_loss", Map.of(), z, 1), 1e-11);
    }
  }

  @Test
  void oneVersusRestIsASumOfBinaryLosses() {
    Map<String, Object> plain = Map.of("gamma_neg", 0, "gamma_pos", 0, "clip", 0);
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double[] t = new double[z.length];
      t[y] = 1;
      double sum = 0;
      for (int j = 0; j < z.length; j++) {
        sum += binary("binary_cross_entropy_with_logits_loss", Map.of(), z[j], t[j]);
      }
      assertClose(sum, loss("ovr_loss", Map.of(), z, y));
      BoundFunction asymmetric = RowFunctions.named("asymmetric_loss").bind(plain);
      assertClose(sum, asymmetric.apply(new Row(new Object[] {z, t}, new double[2], -1, null)));
    }
  }

  @Test
  void adversarialLogitsAddTheShiftOfTheMargins() {
    double[] z = {1, 2, 3};
    double[] moved = {1, 2, 5};
    double clean = adversarial(Map.of("nu", 0), z, moved, 0);
    // Only the margin over class 2 changes, by 2.
    assertClose(clean + 3 * 2, adversarial(Map.of("nu", 3), z, moved, 0));
    // The margins of class 2 over both others change, each by 2.
    double cleanOf2 = adversarial(Map.of("nu", 0), z, moved, 2);
    assertClose(cleanOf2 + Math.sqrt(8), adversarial(Map.of("nu", 1), z, moved, 2));
    double[] halved = {0.5, 1, 1.5};
    assertClose(
        loss("comp_sum_loss", Map.of("tau", 0.5), halved, 0),
        adversarial(Map.of("tau", 0.5, "rho", 2), z, z, 0));
  }

  @Test
  void theZLossOfAScaledRowIsTheSame() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double factor = 0.01 + 100 * random.nextDouble();
      double[] scaled = Arrays.stream(z).map(x -> factor * x).toArray();
      Map<String, Object> settings = Map.of("a", 0.1 + random.nextDouble(), "b", 2);
      assertClose(
          loss("shift_scale_invariant_z_loss", settings, z, y),
          loss("shift_scale_invariant_z_loss", settings, scaled, y));
    }
    double[] equal = {0.7, 0.7, 0.7, 0.7, 0.7, 0.7};
    assertClose(Math.log(2), loss("shift_scale_invariant_z_loss", Map.of(), equal, 1));
  }

  @Test
  void robustLossByStatisticsIsThatByTheRow() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double margin = 4 * random.nextDouble() - 2;
      Map<String, Object> byRow = Map.of("margin", margin, "lambda", Math.nextUp(1.0));
      assertTrue(RowFunctions.named("ldr_kl_loss").bind(byRow).needsRow());
      assertClose(
          loss("ldr_kl_loss", Map.of("margin", margin), z, y), loss("ldr_kl_loss", byRow, z, y));
    }
  }

  @Test
  void robustLossTendsToTheLargestMargin() {
    double[] z = {1, 2, 4};
    assertEquals(4 - 1 + 2, loss("ldr_kl_loss", Map.of("lambda", 1e-3), z, 0), 2e-3);
    assertEquals(0, loss("ldr_kl_loss", Map.of("lambda", 1e-3, "margin", 1), z, 2), 2e-3);
    assertEquals(
        ((1 - 4 + 2) + (2 - 4 + 2) + 0) / 3.0,
        loss("ldr_kl_loss", Map.of("lambda", 1e6), z, 2),
        1e-5);
  }

  /** Of the loss as a function of lambda: the first summit on the way down from lambda0. */
  @Test
  void adaptiveRobustLossIsAtItsLargestSummit() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double margin = 2 * random.nextDouble();
      double lambda0 = 0.2 + 3 * random.nextDouble();
      double alpha = 1.1 + 2 * random.nextDouble();
      double summit = Double.NEGATIVE_INFINITY;
      for (int step = 0; step < 5000; step++) {
        double lambda = lambda0 * (1 - step / 5000.0);
        double value = adaptive(z, y, margin, lambda, lambda0, alpha);
        if (value < summit) {
          break;
        }
        summit = value;
      }
      Map<String, Object> settings = Map.of("margin", margin, "lambda0", lambda0, "alpha", alpha);
      assertEquals(summit, loss("aldr_kl_loss", settings, z, y), 1e-5);
    }
  }

  private static double adaptive(
      double[] z, int y, double margin, double lambda, double lambda0, double alpha) {
    double max = 0;
    for (int k = 0; k < z.length; k++) {
      max = Math.max(max, z[k] - z[y] + (k == y ? 0 : margin));
    }
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      sum += Math.exp((z[k] - z[y] + (k == y ? 0 : margin) - max) / lambda);
    }
    double price = alpha * Math.log(z.length) / (2 * lambda0) * Math.pow(lambda - lambda0, 2);
    return max + lambda * Math.log(sum / z.length) - price;
  }

  @Test
  void coverageGrowsWithTheDraws() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = label(z);
      double l = loss("cross_entropy_loss", Map.of(), z, y);
      double p = Math.exp(-l);
      double before = l;
      for (int n = 2; n <= 6; n++) {
        double now = loss("dco_loss", Map.of("n", n), z, y);
        assertTrue(now <= before);
        assertEquals(-Math.log(1 - Math.pow(1 - p, n)), now, 1e-14 / p);
        Row sequence = new Row(new Object[2], new double[] {-l}, -1, null);
        assertClose(
            now, RowFunctions.named("dco_sequence_loss").bind(Map.of("n", n)).apply(sequence));
        before = now;
      }
    }
  }

  @Test
  void theBonusOfWellClassifiedRowsIsSmoothAtItsEnd() {
    double end = 0.75;
    for (double step : new double[] {-1e-7, 1e-7}) {
      double p = end + step;
      double[] z = {Math.log(p), Math.log(1 - p)};
      assertEquals(
          -Math.log(p) + Math.log(1 - p),
          loss("encouraging_loss", Map.of("log_end", end), z, 0),
          1e-12);
    }
    double[] sure = {Math.log(0.9), Math.log(0.1)};
    assertClose(
        -Math.log(0.9) + Math.log(0.25) - (0.9 - 0.75) / 0.25,
        loss("encouraging_loss", Map.of(), sure, 0));
  }

  @Test
  void aSetIsTheSumOfItsMembers() {
    BoundFunction hard = RowFunctions.named("oko_loss").bind(Map.of());
    BoundFunction soft = RowFunctions.named("oko_loss").bindSoft(Map.of());
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      double[] other = Arrays.stream(z).map(x -> random.nextGaussian()).toArray();
      double[] sum = new double[z.length];
      double[] t = new double[z.length];
      int y = label(z);
      for (int j = 0; j < z.length; j++) {
        sum[j] = z[j] + other[j];
        t[j] = j == y ? 0.5 : 0.5 / (z.length - 1);
      }
      double[][] set = {z, other};
      assertClose(
          loss("cross_entropy_loss", Map.of(), sum, y),
          hard.apply(new Row(new Object[] {set, null}, new double[2], y, null)));
      assertClose(
          RowFunctions.named("cross_entropy_loss")
              .bindSoft(Map.of())
              .apply(Row.of(sum, t, statistics(sum, RowStatistics.NO_LABEL))),
          soft.apply(new Row(new Object[] {set, t}, new double[2], -1, null)));
    }
  }

  @Test
  void refusesWhatIsNoProbabilityAndNoMatrix() {
    assertMessage(
        "binary_cross_entropy_loss: prob = 1.5 is outside [0, 1]; give a probability, or log-odds"
            + " to binary_cross_entropy_with_logits_loss",
        () -> binary("binary_cross_entropy_loss", Map.of(), 1.5, 1));
    BoundFunction set = RowFunctions.named("oko_loss").bind(Map.of());
    double[][] ragged = {{1, 2}, {3}};
    assertMessage(
        "oko_loss: set_logits[1] has 1 entries, but the first has 2; all need one entry a class",
        () -> set.apply(new Row(new Object[] {ragged, null}, new double[2], 0, null)));
    assertMessage(
        "oko_loss: set_logits is an empty array; a row needs at least one class, or NULL for no"
            + " value",
        () -> set.apply(new Row(new Object[] {new double[0][], null}, new double[2], 0, null)));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, EXACT * (1 + Math.abs(expected)));
  }

  private double[] logits() {
    return random.doubles(2 + random.nextInt(40), -6, 6).toArray();
  }

  private int label(double[] z) {
    return random.nextInt(z.length);
  }

  private static RowStatistics statistics(double[] z, int label) {
    return RowKernels.get().statistics(z, 0, z.length, label);
  }

  private static double loss(String function, Map<String, ?> settings, double[] z, int y) {
    return RowFunctions.named(function).bind(settings).apply(Row.of(z, statistics(z, y)));
  }

  private static double[] probabilities(double[] z) {
    double max = Arrays.stream(z).max().orElseThrow();
    double sum = Arrays.stream(z).map(x -> Math.exp(x - max)).sum();
    return Arrays.stream(z).map(x -> Math.exp(x - max) / sum).toArray();
  }

  private static double[] array(String function, Map<String, ?> settings, double[] z) {
    return RowFunctions.named(function)
        .bind(settings)
        .applyArray(Row.of(z, statistics(z, RowStatistics.NO_LABEL)));
  }

  private static double ofTwo(String function, Map<String, ?> settings, double[] a, double[] b) {
    return RowFunctions.named(function)
        .bind(settings)
        .apply(new Row(new Object[] {a, b}, new double[2], RowStatistics.NO_LABEL, null));
  }

  private static double adversarial(Map<String, ?> settings, double[] z, double[] moved, int y) {
    return RowFunctions.named("smooth_adversarial_comp_sum_loss")
        .bind(settings)
        .apply(new Row(new Object[] {z, moved}, new double[3], y, statistics(z, y)));
  }

  private static double binary(String function, Map<String, ?> settings, double x, double t) {
    return RowFunctions.named(function)
        .bind(settings)
        .apply(new Row(new Object[2], new double[] {x, t}, -1, null));
  }
}
