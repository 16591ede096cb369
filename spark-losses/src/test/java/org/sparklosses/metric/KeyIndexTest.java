package org.sparklosses.metric;

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
}
