// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import org.sparklosses.calibrate.Cholesky;

/** A Hessian that directions are multiplied by the inverse of: whole, or its blocks by class. */
interface Curvature {

  /** Of more parameters only the blocks are made: the whole has the square of so many numbers. */
  int MOST_PARAMETERS = 2000;

  /** The inverse of the Hessian times a vector. */
  double[] solve(double[] vector);

  /** What a quadratic objective of this Hessian and such a gradient exceeds its least value by. */
  default double decrement(double[] gradient) {
    double[] step = solve(gradient);
    double sum = 0;
    for (int i = 0; i < step.length; i++) {
      sum += step[i] * gradient[i];
    }
    return sum / 2;
  }

  /**
   * The Hessian of a structure's objective over a sample.
   *
   * @param scale a factor of the weights of the sample, which then sum to that of the structure
   * @param theta the parameters
   */
  static Curvature of(Structure structure, SampleOfRows sample, double scale, double[] theta) {
    int[][] parts =
        structure.size() <= MOST_PARAMETERS
            ? new int[][] {structure.parameters()}
            : structure.parametersByClass();
    Cholesky[] solvers = new Cholesky[parts.length];
    double[][][] hessians = hessians(structure, sample, scale, theta, parts);
    for (int part = 0; part < parts.length; part++) {
      solvers[part] = Cholesky.raised(hessians[part]);
    }
    return vector -> {
      double[] solution = new double[vector.length];
      for (int part = 0; part < parts.length; part++) {
        int[] parameters = parts[part];
        double[] right = Arrays.stream(parameters).mapToDouble(a -> vector[a]).toArray();
        double[] left = solvers[part].solve(right);
        for (int a = 0; a < parameters.length; a++) {
          solution[parameters[a]] = left[a];
        }
      }
      return solution;
    };
  }

  private static double[][][] hessians(
      Structure structure, SampleOfRows sample, double scale, double[] theta, int[][] parts) {
    double[][][] hessians = new double[parts.length][][];
    for (int part = 0; part < parts.length; part++) {
      hessians[part] = new double[parts[part].length][parts[part].length];
    }
    int classes = structure.classes();
    double[] l = new double[classes];
    double[] p = new double[classes];
    double[] inner = new double[structure.size()];
    double[] column = new double[structure.size()];
    sample.forEach(
        (given, label, weight) -> {
          structure.scores().of(given, l);
          structure.logits(theta, l, p);
          LogProbabilities.softmax(p);
          for (int a = 0; a < inner.length; a++) {
            inner[a] = structure.inner(a, l);
          }
          double share = weight * scale / structure.weight();
          for (int part = 0; part < parts.length; part++) {
            add(structure, parts[part], p, inner, share, column, hessians[part]);
          }
        });
    for (int part = 0; part < parts.length; part++) {
      finish(structure, parts[part], hessians[part]);
    }
    return hessians;
  }

  /** Adds the lower half of {@code share (diag p - p p') inner inner'}. */
  private static void add(
      Structure structure,
      int[] parameters,
      double[] p,
      double[] inner,
      double share,
      double[] column,
      double[][] hessian) {
    int of = -1;
    for (int a = 0; a < parameters.length; a++) {
      int i = structure.logit(parameters[a]);
      if (i != of) {
        of = i;
        for (int b = 0; b < parameters.length; b++) {
          int k = structure.logit(parameters[b]);
          column[b] = (i == k ? p[i] * (1 - p[i]) : -p[i] * p[k]) * inner[parameters[b]];
        }
      }
      double factor = share * inner[parameters[a]];
      double[] row = hessian[a];
      for (int b = 0; b <= a; b++) {
        row[b] += factor * column[b];
      }
    }
  }

  private static void finish(Structure structure, int[] parameters, double[][] hessian) {
    for (int a = 0; a < parameters.length; a++) {
      hessian[a][a] += 2 * structure.ridge(parameters[a]);
    }
  }
}
