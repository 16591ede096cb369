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
import org.junit.jupiter.api.Test;
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
    GaussianFit fit = new GaussianFit(classes, x[0].length);
    GaussianFit rest = new GaussianFit(classes, x[0].length);
    for (int i = 0; i < x.length; i++) {
      (i % 2 == 0 ? fit : rest).add(x[i], (int) y[i]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    rest.write(new DataOutputStream(bytes));
    GaussianFit copy = new GaussianFit(classes, x[0].length);
    copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    fit.merge(copy);
    double[][] means = GoldenFile.matrix(golden.value().get(0));
    double[][] covariance = GoldenFile.matrix(golden.value().get(1));
    for (int k = 0; k < classes; k++) {
      assertArrayEquals(means[k], fit.fit().means()[k], 1e-12);
    }
    for (int i = 0; i < covariance.length; i++) {
      assertArrayEquals(covariance[i], fit.fit().covariance()[i], 1e-12);
    }
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

  /** A class without rows is nowhere near anything. */
  @Test
  void classesWithoutRows() {
    GaussianFit fit = new GaussianFit(2, 1);
    fit.add(new double[] {1}, 0);
    fit.add(new double[] {3}, 0);
    ClassGaussians gaussians = fit.fit();
    assertTrue(Double.isNaN(gaussians.means()[1][0]));
    assertEquals(1, gaussians.covariance()[0][0]);
    assertEquals(-4, gaussians.score(new double[] {4}));
  }

  @Test
  void refusesWhatMakesNoSense() {
    GaussianFit constant = new GaussianFit(1, 1);
    constant.add(new double[] {1}, 0);
    constant.add(new double[] {1}, 0);
    IllegalArgumentException singular = assertThrows(IllegalArgumentException.class, constant::fit);
    assertEquals(
        "the covariance is singular at feature 0: leave out features that are constant or follow"
            + " from others",
        singular.getMessage());
    assertThrows(IllegalArgumentException.class, () -> constant.add(new double[] {1}, 1));
    assertThrows(IllegalArgumentException.class, () -> constant.add(new double[] {1, 2}, 0));
    assertThrows(IllegalArgumentException.class, () -> constant.merge(new GaussianFit(1, 2)));
  }
}
