// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;

class RowHashTest {

  /** From the reference implementation of xxHash. */
  @Test
  void publishedValues() {
    assertEquals(0xEF46DB3751D8E999L, RowHash.of("", 0));
    assertEquals(0x44BC2CF5AD770999L, RowHash.of("abc", 0));
  }

  /** From an implementation of the specification in Python. */
  @Test
  void otherKeys() {
    assertEquals(0xB3E24AFA6E4706F1L, RowHash.of("row 17", 42));
    assertEquals(
        0x38307B1093366408L, RowHash.of("a key that is longer than one stripe of 32 bytes: ø", -1));
  }

  @Test
  void isTheHashOfSparkSql() {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length < 200; length++) {
      byte[] key = new byte[length];
      random.nextBytes(key);
      long seed = random.nextLong();
      assertEquals(
          XXH64.hashUnsafeBytes(key, Platform.BYTE_ARRAY_OFFSET, length, seed),
          RowHash.of(key, seed));
      long number = random.nextLong();
      assertEquals(XXH64.hashLong(number, seed), RowHash.of(number, seed));
    }
    String text = "ключ";
    assertEquals(
        RowHash.of(text.getBytes(StandardCharsets.UTF_8), RowHash.DEFAULT_SEED),
        RowHash.of(text, RowHash.DEFAULT_SEED));
  }

  /** Chi-square of the numbers of consecutive keys in 1024 buckets: within 5 deviations. */
  @Test
  void spreadsConsecutiveKeysOverTheBlocks() {
    BucketSums sums = new BucketSums(1024, 0);
    int keys = 1 << 20;
    int[] rows = new int[1024];
    for (long key = 0; key < keys; key++) {
      rows[sums.bucketOf(RowHash.of(key, RowHash.DEFAULT_SEED))]++;
    }
    double expected = keys / 1024.0;
    double chiSquare = 0;
    for (int n : rows) {
      chiSquare += (n - expected) * (n - expected) / expected;
    }
    assertEquals(1023, chiSquare, 5 * Math.sqrt(2 * 1023));
  }
}
