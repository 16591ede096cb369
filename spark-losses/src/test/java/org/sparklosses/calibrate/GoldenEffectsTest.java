// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparklosses.score.Atoms;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

/** Effects of a treatment: values of an independent implementation, and rows that tell little. */
class GoldenEffectsTest {

  private static final GoldenFile GOLDEN = GoldenFile.calibration("causal");
  private static final double SUMS = 1e-12;

  @Test
  void pseudoOutcome() {
    Entry golden = GOLDEN.of("aipw_pseudo_outcome").get(0);
    double[] expected = GoldenFile.doubles(golden.value());
    for (int i = 0; i < expected.length; i++) {
      double actual =
          PseudoOutcome.aipw(
              golden.vector("a")[i],
              golden.vector("y")[i],
              golden.vector("e")[i],
              golden.vector("mu0")[i],
              golden.vector("mu1")[i]);
      assertEquals(expected[i], actual, SUMS * Math.max(1, Math.abs(expected[i])));
    }
  }

  @Test
  void causalIsotonicCalibration() {
    assertEquals(2, GOLDEN.of("causal_isotonic_calibration").size());
    for (Entry golden : GOLDEN.of("causal_isotonic_calibration")) {
      CausalIsotonic map =
          CausalIsotonic.of(
              Atoms.of(golden.vector("tau"), golden.vector("chi"), golden.vector("w")));
      double[] x = GoldenFile.doubles(golden.value().get("x"));
      double[] y = GoldenFile.doubles(golden.value().get("y"));
      for (int i = 0; i < x.length; i++) {
        assertEquals(y[i], map.calibrated(x[i]), SUMS);
        assertEquals(y[i], map.calibrated(i + 1 < x.length ? Math.nextDown(x[i + 1]) : 1e9), SUMS);
      }
      assertEquals(y[0], map.calibrated(Double.NEGATIVE_INFINITY), SUMS);
      assertTrue(Double.isNaN(map.calibrated(Double.NaN)));
    }
  }

  @Test
  void cateCalibrationError() {
    assertEquals(2, GOLDEN.of("cate_calibration_error").size());
    for (Entry golden : GOLDEN.of("cate_calibration_error")) {
      EffectCalibrationError error =
          EffectCalibrationError.of(
              golden.vector("tau"), golden.vector("chi"), golden.vector("w"), 10);
      assertEquals(golden.expected("plugin"), error.plugin(), SUMS);
      assertEquals(golden.expected("debiased"), error.debiased(), SUMS);
    }
  }

  @Test
  void calibratedEffectsHaveTheMeanOfTheirPseudoOutcomesInEveryBlock() {
    Entry golden = GOLDEN.of("causal_isotonic_calibration").get(0);
    double[] tau = golden.vector("tau");
    double[] chi = golden.vector("chi");
    CausalIsotonic map = CausalIsotonic.of(Atoms.of(tau, chi, null));
    double[] calibrated =
        IntStream.range(0, tau.length).mapToDouble(i -> map.calibrated(tau[i])).toArray();
    EffectCalibrationError error = EffectCalibrationError.of(calibrated, chi, null, 1);
    assertEquals(0, error.plugin(), SUMS);
  }

  @Test
  void rowsThatTellLittle() {
    CausalIsotonic one =
        CausalIsotonic.of(Atoms.of(new double[] {2, 2}, new double[] {1, 4}, null));
    assertEquals(2.5, one.calibrated(-7));
    CausalIsotonic reversed =
        CausalIsotonic.of(Atoms.of(new double[] {1, 2, 3}, new double[] {3, 2, 1}, null));
    assertEquals(2, reversed.calibrated(1));
    assertEquals(2, reversed.calibrated(3));
    EffectCalibrationError alone =
        EffectCalibrationError.of(new double[] {1}, new double[] {3}, null, 10);
    assertEquals(4, alone.plugin());
    assertEquals(0, alone.debiased());
    EffectCalibrationError none =
        EffectCalibrationError.of(new double[] {1}, new double[] {3}, new double[] {0}, 10);
    assertTrue(Double.isNaN(none.plugin()) && Double.isNaN(none.debiased()));
  }

  @Test
  void refusesWhatIsNoRow() {
    Atoms nothing = Atoms.of(new double[0], new double[0], null);
    assertThrows(IllegalArgumentException.class, () -> CausalIsotonic.of(nothing));
    for (double propensity : new double[] {0, 1, Double.NaN}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> PseudoOutcome.aipw(1, 2, propensity, 0, 1))
              .getMessage();
      assertTrue(message.contains(Double.toString(propensity)), message);
    }
    assertThrows(IllegalArgumentException.class, () -> PseudoOutcome.aipw(0.5, 2, 0.5, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> PseudoOutcome.aipw(1, Double.NaN, 0.5, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> EffectCalibrationError.of(new double[] {1}, new double[] {3}, new double[] {-1}, 2));
    double[] edges = {1, 1};
    assertThrows(
        IllegalArgumentException.class, () -> new CausalIsotonic(edges, new double[] {1, 2, 3}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CausalIsotonic(new double[] {1}, new double[] {2, 1}));
    assertThrows(IllegalArgumentException.class, () -> new CausalIsotonic(edges, new double[] {1}));
  }
}
