// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.ClassProbabilities;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.testing.GoldenFile;

class SoftmaxTopKTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Row row(double... z) {
    return Row.of(z, RowKernels.get().statistics(z, 0, z.length, RowStatistics.NO_LABEL));
  }

  private static Row floatRow(double... z) {
    float[] floats = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      floats[i] = (float) z[i];
    }
    return Row.of(z, RowKernels.get().statistics(floats, 0, z.length, RowStatistics.NO_LABEL));
  }

  private static BoundFunction of(int k) {
    return RowFunctions.named("softmax_top_k").bind(Map.of("k", k));
  }

  private static double[] softmax(Row row) {
    return RowFunctions.named("softmax").bind(Map.of()).applyArray(row);
  }

  /** The classes in this order, each with the very bits of softmax. */
  private static void assertListed(int k, Row row, int... classes) {
    ClassProbabilities listed = of(k).applyClasses(row).orElseThrow();
    assertArrayEquals(classes, listed.classes());
    double[] softmax = softmax(row);
    assertArrayEquals(
        IntStream.of(classes).mapToDouble(j -> softmax[j]).toArray(), listed.probabilities());
  }

  @Test
  void expectedValues() {
    for (JsonNode golden : GoldenFile.additions().get("softmax_top_k")) {
      ClassProbabilities listed =
          of(golden.get("k").asInt())
              .applyClasses(row(GoldenFile.doubles(golden.get("logits"))))
              .orElseThrow();
      assertArrayEquals(
          GoldenFile.doubles(golden.get("classes")),
          IntStream.of(listed.classes()).asDoubleStream().toArray());
      assertArrayEquals(GoldenFile.doubles(golden.get("p")), listed.probabilities(), 1e-15);
    }
  }

  @Test
  void ofEqualLogitsTheLowestClassesInOrder() {
    assertListed(2, row(1, 1, 1, 1), 0, 1);
    assertListed(2, row(0, 1, 2, 1, 1), 2, 1);
    assertListed(3, row(-1, 3, 2, 3, 3), 1, 3, 4);
    assertListed(4, row(0.0, -0.0, 0.0, -1), 0, 1, 2, 3);
    assertListed(2, row(1, 1, 2), 2, 0);
  }

  @Test
  void logitsTellApartWhatProbabilitiesNoLongerDo() {
    assertListed(3, row(-2000, 0, -1000), 1, 2, 0);
    assertListed(2, row(1e-300, 2e-300), 1, 0);
  }

  @Test
  void allClassesOfFewerThanK() {
    assertListed(7, row(0.5, -0.25), 0, 1);
    assertListed(Integer.MAX_VALUE, row(1, 2, 3), 2, 1, 0);
    assertListed(3, row(1, 2, 3), 2, 1, 0);
    assertListed(1, row(-4), 0);
    assertArrayEquals(new double[] {1}, of(5).applyClasses(row(800)).orElseThrow().probabilities());
  }

  @Test
  void aClassOfMinusInfinityHasProbabilityZero() {
    assertListed(4, row(-INFINITY, 1, -INFINITY, 2), 3, 1, 0, 2);
    assertEquals(
        0.0,
        of(2).applyClasses(row(1, -INFINITY, -INFINITY)).orElseThrow().probabilities()[1],
        0.0);
  }

  @Test
  void noneWhereSoftmaxIsUndefined() {
    for (Row undefined :
        new Row[] {
          row(1, Double.NaN, 2),
          row(Double.NaN),
          row(1, INFINITY),
          row(INFINITY, -INFINITY),
          row(-INFINITY, -INFINITY)
        }) {
      assertEquals(Optional.empty(), of(2).applyClasses(undefined));
    }
  }

  @Test
  void fiveClassesUnlessSaidOtherwise() {
    assertEquals(Map.of("k", 5), RowFunctions.named("softmax_top_k").bind(Map.of()).settings());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64, 999, 1000, 2000})
  void asASortOfAThousandClasses(int k) {
    Random random = new Random(k);
    for (int draw = 0; draw < 20; draw++) {
      // Every other row has many ties; a sum with 0 is never -0, which a sort would tell from it.
      double grid = draw % 2 == 0 ? 4 : 1e6;
      double[] z = new double[1000];
      for (int j = 0; j < z.length; j++) {
        z[j] = (float) (Math.rint(random.nextGaussian() * grid) / grid) + 0.0;
      }
      int[] sorted =
          IntStream.range(0, z.length)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> -z[j]))
              .limit(k)
              .mapToInt(j -> j)
              .toArray();
      assertListed(k, row(z), sorted);
      assertListed(k, floatRow(z), sorted);
    }
  }

  @Test
  void refusesWhatItCannotList() {
    assertThrows(IllegalArgumentException.class, () -> of(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> of(1).applyClasses(new Row(new Object[] {new double[0]}, new double[0], -1, null)));
    assertThrows(IllegalStateException.class, () -> of(1).applyArray(row(1, 2)));
    BoundFunction softmax = RowFunctions.named("softmax").bind(Map.of());
    assertThrows(IllegalStateException.class, () -> softmax.applyClasses(row(1, 2)));
  }
}
