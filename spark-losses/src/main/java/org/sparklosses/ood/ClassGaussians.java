// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ood;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A normal distribution of the features of each class, with one covariance for all.
 *
 * <p>Its score of a row is that of Lee et al. 2018, arXiv:1807.03888: minus the squared Mahalanobis
 * distance to the nearest class, higher for rows like those of training.
 */
public final class ClassGaussians implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Where less of the variance of a feature is left by those before it, that is rounding. */
  private static final double LEAST_PIVOT = 1e-12;

  private final double[][] means;
  private final double[][] covariance;

  /** The lower triangle L with {@code L L' = covariance}. */
  private final double[][] root;

  /** Amid the means: what is near them keeps its digits. */
  private final double[] origin;

  /** {@code L^-1 (mean - origin)} of each class that has a mean. */
  private final double[][] centres;

  /**
   * @param means of the features, by class; classes with NaN do not count
   * @param covariance of the features, symmetric and positive definite
   * @throws IllegalArgumentException if a feature has no variance of its own, or no class has means
   */
  public ClassGaussians(double[][] means, double[][] covariance) {
    this.means = copy(means);
    this.covariance = copy(covariance);
    root = root(covariance);
    double[][] known =
        Arrays.stream(means)
            .filter(mean -> Arrays.stream(mean).noneMatch(Double::isNaN))
            .toArray(double[][]::new);
    if (known.length == 0) {
      throw new IllegalArgumentException("no class has means");
    }
    origin = new double[root.length];
    for (double[] mean : known) {
      checkLength(mean);
      for (int i = 0; i < origin.length; i++) {
        origin[i] += mean[i] / known.length;
      }
    }
    centres = Arrays.stream(known).map(this::whitened).toArray(double[][]::new);
  }

  private static double[][] root(double[][] a) {
    double[][] l = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        if (i > j) {
          l[i][j] = sum / l[j][j];
        } else if (sum > LEAST_PIVOT * a[i][i]) {
          l[i][i] = StrictMath.sqrt(sum);
        } else {
          throw singular(i);
        }
      }
    }
    return l;
  }

  static IllegalArgumentException singular(int feature) {
    return new IllegalArgumentException(
        "the covariance is singular at feature "
            + feature
            + ": leave out features that are constant or follow from others");
  }

  /** The means of the features, by class. */
  public double[][] means() {
    return copy(means);
  }

  /** The covariance of the features within classes, divided by the number of rows. */
  public double[][] covariance() {
    return copy(covariance);
  }

  /**
   * Minus the squared distance of a row's features to the nearest class; at most 0, NaN where a
   * feature is NaN.
   *
   * @throws IllegalArgumentException if it has another number of features
   */
  public double score(double[] x) {
    checkLength(x);
    double[] point = whitened(x);
    double nearest = Double.POSITIVE_INFINITY;
    for (double[] centre : centres) {
      double square = 0;
      for (int i = 0; i < point.length; i++) {
        double difference = point[i] - centre[i];
        square += difference * difference;
      }
      nearest = Math.min(nearest, square);
    }
    return -nearest;
  }

  /** Where features have variance 1 each and no correlation: {@code L^-1 (x - origin)}. */
  private double[] whitened(double[] x) {
    double[] solved = new double[root.length];
    for (int i = 0; i < root.length; i++) {
      double[] row = root[i];
      double sum = x[i] - origin[i];
      for (int k = 0; k < i; k++) {
        sum -= row[k] * solved[k];
      }
      solved[i] = sum / row[i];
    }
    return solved;
  }

  private void checkLength(double[] x) {
    if (x.length != root.length) {
      throw new IllegalArgumentException(
          "%d features where the fit has %d".formatted(x.length, root.length));
    }
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }
}
