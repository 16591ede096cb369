// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.exact.Binning.Side;

class BinningTest {

  @ParameterizedTest
  @EnumSource
  void countsTheEdgesBelow(Side side) {
    Random random = new Random(5);
    for (int count : new int[] {1, 2, 3, 7, 10, 15, 100, 997}) {
      Binning binning = new Binning(count, side);
      for (int trial = 0; trial < 2000; trial++) {
        double p = trial <= count ? trial / (double) count : random.nextDouble();
        check(binning, p);
        check(binning, Math.nextUp(p));
        check(binning, Math.nextDown(p));
      }
    }
  }

  private static void check(Binning binning, double p) {
    if (p < 0 || p > 1) {
      return;
    }
    int expected = 0;
    for (int b = 1; b < binning.count(); b++) {
      double edge = b / (double) binning.count();
      expected += binning.side() == Side.RIGHT ? (edge < p ? 1 : 0) : (edge <= p ? 1 : 0);
    }
    if (binning.side() == Side.TORCHMETRICS && p == 1) {
      expected = binning.count();
    }
    assertEquals(expected, binning.of(p), () -> binning + " " + p);
  }
}
