// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void kappasAreThoseOfTheDefinition() {
    SplittableRandom random = new SplittableRandom(3);
    for (int set = 0; set < 200; set++) {
      int classes = 2 + random.nextInt(8);
      double[][] matrix = new double[classes][classes];
      for (double[] row : matrix) {
        Arrays.setAll(row, k -> random.nextInt(3) == 0 ? 0 : random.nextDouble() * 10);
      }
      matrix[0][1] = 1;
      Map<String, Double> report = ConfusionMatrix.of(matrix).report(1);

      assertEquals(kappa(matrix, 0), report.get("kappa"), 1e-12);
      assertEquals(kappa(matrix, 1), report.get("kappa_linear"), 1e-12);
      assertEquals(kappa(matrix, 2), report.get("kappa_quadratic"), 1e-12);
    }
  }

  private static double kappa(double[][] matrix, int power) {
    double total = Arrays.stream(matrix).flatMapToDouble(Arrays::stream).sum();
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        double disagreement = i == j ? 0 : Math.pow(Math.abs(i - j), power);
        double predicted = 0;
        for (double[] row : matrix) {
          predicted += row[j];
        }
        observed += disagreement * matrix[i][j];
        expected += disagreement * Arrays.stream(matrix[i]).sum() * predicted / total;
      }
    }
    return 1 - observed / expected;
  }

  /** MLlib 4.1 drops classes that are predicted only. */
  @Test
  void aClassThatIsOnlyPredictedCounts() {
    Map<String, Double> report = ConfusionMatrix.of(new double[][] {{1, 1}, {0, 0}}).report(1);

    assertEquals(0.5, report.get("accuracy"));
    assertEquals(0.5, report.get("balanced_accuracy"));
    assertEquals(0.5, report.get("precision_macro"));
    assertEquals(0.25, report.get("recall_macro"));
    assertEquals(1.0, report.get("precision_weighted"));
    assertEquals(0, report.get("mcc"));
    assertEquals(0, report.get("kappa"));
  }

  @Test
  void oneClassOnlyHasNoDisagreementToExpect() {
    // The weights do not add up exactly.
    double[][] matrix = new double[3][3];
    matrix[1][1] = 0.1 + 0.2;
    Map<String, Double> report = ConfusionMatrix.of(matrix).report(1);

    assertEquals(1, report.get("accuracy"));
    assertEquals(0, report.get("mcc"));
    for (String kappa : List.of("kappa", "kappa_linear", "kappa_quadratic")) {
      assertEquals(Double.NaN, report.get(kappa), kappa);
    }
  }

  /** A dense matrix of so many classes would take 80 GB. */
  @Test
  void manyClassesAreCheap() {
    int classes = 100_000;
    int[] label = IntStream.range(0, classes).toArray();
    int[] predicted = IntStream.range(0, classes).map(k -> k % 2 == 0 ? k : k - 1).toArray();
    double[] weight = new double[classes];
    Arrays.fill(weight, 1);
    Map<String, Double> report = new ConfusionMatrix(classes, label, predicted, weight).report(1);

    // Even classes: precision 1/2, recall 1, F1 2/3; odd ones 0.
    assertEquals(0.5, report.get("accuracy"), 1e-15);
    assertEquals(0.25, report.get("precision_macro"), 1e-15);
    assertEquals(0.5, report.get("recall_macro"), 1e-15);
    assertEquals(1 / 3.0, report.get("fbeta_macro"), 1e-15);
    // Half of the rows are one class off.
    double k = classes;
    assertEquals(1 - 0.5 / (1 - 1 / k), report.get("kappa"), 1e-12);
    assertEquals(1 - 0.5 / meanDistance(classes), report.get("kappa_linear"), 1e-12);
  }

  /** Of a label from all classes and a prediction from the even ones. */
  private static double meanDistance(int classes) {
    double sum = 0;
    for (long j = 0; j < classes; j += 2) {
      sum += j * (j + 1) / 2.0 + (classes - 1 - j) * (classes - j) / 2.0;
    }
    return sum / classes / (classes / 2.0);
  }

  @Test
  void theHeaviestMistakesComeFirst() {
    double[][] matrix = {{9, 2, 1}, {2, 9, 0}, {5, 0, 9}};
    ConfusionMatrix confusion = ConfusionMatrix.of(matrix);

    assertEquals(
        List.of(
            new ConfusionMatrix.Mistake(2, 0, 5),
            new ConfusionMatrix.Mistake(0, 1, 2),
            new ConfusionMatrix.Mistake(1, 0, 2)),
        confusion.topMistakes(3));
    assertEquals(4, confusion.topMistakes(10).size());
    assertArrayEquals(new double[] {12, 11, 14}, confusion.classFigures(1).support());
    assertArrayEquals(new double[] {16, 11, 10}, confusion.classFigures(1).predicted());
  }
}
