// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowersTest {

  private static final int SETS = 100_000;

  private final Random random = new Random(7);

  @Test
  void isPowerWithinAFewUnitsInTheLastPlace() {
    for (int i = 0; i < SETS; i++) {
      double base = Math.pow(10, 6 * random.nextDouble() - 5);
      double exponent = i % 2 == 0 ? random.nextInt(12) : 12 * random.nextDouble();
      double expected = StrictMath.pow(base, exponent);
      assertEquals(
          expected, Powers.of(base, exponent), 8 * Math.ulp(expected), () -> base + "^" + exponent);
    }
  }

  @Test
  void isPowerAtTheEnds() {
    assertEquals(1.0, Powers.of(0, 0));
    assertEquals(0.0, Powers.of(0, 0.5));
    assertEquals(Double.POSITIVE_INFINITY, Powers.of(0, -0.5));
    assertEquals(1.0, Powers.of(5, 0));
    assertEquals(Double.NaN, Powers.of(Double.NaN, 0.5));
    assertEquals(Double.NaN, Powers.of(Double.NaN, 2));
  }

  @Test
  void differencesOfPowersDoNotCancel() {
    for (int i = 0; i < SETS / 10; i++) {
      double base = 0.5 + 3 * random.nextDouble();
      double step = base * Math.pow(10, -16 * random.nextDouble());
      int exponent = 1 + random.nextInt(11);
      BigDecimal exact = new BigDecimal(base).pow(exponent);
      BigDecimal other = new BigDecimal(base).subtract(new BigDecimal(step)).pow(exponent);
      double expected = exact.subtract(other, MathContext.DECIMAL128).doubleValue();
      assertEquals(
          expected,
          Powers.difference(base, step, exponent),
          1e-14 * expected,
          () -> base + ", " + step + ", " + exponent);
    }
  }

  @Test
  void isExponentialLess1() {
    for (int i = 0; i < SETS; i++) {
      double x = (random.nextBoolean() ? -1 : 1) * Math.pow(10, 20 * random.nextDouble() - 17.5);
      double expected = StrictMath.expm1(x);
      double actual = Powers.expm1(x);
      assertEquals(expected, actual, 4 * Math.ulp(expected), () -> String.valueOf(x));
    }
    assertEquals(-1.0, Powers.expm1(Double.NEGATIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, Powers.expm1(Double.POSITIVE_INFINITY));
    assertEquals(Double.NaN, Powers.expm1(Double.NaN));
  }
}
