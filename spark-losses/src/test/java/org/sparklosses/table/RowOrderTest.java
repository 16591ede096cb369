// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {

  @Test
  void groupsAscendAndRowsOfAGroupKeepTheirOrder() {
    Random random = new Random(5);
    RowOrder order = new RowOrder(100);
    for (int count : new int[] {1, 7, 400, 401, 100_000, 3}) {
      for (int rows : new int[] {100, 1, 0, 42}) {
        int[] groups = random.ints(100, 0, count).toArray();
        order.sort(groups, rows, count);
        List<Integer> expected =
            IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingInt(row -> groups[row]))
                .toList();
        assertEquals(expected, IntStream.range(0, rows).map(order::at).boxed().toList());
      }
    }
  }
}
