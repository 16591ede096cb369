package org.sparklosses.calibrate.multiclass;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;

/** A Hessian that directions are multiplied by the inverse of: whole, or its diagonal alone. */
interface Curvature {

  /** Of so many parameters the whole Hessian is made, which is the square of them. */
  int MOST_PARAMETERS = 600;

  /** The inverse of the Hessian times a vector. */
  double[] solve(double[] vector);

  /**
   * The Hessian of the objective of rows, at some parameters.
   *
   * @param rows whose weights sum to that of the structure
   */
  static Curvature of(Structure structure, SampleOfRows rows, double scale, double[] theta) {
    return structure.size() <= MOST_PARAMETERS
        ? whole(structure, rows, scale, theta)
        : diagonal(structure, rows, scale, theta);
  }

  private static Curvature whole(
      Structure structure, SampleOfRows rows, double scale, double[] theta) {
    int classes = structure.classes();
    int size = structure.size();
    double[][] hessian = new double[size][size];
    double[] l = new double[classes];
    double[] p = new double[classes];
    // The derivative of logit i by parameter a is inner[a] where a is one of i, else 0.
    double[] inner = new double[size];
    rows.forEach(
        (given, label, weight) -> {
          probabilities(structure, theta, given, l, p);
          double share = weight * scale / structure.weight();
          for (int a = 0; a < size; a++) {
            inner[a] = inner(structure, a, l);
          }
          for (int a = 0; a < size; a++) {
            int i = logit(structure, a);
            for (int b = 0; b <= a; b++) {
              int k = logit(structure, b);
              double s = i == k ? p[i] * (1 - p[i]) : -p[i] * p[k];
              hessian[a][b] += share * s * inner[a] * inner[b];
            }
          }
        });
    for (int a = 0; a < size; a++) {
      hessian[a][a] += 2 * structure.ridge(a);
      for (int b = 0; b < a; b++) {
        hessian[b][a] = hessian[a][b];
      }
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false), 1e-9, 0).getSolver();
    return vector -> solver.solve(new ArrayRealVector(vector, false)).toArray();
  }

  private static Curvature diagonal(
      Structure structure, SampleOfRows rows, double scale, double[] theta) {
    double[] diagonal = new double[structure.size()];
    double[] l = new double[structure.classes()];
    double[] p = new double[structure.classes()];
    rows.forEach(
        (given, label, weight) -> {
          probabilities(structure, theta, given, l, p);
          double share = weight * scale / structure.weight();
          for (int a = 0; a < diagonal.length; a++) {
            int i = logit(structure, a);
            double inner = inner(structure, a, l);
            diagonal[a] += share * p[i] * (1 - p[i]) * inner * inner;
          }
        });
    for (int a = 0; a < diagonal.length; a++) {
      diagonal[a] += 2 * structure.ridge(a);
    }
    return vector -> {
      double[] solution = new double[vector.length];
      for (int a = 0; a < vector.length; a++) {
        solution[a] = vector[a] / diagonal[a];
      }
      return solution;
    };
  }

  private static void probabilities(
      Structure structure, double[] theta, double[] given, double[] l, double[] p) {
    structure.start().logarithms(given, l);
    structure.logits(theta, l, p);
    LogProbabilities.softmax(p);
  }

  /** The logit that a parameter is of. */
  private static int logit(Structure structure, int parameter) {
    if (parameter >= structure.entries()) {
      return parameter - structure.entries();
    }
    return structure.isFull() ? parameter / structure.classes() : parameter;
  }

  /** The derivative of that logit by the parameter. */
  private static double inner(Structure structure, int parameter, double[] l) {
    if (parameter >= structure.entries()) {
      return 1;
    }
    return structure.isFull() ? l[parameter % structure.classes()] : l[parameter];
  }
}
