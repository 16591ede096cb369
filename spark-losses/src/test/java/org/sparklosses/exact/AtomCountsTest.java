// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AtomCountsTest {

  private static final int ATOMS = 5;
  private static final int SUMS = 3;

  private final Random random = new Random(11);
  private final AtomCounts counts = new AtomCounts(ATOMS, SUMS);
  private final BigDecimal[][] expected = new BigDecimal[ATOMS][SUMS];
  private final long[][] expectedRows = new long[ATOMS][2];

  private double share() {
    double p = random.nextInt(10) == 0 ? 1 : Math.pow(random.nextDouble(), 3);
    return ClassTotals.quantized(p);
  }

  private void fill() {
    for (BigDecimal[] sums : expected) {
      Arrays.fill(sums, BigDecimal.ZERO);
    }
    for (int i = 0; i < 20_000; i++) {
      int atom = random.nextInt(ATOMS);
      int k = random.nextInt(SUMS);
      double x = share();
      long n = i % 3 == 0 ? random.nextLong() >>> (2 + random.nextInt(60)) : 1;
      if (n == 1) {
        counts.add(atom, k, x);
      } else {
        counts.addTimes(atom, k, n, x);
      }
      counts.addRows(atom, 1, i % 2);
      expected[atom][k] = expected[atom][k].add(new BigDecimal(x).multiply(BigDecimal.valueOf(n)));
      expectedRows[atom][0]++;
      expectedRows[atom][1] += i % 2;
    }
  }

  private void assertExact(AtomCounts actual, int times) {
    ExactSums sums = actual.exactSums();
    for (int atom = 0; atom < ATOMS; atom++) {
      assertEquals(times * expectedRows[atom][0], actual.rows(atom));
      assertEquals(times * expectedRows[atom][1], actual.hits(atom));
      for (int k = 0; k < SUMS; k++) {
        BigDecimal sum = expected[atom][k].multiply(BigDecimal.valueOf(times));
        assertEquals(sum.doubleValue(), sums.value(atom * SUMS + k), atom + ", " + k);
      }
    }
  }

  @Test
  void sumsAreThoseOfUnlimitedPrecision() {
    fill();
    assertExact(counts, 1);
  }

  @Test
  void atomsOfAnotherAreAdded() {
    fill();
    AtomCounts all = new AtomCounts(1, SUMS);
    all.resize(ATOMS);
    for (int times = 0; times < 3; times++) {
      for (int atom = 0; atom < ATOMS; atom++) {
        all.addAtom(atom, counts, atom);
      }
    }
    assertExact(all, 3);
  }

  @Test
  void whatWasWrittenIsReadInTheOrderAskedFor() throws IOException {
    fill();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new int[] {4, 2}, new DataOutputStream(bytes));
    AtomCounts read = new AtomCounts(2, SUMS);
    read.read(2, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(counts.rows(4), read.rows(0));
    assertEquals(counts.hits(2), read.hits(1));
    for (int k = 0; k < SUMS; k++) {
      assertEquals(expected[4][k].doubleValue(), read.exactSums().value(k));
      assertEquals(expected[2][k].doubleValue(), read.exactSums().value(SUMS + k));
    }
  }
}
