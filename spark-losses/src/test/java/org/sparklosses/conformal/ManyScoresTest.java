// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;

/** Thresholds of ten million scores, many of them tied: those of numpy, and of sorting. */
class ManyScoresTest {

  private static final int ROWS = 10_000_000;

  /** The formula of {@code quantile_of_many} in reference/calibration/conformal.py. */
  private static float score(long i) {
    return i % 7 == 0 ? 0.5f : ((i * 2654435761L & 0xFFFFFFFFL) >>> 12) * 0x1p-20f - 0.25f;
  }

  @Test
  void thresholdsAreExact() {
    List<GoldenFile.Entry> golden = GoldenFile.conformal("many").of("quantile_of_many");
    double[] alphas =
        golden.stream().mapToDouble(e -> e.params().get("alpha").asDouble()).toArray();
    float[] sorted = new float[ROWS];
    ScoreCounts cells = ScoreCounts.ofCells(false);
    for (int i = 0; i < ROWS; i++) {
      sorted[i] = score(i);
      cells.add(0, score(i), 1);
    }
    ThresholdSearch search = new ThresholdSearch(cells, alphas, 1);
    ScoreCounts within = ScoreCounts.within(false, search.cells());
    for (int i = 0; i < ROWS; i++) {
      within.add(0, score(i), 1);
    }
    float[] thresholds = search.thresholds(within).get(0);
    Arrays.sort(sorted);
    for (int a = 0; a < alphas.length; a++) {
      assertEquals(ROWS, golden.get(a).params().get("n").asInt());
      assertEquals((float) golden.get(a).value().asDouble(), thresholds[a]);
      assertEquals(sorted[(int) ConformalRank.of(ROWS, alphas[a]) - 1], thresholds[a]);
    }
  }
}
