// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Optional;

/**
 * What the log loss on the rows can exceed its minimum by when log odds are fitted to the points
 * that stand in for the rows in cells, from the cells alone.
 *
 * <p>The gradient at the fit is 0 over the points, and over the rows at most B: of each cell and
 * class its share times {@code (h v + v^1.5) / 6}, h the width of the cell and v the variance in
 * it, times the largest third derivative of the gradient's summand in the cell. With H the
 * curvature of the loss the excess is then at most {@code max B' H^-1 B} over the signs of B, as
 * long as log odds change so little on the way to the minimum that the curvature stays within a
 * factor of e^(1/2).
 */
final class CellExcess {

  /** Points that stand in for rows of a cell lie in it widened by this share on both sides. */
  private static final double WIDENED = 0.21;

  private static final int SAMPLES = 33;

  /** What the largest of the samples is taken to be exceeded by between them. */
  private static final double BETWEEN_SAMPLES = 1.05;

  private static final double CURVATURE_FACTOR = StrictMath.exp(0.5);
  private static final double LARGEST_MOVE = 0.5;

  private final LogitFeatures features;
  private final double[] theta;
  private final OrthonormalColumns columns;
  private final Cholesky curvature;
  private final double[] gradient;

  /** The largest {@code x' H^-1 x} of the features of any logit in a cell. */
  private double leverage;

  private CellExcess(
      LogitFeatures features, double[] theta, OrthonormalColumns columns, Cholesky curvature) {
    this.features = features;
    this.theta = theta;
    this.columns = columns;
    this.curvature = curvature;
    gradient = new double[features.count()];
  }

  /**
   * The bound; infinite where it cannot be told.
   *
   * @param points those that stand in for the rows of the cells
   * @param theta the fit to them by their labels
   */
  static double bound(
      LogitCells cells, BinaryPoints points, LogitFeatures features, double[] theta) {
    OrthonormalColumns columns = LogisticRegression.orthonormal(features.columns(points), points);
    if (columns.rank() < features.count()) {
      return Double.POSITIVE_INFINITY;
    }
    Optional<Cholesky> curvature =
        LogisticRegression.curvature(columns, points, columns.times(theta));
    if (curvature.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    CellExcess excess = new CellExcess(features, theta, columns, curvature.get());
    double weight = points.weight();
    for (LogitCells.Entry entry : cells.entries()) {
      excess.add(entry, entry.weight() / weight);
    }
    return excess.bound();
  }

  private void add(LogitCells.Entry entry, double share) {
    double width = entry.to() - entry.from();
    double[] third = new double[gradient.length];
    for (int s = 0; s < SAMPLES; s++) {
      double place = -WIDENED + (1 + 2 * WIDENED) * s / (SAMPLES - 1);
      sample(entry.from() + width * place, entry.positive() ? 1 : 0, third);
    }
    double variance = entry.variance();
    double factor = share * (width * variance + variance * Math.sqrt(variance)) / 6;
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] += factor * BETWEEN_SAMPLES * third[j];
    }
  }

  /** Raises the third derivatives of {@code (sigmoid(t) - y) x_j} to those at z. */
  private void sample(double z, int y, double[] third) {
    double[][] x = new double[gradient.length][];
    double[] t = new double[4];
    double[] row = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      x[j] = features.derivatives(j, z);
      row[j] = x[j][0];
      for (int d = 0; d < t.length; d++) {
        t[d] += theta[j] * x[j][d];
      }
    }
    double p = Logit.sigmoid(t[0]);
    double d1 = p * Logit.sigmoid(-t[0]);
    double d2 = d1 * (1 - 2 * p);
    double d3 = d1 * (1 - 6 * d1);
    double s1 = d1 * t[1];
    double s2 = d2 * t[1] * t[1] + d1 * t[2];
    double s3 = d3 * t[1] * t[1] * t[1] + 3 * d2 * t[1] * t[2] + d1 * t[3];
    for (int j = 0; j < x.length; j++) {
      double derivative = s3 * x[j][0] + 3 * s2 * x[j][1] + 3 * s1 * x[j][2] + (p - y) * x[j][3];
      third[j] = Math.max(third[j], Math.abs(derivative));
    }
    leverage = Math.max(leverage, curvature.norm(columns.row(row)));
  }

  private double bound() {
    double bound = 0;
    for (int signs = 0; signs < 1 << gradient.length; signs++) {
      double[] signed = gradient.clone();
      for (int j = 0; j < signed.length; j++) {
        signed[j] *= (signs >> j & 1) == 1 ? -1 : 1;
      }
      bound = Math.max(bound, curvature.norm(columns.row(signed)));
    }
    double move = 2 * CURVATURE_FACTOR * Math.sqrt(bound) * Math.sqrt(leverage);
    return move <= LARGEST_MOVE ? bound : Double.POSITIVE_INFINITY;
  }
}
