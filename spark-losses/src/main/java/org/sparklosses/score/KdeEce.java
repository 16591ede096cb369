// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * The calibration error with the observed rate estimated by a Dirichlet kernel over all other rows
 * (Popordanoska, Sayer, Blaschko 2022, arXiv:2210.07810): the mean over rows i of sum_k |r_ik -
 * p_ik|^order, r_i the mean of the labels of the rows j weighted by the Dirichlet density of
 * parameters p_j / bandwidth + 1 at p_i. Quadratic in the rows: of a sample that is uniform.
 *
 * @param bandwidth above 0
 * @param order of the error, above 0
 */
public record KdeEce(double bandwidth, double order) {

  /** Checks the ranges. */
  public KdeEce {
    if (!(bandwidth > 0 && order > 0)) {
      throw new IllegalArgumentException(
          "bandwidth is " + bandwidth + " and order is " + order + ": both must be above 0");
    }
  }

  /**
   * Of a binary outcome: the error of one of its two sides, not the sum of both, which is twice it.
   *
   * @param p probabilities in (0, 1)
   * @param y outcomes, 0 or 1
   * @return NaN of less than two rows
   */
  public double binary(double[] p, double[] y) {
    return binary(p, Arrays.stream(y).mapToInt(hit -> (int) hit).toArray(), ones(p.length));
  }

  /** As {@link #binary(double[], double[])}, of rows that occur more than once. */
  public double binary(double[] p, int[] y, long[] count) {
    double[][] both = new double[p.length][];
    double[][] outcomes = new double[p.length][];
    for (int i = 0; i < p.length; i++) {
      both[i] = new double[] {p[i], 1 - p[i]};
      outcomes[i] = new double[] {y[i]};
    }
    return error(both, outcomes, count);
  }

  /**
   * Of all classes.
   *
   * @param p rows of probabilities in (0, 1)
   * @param label the class of each row
   * @return NaN of less than two rows
   */
  public double canonical(double[][] p, int[] label) {
    return canonical(p, label, ones(p.length));
  }

  /** As {@link #canonical(double[][], int[])}, of rows that occur more than once. */
  public double canonical(double[][] p, int[] label, long[] count) {
    double[][] outcomes = new double[p.length][];
    for (int i = 0; i < p.length; i++) {
      outcomes[i] = new double[p[i].length];
      outcomes[i][label[i]] = 1;
    }
    return error(p, outcomes, count);
  }

  private static long[] ones(int n) {
    long[] ones = new long[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The error over the columns of {@code y}, which are the first of {@code p}. */
  private double error(double[][] p, double[][] y, long[] count) {
    int n = p.length;
    long rows = Arrays.stream(count).sum();
    if (rows < 2) {
      return Double.NaN;
    }
    double[][] logs = new double[n][];
    double[] normalizer = new double[n];
    for (int i = 0; i < n; i++) {
      logs[i] = new double[p[i].length];
      double concentration = 0;
      for (int k = 0; k < p[i].length; k++) {
        logs[i][k] = StrictMath.log(p[i][k]);
        double alpha = p[i][k] / bandwidth + 1;
        concentration += alpha;
        normalizer[i] -= Gamma.logGamma(alpha);
      }
      normalizer[i] += Gamma.logGamma(concentration);
    }
    CompensatedSum sum = new CompensatedSum();
    double[] density = new double[n];
    for (int i = 0; i < n; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        if (j != i || count[i] > 1) {
          density[j] = normalizer[j] + exponent(p[j], logs[i]);
          largest = Math.max(largest, density[j]);
        }
      }
      sum.add(count[i] * error(i, p[i], y, count, density, largest));
    }
    return sum.value() / rows;
  }

  private double exponent(double[] p, double[] logs) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += p[k] == 0 ? 0 : p[k] / bandwidth * logs[k];
    }
    return sum;
  }

  private double error(
      int row, double[] p, double[][] y, long[] count, double[] density, double largest) {
    double[] rate = new double[y[row].length];
    double mass = 0;
    for (int j = 0; j < y.length; j++) {
      long others = j == row ? count[j] - 1 : count[j];
      if (others > 0) {
        double share = others * StrictMath.exp(density[j] - largest);
        mass += share;
        for (int k = 0; k < rate.length; k++) {
          rate[k] += share * y[j][k];
        }
      }
    }
    double error = 0;
    for (int k = 0; k < rate.length; k++) {
      error += StrictMath.pow(Math.abs(rate[k] / mass - p[k]), order);
    }
    return error;
  }
}
