// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The reliability curve that goes with {@link SmoothEce} (Blasiok and Nakkiran 2023,
 * arXiv:2309.12236): at t the mean of y over all rows, each weighted by w K(t, p), K the Gaussian
 * of deviation sigma reflected at 0 and 1. On a grid the rows of a cell are at its mean.
 */
public final class SmoothCurve {

  /** Beyond so many sigma a Gaussian is below 1e-16 of its peak. */
  private static final double REACH = 8.6;

  private SmoothCurve() {}

  /**
   * A point of the curve.
   *
   * @param predicted the probability t
   * @param observed the smoothed rate of y there, NaN where no row is near
   * @param density of the smoothed predictions there; it integrates to 1 over [0, 1]
   */
  public record Point(double predicted, double observed, double density) {}

  /**
   * The curve at {@code intervals + 1} equally spaced points from 0 to 1; without points of no
   * rows.
   *
   * @param sigma above 0
   */
  public static List<Point> of(Atoms atoms, double sigma, int intervals) {
    List<Point> points = new ArrayList<>();
    double total = atoms.total().weight();
    for (int j = 0; j <= intervals && atoms.size() > 0; j++) {
      points.add(at(atoms, sigma, j / (double) intervals, total));
    }
    return points;
  }

  private static Point at(Atoms atoms, double sigma, double t, double total) {
    CompensatedSum mass = new CompensatedSum();
    CompensatedSum hits = new CompensatedSum();
    for (int i = 0; i < atoms.size(); i++) {
      double kernel = kernel(t, atoms.score()[i], sigma);
      if (kernel > 0) {
        mass.add(atoms.weight()[i] * kernel);
        hits.add(atoms.outcome()[i] * kernel);
      }
    }
    double density = mass.value() / (total * sigma * Math.sqrt(2 * Math.PI));
    return new Point(t, mass.value() > 0 ? hits.value() / mass.value() : Double.NaN, density);
  }

  /** The sum over all images of p: p + 2m and -p + 2m. */
  private static double kernel(double t, double p, double sigma) {
    double sum = 0;
    int images = (int) Math.ceil((REACH * sigma + 2) / 2);
    for (int m = -images; m <= images; m++) {
      sum += gaussian((t - p - 2 * m) / sigma) + gaussian((t + p - 2 * m) / sigma);
    }
    return sum;
  }

  private static double gaussian(double x) {
    return Math.abs(x) < REACH ? StrictMath.exp(-0.5 * x * x) : 0;
  }
}
