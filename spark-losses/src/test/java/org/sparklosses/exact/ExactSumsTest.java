// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactSumsTest {

  private static final int TRIALS = 40;

  /** Where summands come from. */
  enum Source {
    UNIT {
      @Override
      double next(Random random) {
        return random.nextDouble();
      }
    },
    ANY_BITS {
      @Override
      double next(Random random) {
        double x = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(x) ? x / 0x1p10 : 1;
      }
    },
    SUBNORMAL {
      @Override
      double next(Random random) {
        return (random.nextInt(2001) - 1000) * Double.MIN_VALUE;
      }
    },
    CANCELLING {
      @Override
      double next(Random random) {
        double x = Math.scalb(1 + random.nextDouble(), random.nextInt(120) - 60);
        return random.nextBoolean() ? x : -x;
      }
    };

    abstract double next(Random random);
  }

  @ParameterizedTest
  @EnumSource
  void equalsBigDecimalInAnyOrderAndTree(Source source) throws IOException {
    Random random = new Random(7);
    for (int trial = 0; trial < TRIALS; trial++) {
      List<Double> summands = new ArrayList<>();
      for (int i = random.nextInt(300); i >= 0; i--) {
        summands.add(source.next(random));
      }
      BigDecimal exact = BigDecimal.ZERO;
      for (double x : summands) {
        exact = exact.add(new BigDecimal(x));
      }
      double expected = exact.doubleValue();
      assertBits(expected, sum(summands).value(1));
      Collections.shuffle(summands, random);
      assertBits(expected, tree(summands, random).value(1));
    }
  }

  private static ExactSums sum(List<Double> summands) {
    ExactSums sums = new ExactSums(3);
    summands.forEach(x -> sums.add(1, x));
    return sums;
  }

  private static ExactSums tree(List<Double> summands, Random random) throws IOException {
    if (summands.size() < 3) {
      return copy(sum(summands));
    }
    int cut = random.nextInt(summands.size());
    ExactSums left = tree(summands.subList(0, cut), random);
    left.merge(tree(summands.subList(cut, summands.size()), random));
    return left;
  }

  private static ExactSums copy(ExactSums sums) throws IOException {
    return ExactSums.read(new DataInputStream(new ByteArrayInputStream(bytes(sums))));
  }

  private static byte[] bytes(ExactSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void roundsHalfToEvenOnce() {
    ExactSums sums = new ExactSums(1);
    sums.add(0, 0x1p53);
    sums.add(0, 1.0);
    assertBits(0x1p53, sums.value(0));
    sums.add(0, 0x1p-300);
    assertBits(0x1p53 + 2, sums.value(0));
    sums.add(0, -0x1p-299);
    assertBits(0x1p53, sums.value(0));
  }

  @Test
  void overflowsOnlyWhenTheSumDoes() {
    ExactSums sums = new ExactSums(1);
    sums.add(0, Double.MAX_VALUE);
    sums.add(0, Double.MAX_VALUE);
    assertBits(Double.POSITIVE_INFINITY, sums.value(0));
    sums.add(0, -Double.MAX_VALUE);
    assertBits(Double.MAX_VALUE, sums.value(0));
  }

  @Test
  void specialValuesDecideAsInAddition() throws IOException {
    ExactSums sums = new ExactSums(3);
    sums.add(0, Double.POSITIVE_INFINITY);
    sums.add(0, -1);
    sums.add(1, Double.NEGATIVE_INFINITY);
    ExactSums other = new ExactSums(3);
    other.add(1, Double.NEGATIVE_INFINITY);
    other.add(2, Double.NaN);
    other.merge(copy(sums));
    assertBits(Double.POSITIVE_INFINITY, other.value(0));
    assertBits(Double.NEGATIVE_INFINITY, other.value(1));
    assertBits(Double.NaN, other.value(2));
    other.add(1, Double.POSITIVE_INFINITY);
    assertBits(Double.NaN, other.value(1));
  }

  @Test
  void scaledIntegers() {
    ExactSums sums = new ExactSums(1);
    BigDecimal exact = BigDecimal.ZERO;
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      long m = random.nextLong();
      int exponent = -random.nextInt(100);
      sums.addScaled(0, m, exponent);
      exact = exact.add(new BigDecimal(m).divide(BigDecimal.valueOf(2).pow(-exponent)));
    }
    assertBits(exact.doubleValue(), sums.value(0));
  }

  @ParameterizedTest
  @EnumSource
  void timesIsRepeatedAddition(Source source) {
    Random random = new Random(11);
    for (int trial = 0; trial < TRIALS; trial++) {
      double x = source.next(random);
      int n = random.nextInt(1000);
      ExactSums repeated = new ExactSums(1);
      for (int i = 0; i < n; i++) {
        repeated.add(0, x);
      }
      ExactSums times = new ExactSums(1);
      times.addTimes(0, n, x);
      assertBits(repeated.value(0), times.value(0));
    }
  }

  @Test
  void timesOfLargeCounts() {
    ExactSums sums = new ExactSums(1);
    double x = -(1 + Math.ulp(1.0));
    long n = Long.MAX_VALUE - 12;
    sums.addTimes(0, n, x);
    BigDecimal expected = new BigDecimal(x).multiply(BigDecimal.valueOf(n));
    assertBits(expected.doubleValue(), sums.value(0));
    sums.add(0, -expected.doubleValue());
    assertBits(
        expected.subtract(new BigDecimal(expected.doubleValue())).doubleValue(), sums.value(0));
  }

  /** A sum of both signs, over more digits than one number has. */
  @Test
  void sumsAreTakenSoManyTimes() {
    double[] summands = {1e20, 0.1, -3e-9, -1e17};
    ExactSums sums = new ExactSums(2);
    for (double x : summands) {
      sums.add(1, x);
    }
    for (int times : new int[] {1, 2, 20, -1}) {
      ExactSums all = new ExactSums(1);
      all.add(0, 7);
      all.addSum(0, sums, 1, times);
      BigDecimal expected = BigDecimal.valueOf(7);
      for (double x : summands) {
        expected = expected.add(new BigDecimal(x).multiply(BigDecimal.valueOf(times)));
      }
      assertBits(expected.doubleValue(), all.value(0));
      double rounded = all.value(0);
      all.add(0, -rounded);
      assertBits(expected.subtract(new BigDecimal(rounded)).doubleValue(), all.value(0));
    }
  }

  @Test
  void resizingKeepsTheSums() {
    ExactSums sums = new ExactSums(2);
    sums.add(1, 0.1);
    sums.resize(4);
    sums.add(3, 1e300);
    assertBits(0.1, sums.value(1));
    assertBits(0.0, sums.value(2));
    assertBits(1e300, sums.value(3));
  }

  @Test
  void equalSumsAreWrittenAlike() throws IOException {
    ExactSums one = new ExactSums(1);
    ExactSums other = new ExactSums(1);
    for (int i = 0; i < 10; i++) {
      one.add(0, 0.1 * i);
      other.add(0, 0.1 * (9 - i));
    }
    assertArrayEquals(bytes(one), bytes(other));
  }

  @Test
  void truncatedBytes() throws IOException {
    byte[] bytes = bytes(sum(List.of(1.0)));
    assertThrows(
        EOFException.class,
        () ->
            ExactSums.read(
                new DataInputStream(new ByteArrayInputStream(bytes, 0, bytes.length - 1))));
  }

  private static void assertBits(double expected, double actual) {
    assertEquals(
        Double.doubleToLongBits(expected),
        Double.doubleToLongBits(actual),
        () -> expected + " " + actual);
  }
}
