// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.function.Function;

/**
 * Finds the weights of an {@link EnsembleMap} of the least log loss, one scan a step: the least
 * value over all weights of the quadratic model that gradient and Hessian give, halfway back as
 * long as the loss does not fall. The loss is convex; it ends where the tangent tells that no
 * weights are better by more than is asked for.
 *
 * @param map with the best weights
 * @param sums at these
 * @param scans how often the rows were read
 */
record EnsembleSearch(EnsembleMap map, EnsembleSums sums, int scans) {

  /** The excess to stop at. */
  static final double ENOUGH = 1e-9;

  private static final int MOST_SCANS = 40;
  private static final double SUFFICIENT = 1e-4;
  private static final double NOISE = 0x1p-50;

  /**
   * Searches.
   *
   * @param scan gives the sums at weights
   */
  static EnsembleSearch of(
      Function<EnsembleMap, EnsembleSums> scan, EnsembleMap start, double enough) {
    EnsembleMap map = start;
    EnsembleSums sums = scan.apply(map);
    int scans = 1;
    while (sums.excess() > enough && scans < MOST_SCANS) {
      double[] from = map.weights();
      double[] to = leastOfModel(from, sums.gradient(), sums.hessian());
      double slope = 0;
      for (int i = 0; i < to.length; i++) {
        slope += sums.gradient()[i] * (to[i] - from[i]);
      }
      double value = sums.loss();
      double noise = NOISE * Math.abs(value);
      double share = 1;
      EnsembleMap next = map.with(to);
      EnsembleSums found = scan.apply(next);
      scans++;
      while (!(found.loss() <= value + SUFFICIENT * share * slope + noise) && scans < MOST_SCANS) {
        share /= 2;
        next = map.with(between(from, to, share));
        found = scan.apply(next);
        scans++;
      }
      if (!(found.loss() < value || found.excess() < sums.excess())) {
        // What is left is rounding.
        break;
      }
      map = next;
      sums = found;
    }
    return new EnsembleSearch(map, sums, scans);
  }

  private static double[] between(double[] from, double[] to, double share) {
    double[] weights = new double[from.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = from[i] + share * (to[i] - from[i]);
    }
    return weights;
  }

  /** The weights where {@code g'(w - from) + (w - from)' H (w - from) / 2} is least. */
  private static double[] leastOfModel(double[] from, double[] g, double[][] hessian) {
    double[] inside = stationary(from, g, hessian);
    if (inside != null) {
      return inside;
    }
    double[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int absent = 0; absent < from.length; absent++) {
      double[] on =
          onEdge((absent + 1) % from.length, (absent + 2) % from.length, from, g, hessian);
      double value = model(on, from, g, hessian);
      if (value < least) {
        least = value;
        best = on;
      }
    }
    return best;
  }

  private static double model(double[] w, double[] from, double[] g, double[][] hessian) {
    double value = 0;
    for (int i = 0; i < w.length; i++) {
      value += g[i] * (w[i] - from[i]);
      for (int j = 0; j < w.length; j++) {
        value += hessian[i][j] * (w[i] - from[i]) * (w[j] - from[j]) / 2;
      }
    }
    return value;
  }

  /** Where the model is least on the plane of sum 1; null if not all weights are above 0 there. */
  private static double[] stationary(double[] from, double[] g, double[][] h) {
    double a = h[0][0] - 2 * h[0][2] + h[2][2];
    double b = h[0][1] - h[0][2] - h[1][2] + h[2][2];
    double c = h[1][1] - 2 * h[1][2] + h[2][2];
    double determinant = a * c - b * b;
    double first = g[2] - g[0];
    double second = g[2] - g[1];
    double[] w = {
      from[0] + (c * first - b * second) / determinant,
      from[1] + (a * second - b * first) / determinant,
      0
    };
    w[2] = 1 - w[0] - w[1];
    return determinant > 1e-14 * a * c && w[0] > 0 && w[1] > 0 && w[2] > 0 ? w : null;
  }

  /** Where the model is least of the weights that two of the three parts share. */
  private static double[] onEdge(int i, int j, double[] from, double[] g, double[][] h) {
    double[] w = new double[from.length];
    w[j] = 1;
    // From (0, 1) the derivative along the edge is linear in the first weight.
    double slope = g[i] - g[j];
    for (int k = 0; k < w.length; k++) {
      slope += (h[i][k] - h[j][k]) * (w[k] - from[k]);
    }
    double curvature = h[i][i] - 2 * h[i][j] + h[j][j];
    double share = curvature > 0 ? -slope / curvature : slope < 0 ? 1 : 0;
    w[i] = Math.max(0, Math.min(1, share));
    w[j] = 1 - w[i];
    return w;
  }
}
