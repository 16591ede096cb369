// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/** The integral of the definition, by the midpoints of a mesh and one image after the other. */
final class NaiveSmoothEce {

  private static final int MESH = 2000;

  private NaiveSmoothEce() {}

  static double of(RandomRows rows, double sigma) {
    double[] smoothed = new double[MESH];
    for (int i = 0; i < rows.p().length; i++) {
      double residual = rows.w()[i] * (rows.p()[i] - rows.y()[i]);
      for (int image = -4; image <= 4; image++) {
        add(smoothed, residual, 2 * image + rows.p()[i], sigma);
        add(smoothed, residual, 2 * image - rows.p()[i], sigma);
      }
    }
    double sum = 0;
    for (double value : smoothed) {
      sum += Math.abs(value);
    }
    return sum / MESH / (sigma * Math.sqrt(2 * Math.PI)) / rows.weight();
  }

  private static void add(double[] smoothed, double residual, double centre, double sigma) {
    int from = (int) Math.max(0, Math.floor((centre - 9 * sigma) * MESH));
    int to = (int) Math.min(MESH - 1, Math.ceil((centre + 9 * sigma) * MESH));
    for (int j = from; j <= to; j++) {
      double distance = ((j + 0.5) / MESH - centre) / sigma;
      smoothed[j] += residual * Math.exp(-0.5 * distance * distance);
    }
  }
}
