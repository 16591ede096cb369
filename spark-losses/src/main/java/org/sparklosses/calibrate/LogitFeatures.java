// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;

/** Log odds that are linear in a few functions of the logit z, the first of which is 1. */
enum LogitFeatures {
  /** 1, z. */
  LINEAR(2, 1) {
    @Override
    double of(int feature, double z) {
      return feature == 0 ? 1 : z;
    }

    @Override
    double[] derivatives(int feature, double z) {
      return feature == 0 ? constant() : new double[] {z, 1, 0, 0};
    }
  },
  /** 1, z, z^2. */
  QUADRATIC(3, 2) {
    @Override
    double of(int feature, double z) {
      return feature == 2 ? z * z : LINEAR.of(feature, z);
    }

    @Override
    double[] derivatives(int feature, double z) {
      return feature == 2 ? new double[] {z * z, 2 * z, 2, 0} : LINEAR.derivatives(feature, z);
    }
  },
  /** 1, ln p, -ln(1 - p), where z is the logit of p. */
  BETA(3, 2) {
    @Override
    double of(int feature, double z) {
      return switch (feature) {
        case 0 -> 1;
        case 1 -> -Logit.softplus(-z);
        default -> Logit.softplus(z);
      };
    }

    @Override
    double[] derivatives(int feature, double z) {
      if (feature == 0) {
        return constant();
      }
      double p = Logit.sigmoid(z);
      double q = Logit.sigmoid(-z);
      double sign = feature == 1 ? -1 : 1;
      return new double[] {
        of(feature, z), feature == 1 ? q : p, sign * p * q, sign * p * q * (q - p)
      };
    }
  };

  private final int count;
  private final int degree;

  LogitFeatures(int count, int degree) {
    this.count = count;
    this.degree = degree;
  }

  /** How many functions. */
  int count() {
    return count;
  }

  /** Their combinations change sign where polynomials of this degree can. */
  int degree() {
    return degree;
  }

  abstract double of(int feature, double z);

  /** A function and its first three derivatives. */
  abstract double[] derivatives(int feature, double z);

  /** The coefficients of {@code intercept + slope z}. */
  double[] line(double intercept, double slope) {
    double[] theta = new double[count];
    theta[0] = intercept;
    theta[1] = slope;
    if (this == BETA) {
      theta[2] = slope;
    }
    return theta;
  }

  /** The values of a function at all scores. */
  double[] column(int feature, BinaryPoints points) {
    return Arrays.stream(points.score()).map(z -> of(feature, z)).toArray();
  }

  /** The values of all functions at all scores. */
  double[][] columns(BinaryPoints points) {
    double[][] columns = new double[count][];
    Arrays.setAll(columns, j -> column(j, points));
    return columns;
  }

  private static double[] constant() {
    return new double[] {1, 0, 0, 0};
  }
}
