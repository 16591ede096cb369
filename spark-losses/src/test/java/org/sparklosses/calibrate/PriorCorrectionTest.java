// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PriorCorrectionTest {

  @Test
  void swappedPriorsUndoACorrection() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      double trained = random.nextDouble();
      double actual = random.nextDouble();
      double p = random.nextDouble();
      double corrected = PriorCorrection.binary(p, trained, actual);
      assertEquals(p, PriorCorrection.binary(corrected, actual, trained), 1e-12 * p);
      double rate = random.nextDouble();
      double kept = PriorCorrection.undersampling(p, rate);
      assertEquals(rate * p / (1 - p), kept / (1 - kept), 1e-9 * kept / (1 - kept));

      double[] one = random.doubles(4, 0.1, 1).toArray();
      double[] other = random.doubles(4, 0.1, 1).toArray();
      double[] row = OneVersusRestTest.normalised(random.doubles(4).toArray());
      double[] there = PriorCorrection.of(one, other).probabilities(row);
      assertArrayEquals(row, PriorCorrection.of(other, one).probabilities(there), 1e-14);
    }
  }

  @Test
  void twoClassesAreTheBinaryCase() {
    double[] trained = {7, 3};
    double[] actual = {0.98, 0.02};
    for (double p = 0; p <= 1; p += 0x1p-6) {
      double[] corrected =
          PriorCorrection.of(trained, actual).probabilities(new double[] {1 - p, p});
      assertEquals(PriorCorrection.binary(p, 0.3, 0.02), corrected[1], 1e-15);
    }
  }

  @Test
  void certainProbabilitiesStay() {
    for (double actual : new double[] {0, 0.4, 1}) {
      assertEquals(0, PriorCorrection.binary(0, 0.2, actual));
      assertEquals(1, PriorCorrection.binary(1, 0.2, actual));
    }
  }

  @Test
  void refusesWhatIsNoPrior() {
    double[] half = {0.5, 0.5};
    assertMessage("training is 0.0", () -> PriorCorrection.binary(0.5, 0, 0.5));
    assertMessage("use is 1.5", () -> PriorCorrection.binary(0.5, 0.5, 1.5));
    assertMessage("kept is 0.0", () -> PriorCorrection.undersampling(0.5, 0));
    assertMessage("class 0", () -> PriorCorrection.of(new double[] {0, 1}, half));
    assertMessage("all priors in use", () -> PriorCorrection.of(half, new double[2]));
    assertMessage("class 1 in use is -1.0", () -> PriorCorrection.of(half, new double[] {1, -1}));
    assertMessage("2 priors of training", () -> PriorCorrection.of(half, new double[3]));
    assertMessage(
        "1 probabilities", () -> PriorCorrection.of(half, half).probabilities(new double[1]));
  }

  private static void assertMessage(String part, Runnable action) {
    Exception e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
