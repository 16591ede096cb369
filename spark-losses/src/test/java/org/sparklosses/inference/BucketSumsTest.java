// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BucketSumsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void sumsAreExact() {
    SplittableRandom random = new SplittableRandom(2);
    BigDecimal[] expected = {BigDecimal.ZERO, BigDecimal.ZERO};
    BucketSums sums = new BucketSums(64, 2);
    for (int i = 0; i < 20_000; i++) {
      double x = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-8, 38));
      // Where the last bit of x is below 2^-52 it is lost; here x is cut first.
      x = Math.scalb(Math.rint(Math.scalb(x, 52)), -52);
      int at = i % 2;
      sums.add(63, at, x);
      expected[at] = expected[at].add(new BigDecimal(x));
      assertEquals(expected[at].doubleValue(), sums.value(63, at), Math.ulp(sums.value(63, at)));
    }
    assertTrue(sums.isEmpty(62));
    assertEquals(0, sums.value(62, 1));
  }

  @Test
  void smallSummandsAreCut() {
    assertEquals(0x1p-52, sumOf(0x1p-52));
    assertEquals(0, sumOf(Math.nextDown(0x1p-52)));
    assertEquals(0, sumOf(Double.MIN_VALUE));
    assertEquals(-0x1p-52, sumOf(-0x1p-52));
    assertEquals(0x1p-12, sumOf(0x1p-12));
    assertEquals(4 / 3.0, sumOf(4 / 3.0));
    assertEquals(-4 / 3.0, sumOf(-4 / 3.0));
    assertEquals(1e-9, sumOf(1e-9), 0x1p-52);
  }

  @Test
  void cancelsToTheLastBit() {
    assertEquals(0x1p-51, sumOf(1e12, 0x1p-51, -1e12));
    assertEquals(-0x1p-51, sumOf(1e12, -0x1p-51, -1e12));
    assertEquals(-1, sumOf(-0.5, -0.5));
  }

  @Test
  void halvesMeet() {
    // 512 is 2^61 units, where the upper part begins to count; 16 the first that is no small one.
    for (double x :
        new double[] {15.5, 16, 128, 511.5, 512, 768, 1023, 1024, 1536, 0x1p30, 0x1.8p39}) {
      assertEquals(x, sumOf(x));
      assertEquals(-x, sumOf(-x));
      assertEquals(3 * x, sumOf(x, x, x));
      assertEquals(-3 * x, sumOf(-x, -x, -x));
      assertEquals(0x1p-52, sumOf(x, -x, 0x1p-52, -x, x));
      assertEquals(32 - x, sumOf(-x, 32));
    }
  }

  @Test
  void columnsFitWhatIsSettled() {
    for (double x : new double[] {Math.nextDown(16), -Math.nextDown(16), 16, -0x1p39, 1}) {
      for (double before : new double[] {0, Math.nextDown(512), -512, 0x1p39}) {
        BucketSums sums = new BucketSums(64, 3);
        sums.add(7, 1, before);
        int rows = 0;
        int[] begins = new int[1000];
        double[] column = new double[1000];
        while (sums.hasRoom(7)) {
          begins[rows] = sums.beginOfColumns(7);
          column[rows] = x;
          rows++;
        }
        assertTrue(rows >= 2);
        sums.sums().add(begins, 1, column, 0, rows);
        sums.sums().addOnes(begins, 2, 1, rows);
        double expected =
            new BigDecimal(x)
                .multiply(BigDecimal.valueOf(rows))
                .add(new BigDecimal(before))
                .doubleValue();
        sums.settle(7);
        assertTrue(sums.hasRoom(7));
        assertEquals(expected, sums.value(7, 1), Math.ulp(expected));
        assertEquals(rows - 1, sums.value(7, 2));
        assertEquals(0, sums.value(7, 0));
      }
    }
  }

  @Test
  void infiniteAndUndefinedDecide() {
    assertEquals(INFINITY, sumOf(1, INFINITY, -5));
    assertEquals(-INFINITY, sumOf(-INFINITY, 2));
    assertTrue(Double.isNaN(sumOf(INFINITY, 1, -INFINITY)));
    assertTrue(Double.isNaN(sumOf(Double.NaN, 1)));
    assertEquals(INFINITY, sumOf(0x1p40));
    assertEquals(Math.nextDown(0x1p40), sumOf(Math.nextDown(0x1p40)));
  }

  @Test
  void mergesAndRestoresToTheSameBits() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    BucketSums whole = new BucketSums(128, 3);
    BucketSums[] parts = {
      new BucketSums(128, 3), new BucketSums(128, 3), new BucketSums(128, 3), new BucketSums(128, 3)
    };
    for (int i = 0; i < 300; i++) {
      int bucket = random.nextInt(100);
      int at = random.nextInt(3);
      double x = i % 97 == 0 ? INFINITY : random.nextDouble(-1e3, 1e3);
      whole.add(bucket, at, x);
      parts[random.nextInt(4)].add(bucket, at, x);
    }
    BucketSums merged = parts[2];
    merged.merge(restored(parts[0]));
    parts[3].merge(parts[1]);
    merged.merge(parts[3]);
    assertArrayEquals(written(whole), written(merged));
    assertArrayEquals(whole.total(), merged.total());
    assertThrows(IllegalArgumentException.class, () -> whole.merge(new BucketSums(64, 3)));
  }

  @Test
  void sizeIsBoundedWhateverTheNumberOfRows() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    BucketSums sums = new BucketSums(1024, 5);
    assertEquals(8 + 128, written(sums).length);
    for (int i = 0; i < 100_000; i++) {
      sums.add(random.nextInt(1024), random.nextInt(5), random.nextDouble());
    }
    assertEquals(8 + 128 + 1024 * (1 + 8 * 5), written(sums).length);
    for (int i = 0; i < 100_000; i++) {
      sums.add(random.nextInt(1024), random.nextInt(5), random.nextDouble(-1e6, 1e6));
    }
    assertEquals(8 + 128 + 1024 * (1 + 16 * 5), written(sums).length);
  }

  @Test
  void blockIsTheLeadingBitsOfTheHash() {
    BucketSums sums = new BucketSums(1024, 1);
    assertEquals(1023, sums.bucketOf(-1));
    assertEquals(512, sums.bucketOf(Long.MIN_VALUE));
    assertEquals(0, sums.bucketOf((1L << 54) - 1));
    assertEquals(1, sums.bucketOf(1L << 54));
    assertFalse(sums.buckets() != 1024 || sums.size() != 1);
  }

  private static double sumOf(double... summands) {
    BucketSums sums = new BucketSums(64, 1);
    for (double x : summands) {
      sums.add(5, 0, x);
    }
    double value = sums.value(5, 0);
    assertEquals(value, sums.total()[0]);
    return value;
  }

  private static byte[] written(BucketSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static BucketSums restored(BucketSums sums) throws IOException {
    return BucketSums.read(
        sums.buckets(), sums.size(), new DataInputStream(new ByteArrayInputStream(written(sums))));
  }
}
