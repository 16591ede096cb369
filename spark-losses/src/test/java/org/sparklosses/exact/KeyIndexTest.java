// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  private static final long[] EDGES = {
    0, -1, 1, 32767, 32768, -32768, -32769, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62, -(1L << 62)
  };

  @Test
  void numbersKeysInTheOrderOfTheirFirstUse() {
    SplittableRandom random = new SplittableRandom(1);
    for (int kinds = 0; kinds < 4; kinds++) {
      KeyIndex index = new KeyIndex(16);
      Map<Long, Integer> expected = new HashMap<>();
      for (int i = 0; i < 50_000; i++) {
        int kind = kinds < 3 ? kinds : random.nextInt(3);
        long key =
            switch (kind) {
              case 0 -> EDGES[random.nextInt(EDGES.length)];
              case 1 -> random.nextInt(-40_000, 40_000);
              default -> Double.doubleToRawLongBits(random.nextInt(-3000, 3000) / 8.0);
            };
        int number = expected.computeIfAbsent(key, k -> expected.size());
        assertEquals(number, index.of(key));
        assertEquals(key, index.key(number));
        assertTrue(number < index.capacity());
      }
      assertEquals(expected.size(), index.size());
      assertArrayEquals(
          expected.keySet().stream().mapToLong(k -> k).sorted().toArray(), index.sortedKeys());
    }
  }

  /** The table of small keys holds 16 bits of a number. */
  @Test
  void smallKeysAfterMoreThan16BitsOfOthers() {
    KeyIndex index = new KeyIndex(16);
    assertEquals(0, index.of(-5));
    int others = 70_000;
    for (int i = 0; i < others; i++) {
      assertEquals(i + 1, index.of(1_000_000L + i));
    }
    for (int key = 0; key < 1000; key++) {
      assertEquals(others + 1 + key, index.of(key));
    }
    for (int i = 0; i < others; i++) {
      assertEquals(i + 1, index.of(1_000_000L + others + i) - others - 1000);
    }
    assertEquals(0, index.of(-5));
    assertEquals(others + 1 + 999, index.of(999));
  }
}
