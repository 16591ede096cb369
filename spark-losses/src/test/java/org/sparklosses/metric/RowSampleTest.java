// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.KdeEce;
import org.sparklosses.score.Skce;

class RowSampleTest {

  private static final BoundMetric KDE =
      Metrics.bind(MetricSpec.parse("kde_ece(of=positive, sample_size=500)"));

  private record Pair(double p, int y) {}

  private static List<Pair> pairs(int number) {
    Random random = new Random(number);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      double p = random.nextDouble();
      pairs.add(new Pair(p, random.nextDouble() < p * p ? 1 : 0));
    }
    return pairs;
  }

  private static MetricState state(BoundMetric metric, List<Pair> pairs) {
    MetricState state = new MetricState(MetricPlan.of(List.of(metric), false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (Pair pair : pairs) {
      row.readProbabilities(new double[] {1 - pair.p, pair.p}, 2, pair.y, 1);
      state.add(row);
    }
    return state;
  }

  private static byte[] bytes(MetricState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void orderAndPartsDoNotMatter() throws IOException {
    List<Pair> pairs = pairs(3000);
    byte[] expected = bytes(state(KDE, pairs));
    Collections.shuffle(pairs, new Random(4));
    MetricState merged = state(KDE, pairs.subList(0, 10));
    MetricPlan plan = MetricPlan.of(List.of(KDE), false);
    for (int[] range : new int[][] {{10, 2000}, {2000, 2400}, {2400, 3000}}) {
      byte[] part = bytes(state(KDE, pairs.subList(range[0], range[1])));
      merged.merge(MetricState.read(plan, new DataInputStream(new ByteArrayInputStream(part))));
    }
    assertArrayEquals(expected, bytes(merged));
    assertEquals(500, KDE.read(merged).values().get("rows_used"));
    assertEquals(0, KDE.read(merged).values().get("exact"));
  }

  @Test
  void fewRowsAreAllThere() {
    List<Pair> pairs = pairs(400);
    Map<String, Double> values = KDE.read(state(KDE, pairs)).values();
    double[] p = pairs.stream().mapToDouble(Pair::p).toArray();
    double[] y = pairs.stream().mapToDouble(Pair::y).toArray();
    assertEquals(new KdeEce(0.1, 1).binary(p, y), values.get("value"), 1e-12);
    assertEquals(400, values.get("rows_used"));
    assertEquals(1, values.get("exact"));
  }

  @Test
  void repeatedRowsCountAsOftenAsTheyOccur() {
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : pairs(60)) {
      pairs.addAll(Collections.nCopies(1 + (int) (pair.p * 10), pair));
    }
    double[] p = pairs.stream().mapToDouble(Pair::p).toArray();
    double[] y = pairs.stream().mapToDouble(Pair::y).toArray();
    double[][] rows =
        Arrays.stream(p).mapToObj(x -> new double[] {1 - x, x}).toArray(double[][]::new);
    int[] labels = pairs.stream().mapToInt(Pair::y).toArray();
    Map<String, Double> kde = KDE.read(state(KDE, pairs)).values();
    assertEquals(new KdeEce(0.1, 1).binary(p, y), kde.get("value"), 1e-12);
    assertEquals(p.length, kde.get("rows_used"));
    BoundMetric canonical = Metrics.bind(MetricSpec.parse("kde_ece_canonical(bandwidth=0.2)"));
    assertEquals(
        new KdeEce(0.2, 1).canonical(rows, labels),
        canonical.read(state(canonical, pairs)).value(),
        1e-12);
    BoundMetric skce = Metrics.bind(MetricSpec.of("skce"));
    Map<String, Double> expected = new Skce(1).of(rows, labels);
    Map<String, Double> actual = skce.read(state(skce, pairs)).values();
    assertEquals(expected.get("biased"), actual.get("biased"), 1e-12);
    assertEquals(expected.get("unbiased"), actual.get("unbiased"), 1e-12);
  }

  @Test
  void theSampleIsUniform() {
    // Of 20,000 rows 500 remain: the share below any p is that of all rows but for chance.
    BoundMetric metric = Metrics.bind(MetricSpec.parse("kde_ece(of=positive, sample_size=500)"));
    List<Pair> pairs = pairs(20_000);
    MetricState state = state(metric, pairs);
    RowSample.State sample = state.get(new RowSample(RowSample.Content.POSITIVE, 500));
    double[] scores =
        Arrays.stream(sample.probabilities()).mapToDouble(p -> p[0]).sorted().toArray();
    double largest = 0;
    for (int i = 0; i < scores.length; i++) {
      double p = scores[i];
      double share = pairs.stream().filter(pair -> pair.p <= p).count() / 20_000.0;
      largest = Math.max(largest, Math.abs(share - (i + 0.5) / scores.length));
    }
    // Kolmogorov's distribution: above 1.95 / sqrt(500) with probability 0.001.
    assertTrue(largest < 1.95 / Math.sqrt(500), "distance " + largest);
  }

  @Test
  void certainPredictionsHaveALogarithm() {
    List<Pair> pairs = new ArrayList<>(pairs(50));
    pairs.addAll(List.of(new Pair(0, 0), new Pair(1, 1), new Pair(1, 0)));
    assertTrue(Double.isFinite(KDE.read(state(KDE, pairs)).value()));
  }

  @Test
  void wideRowsAreFewer() {
    BoundMetric metric = Metrics.bind(MetricSpec.parse("skce(sample_size=20)"));
    MetricState state = new MetricState(MetricPlan.of(List.of(metric), false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    int classes = 1 << 19;
    for (int i = 0; i < 12; i++) {
      double[] z = new double[classes];
      z[i] = 1;
      row.readLogits(z, classes, 0, 1);
      state.add(row);
    }
    assertEquals(8, metric.read(state).values().get("rows_used"));
  }
}
