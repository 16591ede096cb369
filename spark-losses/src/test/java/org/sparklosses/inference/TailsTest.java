// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values computed with 40 digits. */
class TailsTest {

  @ParameterizedTest
  @CsvSource({
    "-3, 0.99865010196836990547",
    "0, 0.5",
    "0.5, 0.30853753872598689636",
    "1.96, 0.024997895148220436213",
    "6, 9.865876450376981407e-10",
    "20, 2.7536241186062336951e-89",
    "37, 5.7255712225245768227e-300"
  })
  void normalTail(double z, double tail) {
    assertClose(tail, Tails.normalAbove(z), 1e-12);
    assertClose(2 * Math.min(tail, 1 - tail), Tails.normalBeyond(-z), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.9, 1.2815515655446005935",
    "0.975, 1.9599639845400538556",
    "0.995, 2.5758293035489004539",
    "0.001, -3.0902323061678135354"
  })
  void normalQuantile(double p, double z) {
    assertEquals(z, Tails.normalQuantile(p), 1e-14);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 0.70483276469913345165",
    "2, 3, 0.13932596855884317685",
    "-2.5, 30, 0.018115649068066694102",
    "10, 100, 9.9016889845941391754e-17",
    "0.01, 999, 0.99202328392849480515",
    "1, 1000, 0.31755241808467230708",
    "5, 1000, 6.7672563646486303819e-7",
    "10, 100000000, 1.5240094630247841446e-23",
    "1.96, 100000000, 0.049995793069328108693"
  })
  void studentTail(double t, double degrees, double tail) {
    assertClose(tail, Tails.studentBeyond(t, degrees), 1e-12);
  }

  @Test
  void studentTailFarOut() {
    assertClose(1.0478852155173361E-209, Tails.studentBeyond(40, 1000), 2e-7);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 1, 0.58388242077036517865",
    "3.84, 1, 0.050043521248705103189",
    "10, 8, 0.2650259152973617058",
    "200, 2, 3.720075976020835963e-44",
    "100, 90, 0.22104023262544465413"
  })
  void chiSquareTail(double x, double degrees, double tail) {
    assertClose(tail, Tails.chiSquareAbove(x, degrees), 1e-13);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.5, 0.5",
    "0, 10, 0.0009765625, 0.0009765625",
    "5, 10, 0.623046875, 0.24609375",
    "15, 39, 0.099795433459803462029, 0.045730922756774816662",
    "480, 1000, 0.10872414660207047141, 0.011340982371187727466",
    "499000, 1000000, 0.02280414993269104321, 0.00010798197801891516213",
    "49990000, 100000000, 0.02275553131480785672, 0.000010798193347630083154"
  })
  void fairCoin(long k, long n, double atMost, double exactly) {
    // The argument of exp is a difference of numbers of the size of n.
    double tolerance = 1e-13 + 1e-15 * n;
    assertClose(atMost, Tails.fairCoinAtMost(k, n), tolerance);
    assertClose(exactly, Tails.fairCoinExactly(k, n), tolerance);
  }

  @Test
  void undefinedStaysUndefined() {
    assertTrue(Double.isNaN(Tails.normalAbove(Double.NaN)));
    assertTrue(Double.isNaN(Tails.normalBeyond(Double.NaN)));
    assertTrue(Double.isNaN(Tails.studentBeyond(Double.NaN, 3)));
    assertTrue(Double.isNaN(Tails.chiSquareAbove(Double.NaN, 3)));
    assertEquals(0, Tails.studentBeyond(Double.NEGATIVE_INFINITY, 3));
  }

  private static void assertClose(double expected, double actual, double relative) {
    assertEquals(expected, actual, relative * Math.abs(expected));
  }
}
