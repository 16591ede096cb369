// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneVersusRestTest {

  static double[] normalised(double[] row) {
    double sum = Arrays.stream(row).sum();
    return Arrays.stream(row).map(x -> x / sum).toArray();
  }

  @Test
  void rowOfZerosBecomesUniform() {
    BinaryTable never =
        BinaryTable.of(InputScale.PROBABILITY, new double[] {0.2}, new double[] {0}, null);
    BinaryMap zero = BinaryCalibrators.fit("isotonic_calibration", never, Map.of()).map();
    double[] row = {0.3, 0.3, 0.4};
    double[] third = {1.0 / 3, 1.0 / 3, 1.0 / 3};
    for (double floor : new double[] {0, 0.1}) {
      assertArrayEquals(
          third, new OneVersusRest(List.of(zero, zero, zero), floor).probabilities(row), 1e-15);
    }
  }

  @Test
  void sumIsOneAndNothingIsBelowTheFloor() {
    RandomScores rows = RandomScores.of(1, 50, 1, z -> 3 * z);
    BinaryMap map =
        BinaryCalibrators.fit("isotonic_calibration", rows.probabilities(), Map.of()).map();
    OneVersusRest all = new OneVersusRest(List.of(map, map, map), 0.03);
    for (double p = 0; p < 0.5; p += 0.013) {
      double[] q = all.probabilities(new double[] {p, 0.5 - p, 0.5});
      assertEquals(1, Arrays.stream(q).sum(), 1e-15);
      assertEquals(0.01, Math.min(0.01, Arrays.stream(q).min().orElseThrow()), 1e-15);
    }
  }

  @Test
  void refusesWhatIsNoRowOfIts() {
    RandomScores rows = RandomScores.of(1, 50, 1, z -> z);
    BinaryMap map = BinaryCalibrators.fit("platt_scaling", rows.logits(), Map.of()).map();
    OneVersusRest two = new OneVersusRest(List.of(map, map), 0);
    assertThrows(IllegalArgumentException.class, () -> two.probabilities(new double[3]));
    assertThrows(IllegalArgumentException.class, () -> new OneVersusRest(List.of(map), 0));
    assertThrows(IllegalArgumentException.class, () -> new OneVersusRest(List.of(map, map), 1.5));
  }
}
