// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

class GaussianFitTest {

  private static final GoldenFile GOLDEN = GoldenFile.calibration("ood");

  /** In parts that are written, read and merged. */
  @Test
  void meansAndCovariance() throws IOException {
    Entry golden = GOLDEN.of("gaussian_fit").get(0);
    double[][] x = golden.matrix("X");
    double[] y = golden.vector("y");
    int classes = golden.params().get("K").asInt();
    GaussianFit fit = new GaussianFit();
    GaussianFit rest = new GaussianFit();
    for (int i = 0; i < x.length; i++) {
      (i % 2 == 0 ? fit : rest).add(x[i], (int) y[i]);
    }
    fit.merge(read(bytes(rest)));
    fit.merge(read(bytes(new GaussianFit())));
    double[][] means = GoldenFile.matrix(golden.value().get(0));
    double[][] covariance = GoldenFile.matrix(golden.value().get(1));
    for (int k = 0; k < classes; k++) {
      assertArrayEquals(means[k], fit.fit().means()[k], 1e-12);
    }
    for (int i = 0; i < covariance.length; i++) {
      assertArrayEquals(covariance[i], fit.fit().covariance()[i], 1e-12);
    }
  }

  private static byte[] bytes(GaussianFit fit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fit.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static GaussianFit read(byte[] bytes) throws IOException {
    GaussianFit fit = new GaussianFit();
    fit.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    return fit;
  }

  @Test
  void scoreOfARow() {
    Entry golden = GOLDEN.of("mahalanobis_score").get(0);
    ClassGaussians gaussians = new ClassGaussians(golden.matrix("mean"), golden.matrix("cov"));
    double[][] x = golden.matrix("X");
    for (int i = 0; i < x.length; i++) {
      double expected = golden.value().get(i).asDouble();
      assertEquals(expected, gaussians.score(x[i]), 1e-12 * Math.abs(expected));
    }
  }

  /** Where means exceed standard deviations the digits of differences stay. */
  @Test
  void farFromZero() {
    double far = 1L << 40;
    ClassGaussians gaussians =
        new ClassGaussians(new double[][] {{far}, {far + 8}}, new double[][] {{4}});
    assertEquals(-0.25, gaussians.score(new double[] {far + 7}));
  }

  @Test
  void undefined() {
    ClassGaussians gaussians = new ClassGaussians(new double[][] {{0}}, new double[][] {{1}});
    assertEquals(Double.NaN, gaussians.score(new double[] {Double.NaN}));
    assertEquals(Double.NEGATIVE_INFINITY, gaussians.score(new double[] {1e200}));
  }

  /** A class without rows is nowhere near anything. */
  @Test
  void classesWithoutRows() {
    GaussianFit fit = new GaussianFit();
    fit.add(new double[] {1}, 1);
    fit.add(new double[] {3}, 1);
    ClassGaussians gaussians = fit.fit();
    assertTrue(Double.isNaN(gaussians.means()[0][0]));
    assertEquals(1, gaussians.covariance()[0][0]);
    assertEquals(-4, gaussians.score(new double[] {4}));
  }

  /** Of 0.1 sums of squares round; of its double the pivot does. */
  @Test
  void refusesFeaturesWithoutVarianceOfTheirOwn() {
    GaussianFit constant = new GaussianFit();
    GaussianFit twice = new GaussianFit();
    for (int i = 0; i < 7; i++) {
      constant.add(new double[] {i / 3.0, 0.1}, i % 2);
      twice.add(new double[] {i / 3.0, i * i, 0.3 * i - 0.7 * i * i}, i % 2);
    }
    assertSingular(1, constant);
    assertSingular(2, twice);
  }

  private static void assertSingular(int feature, GaussianFit fit) {
    assertMessage(
        ("the covariance is singular at feature %d: leave out features that are constant or follow"
                + " from others")
            .formatted(feature),
        fit::fit);
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void refusesRowsThatMakeNoSense() {
    GaussianFit fit = new GaussianFit();
    assertMessage("there are no rows to fit", fit::fit);
    assertMessage("no features", () -> fit.add(new double[0], 0));
    fit.add(new double[] {1}, 0);
    assertMessage("the label -1 is no class index", () -> fit.add(new double[] {1}, -1));
    assertMessage("2 features where other rows have 1", () -> fit.add(new double[2], 0));
    GaussianFit other = new GaussianFit();
    other.add(new double[2], 0);
    assertMessage("2 features where other rows have 1", () -> fit.merge(other));
    assertMessage(
        "1 features of 2147483648 classes take 4294967297 sums, and at most 4194304 are kept; take"
            + " fewer features, as by a PCA",
        () -> fit.add(new double[] {1}, Integer.MAX_VALUE));
    assertMessage(
        "2 features where the fit has 1",
        () -> new ClassGaussians(new double[1][1], new double[][] {{1}}).score(new double[2]));
    assertMessage(
        "no class has means",
        () -> new ClassGaussians(new double[][] {{Double.NaN}}, new double[][] {{1}}));
  }

  @Test
  void refusesBytesThatAreNoFit() throws IOException {
    GaussianFit fit = new GaussianFit();
    fit.add(new double[] {1, 2}, 1);
    byte[] bytes = bytes(fit);
    for (int at : new int[] {3, 7, 11}) {
      byte[] forged = bytes.clone();
      forged[at]++;
      assertThrows(IOException.class, () -> read(forged));
      forged[at - 3] = 0x7F;
      assertThrows(IOException.class, () -> read(forged));
    }
    assertThrows(IOException.class, () -> read(Arrays.copyOf(bytes, bytes.length - 1)));
  }
}
