// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all scores have in common, and how they are asked for. */
class ConformityScoresTest {

  @Test
  void classesAreInTheOrderOfAStableSort() {
    Random random = new Random(1);
    for (int n = 0; n < 300; n++) {
      double[] p = random.ints(n, 0, 20).mapToDouble(x -> x / 20.0).toArray();
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> -p[j]))
              .mapToInt(Integer::intValue)
              .toArray();
      assertArrayEquals(expected, ClassOrder.descending(p));
    }
  }

  /** A class of more probability is never worse, or sets would leave out the likelier of two. */
  @Test
  void scoresFallWithTheProbability() {
    Random random = new Random(2);
    for (ConformityScore score : ConformityScores.all()) {
      for (int row = 0; row < 200; row++) {
        double[] p = random.doubles(1 + random.nextInt(8)).toArray();
        double sum = IntStream.range(0, p.length).mapToDouble(j -> p[j]).sum();
        for (int j = 0; j < p.length; j++) {
          p[j] /= sum;
        }
        double[] scores = score.scores(p, 0);
        int[] order = ClassOrder.descending(p);
        for (int i = 1; i < order.length; i++) {
          assertTrue(scores[order[i - 1]] <= scores[order[i]], score.name());
        }
        double[] randomised = score.scores(p, 0.75);
        for (int k = 0; k < p.length; k++) {
          assertEquals(score.isRandomised(), randomised[k] < scores[k], score.name());
        }
      }
    }
  }

  /** One class, a sure row, a row of equal probabilities. */
  @Test
  void rowsAtTheEdge() {
    for (ConformityScore score : ConformityScores.all()) {
      for (double[] p :
          List.of(
              new double[] {1}, new double[] {0, 1, 0}, new double[] {0.25, 0.25, 0.25, 0.25})) {
        for (double x : score.scores(p, 0.5)) {
          assertTrue(Double.isFinite(x), score.name());
        }
      }
      assertEquals(0, score.scores(new double[0], 0).length);
    }
    assertArrayEquals(new double[] {-1}, new MarginScore().scores(new double[] {1}, 0));
    assertArrayEquals(
        new double[] {0, 0, 0.5}, new MarginScore().scores(new double[] {0.5, 0.5, 0}, 0));
  }

  @Test
  void namesAndSettings() {
    assertEquals(
        List.of("lac", "aps", "raps", "saps", "margin"),
        ConformityScores.all().stream().map(ConformityScore::name).toList());
    assertEquals(
        new RegularisedAdaptiveScore(0.5, 3),
        ConformityScores.named("raps", Map.of("lam", "0.5", "k_reg", "3")));
    assertEquals(new RegularisedAdaptiveScore(), ConformityScores.named("raps", Map.of()));
    assertMessage(
        "no conformity score is named 'lacs'; there are lac, aps, raps, saps, margin",
        "lacs",
        Map.of());
    assertMessage("raps", "raps", Map.of("lam", "-1"));
    assertMessage("lam", "aps", Map.of("lam", "1"));
    for (ConformityScore score : ConformityScores.all()) {
      assertTrue(
          !score.summary().isBlank() && !score.formula().isBlank() && !score.source().isBlank());
    }
  }

  private static void assertMessage(String part, String name, Map<String, String> settings) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ConformityScores.named(name, settings))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
