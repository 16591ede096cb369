// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestOrderTest {

  private static BestOrder best(double[] loss, double[] weight) {
    double correct = 0;
    TreeMap<Double, Long> mistakes = new TreeMap<>();
    for (int i = 0; i < loss.length; i++) {
      if (loss[i] > 0) {
        mistakes.merge(weight[i], 1L, Long::sum);
      } else {
        correct += weight[i];
      }
    }
    return new BestOrder(correct, mistakes);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The areas of the rows in the order of an index, by the definition. */
  private static double[] areas(double[] loss, double[] weight, int[] order) {
    double accepted = 0;
    double lost = 0;
    double step = 0;
    double trapezoid = 0;
    double before = -1;
    for (int i : order) {
      accepted += weight[i];
      lost += weight[i] * loss[i];
      double risk = lost / accepted;
      step += weight[i] * risk;
      trapezoid += weight[i] * (risk + (before < 0 ? risk : before)) / 2;
      before = risk;
    }
    return new double[] {step / accepted, trapezoid / accepted};
  }

  private static void permute(
      int[] order, int from, double[] loss, double[] weight, double[] least) {
    if (from == order.length) {
      double[] areas = areas(loss, weight, order);
      least[0] = Math.min(least[0], areas[0]);
      least[1] = Math.min(least[1], areas[1]);
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      permute(order, from + 1, loss, weight, least);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }

  @Test
  void ofThreeRightAndTwoWrong() {
    BestOrder best = best(new double[] {0, 0, 0, 1, 1}, ones(5));
    assertEquals((1 / 4.0 + 2 / 5.0) / 5, best.step(), 1e-16);
    assertEquals((1 / 8.0 + (1 / 4.0 + 2 / 5.0) / 2) / 5, best.trapezoid(), 1e-16);
  }

  @Test
  void noOrderOfTheRowsIsBetter() {
    Random random = new Random(3);
    for (int set = 0; set < 40; set++) {
      int n = 1 + random.nextInt(7);
      double[] loss = new double[n];
      double[] weight = new double[n];
      for (int i = 0; i < n; i++) {
        loss[i] = random.nextInt(3) == 0 ? 0 : 1;
        weight[i] = set % 3 == 0 ? 1 : 0.25 + random.nextInt(8) * random.nextDouble();
      }
      double[] least = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
      permute(IntStream.range(0, n).toArray(), 0, loss, weight, least);
      BestOrder best = best(loss, weight);
      assertEquals(least[0], best.step(), 1e-14);
      assertEquals(least[1], best.trapezoid(), 1e-14);
    }
  }

  /** Sums of a million terms, as the definition has them. */
  @Test
  void ofManyRows() {
    for (double[] counts : new double[][] {{1e6, 1e6}, {1, 1e6}, {1e6, 3}, {0, 1e5}, {1e6, 40}}) {
      double correct = counts[0];
      long mistakes = (long) counts[1];
      CompensatedSum step = new CompensatedSum();
      CompensatedSum trapezoid = new CompensatedSum();
      for (long k = 1; k <= mistakes; k++) {
        double before = correct + k - 1 > 0 ? (k - 1) / (correct + k - 1) : 1;
        step.add(k / (correct + k));
        trapezoid.add((before + k / (correct + k)) / 2);
      }
      BestOrder best = new BestOrder(correct, new TreeMap<>(Map.of(1.0, mistakes)));
      double all = correct + mistakes;
      assertEquals(step.value() / all, best.step(), 1e-15);
      assertEquals(trapezoid.value() / all, best.trapezoid(), 1e-15);
    }
  }

  @Test
  void theLimitOfManyRowsIsThePublishedFormula() {
    double r = 0.3;
    BestOrder best = new BestOrder(7e8, new TreeMap<>(Map.of(1.0, 300_000_000L)));
    double published = r + (1 - r) * Math.log1p(-r);
    assertEquals(published, best.step(), 1e-9);
    assertTrue(best.step() > published);
  }

  @Test
  void ofNoRows() {
    assertEquals(Double.NaN, new BestOrder(0, new TreeMap<>()).step());
    assertEquals(0, new BestOrder(3, new TreeMap<>()).step());
    assertEquals(1, best(new double[] {1, 1}, ones(2)).step());
  }
}
