// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparklosses.testing.GoldenFile;

/** Rows of a probability, an outcome of 0 or 1 and a weight. */
@SuppressWarnings("ArrayRecordComponent")
record RandomRows(double[] p, double[] y, double[] w) {

  private static final List<String> REAL =
      List.of("real_breast_cancer_lr", "real_breast_cancer_mlp");
  private static final List<String> REAL_TOP_LABEL =
      List.of("real_digits_lr", "real_digits_mlp", "real_wine_lr", "real_wine_mlp");

  /** Up to so many rows: scores spread, saturated, clustered, tied; some weights 0. */
  static RandomRows of(long seed, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(seed % 10 == 0 ? 5 : most);
    double sharpness = Math.exp(4 * random.nextDouble() - 2);
    double skill = 2 * random.nextDouble();
    double bias = 2 * random.nextDouble() - 1;
    int ties = random.nextInt(4);
    int weights = random.nextInt(3);
    double[] p = new double[n];
    double[] y = new double[n];
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      double z = sharpness * 3 * (2 * random.nextDouble() - 1);
      p[i] = 1 / (1 + Math.exp(-z));
      p[i] = ties == 0 ? Math.rint(p[i] * 20) / 20 : p[i];
      p[i] = ties == 1 ? 0.4 + 1e-3 * p[i] : p[i];
      y[i] = random.nextDouble() < 1 / (1 + Math.exp(-skill * z - bias)) ? 1 : 0;
      w[i] = weights == 0 ? 1 : Math.exp(weights * 2 * (random.nextDouble() - 0.5));
      w[i] = weights == 2 && random.nextInt(10) == 0 ? 0 : w[i];
    }
    w[0] = 1;
    return new RandomRows(p, y, w);
  }

  static Stream<RandomRows> sets(int number, int most) {
    return IntStream.range(0, number).mapToObj(seed -> of(seed, most));
  }

  /** The rows of real models. */
  static Stream<RandomRows> real() {
    Stream<RandomRows> binary =
        REAL.stream()
            .map(GoldenFile::calibration)
            .map(
                f ->
                    unweighted(
                        GoldenFile.doubles(f.inputs().get("p")),
                        GoldenFile.doubles(f.inputs().get("y"))));
    Stream<RandomRows> topLabel =
        REAL_TOP_LABEL.stream()
            .map(GoldenFile::calibration)
            .map(
                f -> {
                  double[] error = GoldenFile.doubles(f.inputs().get("error"));
                  double[] correct = new double[error.length];
                  for (int i = 0; i < error.length; i++) {
                    correct[i] = 1 - error[i];
                  }
                  return unweighted(GoldenFile.doubles(f.inputs().get("conf")), correct);
                });
    return Stream.concat(binary, topLabel);
  }

  static RandomRows unweighted(double[] p, double[] y) {
    double[] w = new double[p.length];
    Arrays.fill(w, 1);
    return new RandomRows(p, y, w);
  }

  Atoms exact() {
    return Atoms.of(p, y, w);
  }

  Atoms onGrid(int cells) {
    return Atoms.onGrid(p, y, w, cells);
  }

  double weight() {
    double sum = 0;
    for (double x : w) {
      sum += x;
    }
    return sum;
  }
}
