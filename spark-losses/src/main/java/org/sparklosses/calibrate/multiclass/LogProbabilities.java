// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.Logit;

/** Logarithms of the probabilities of a row, none below that of the least normal float. */
public final class LogProbabilities {

  private LogProbabilities() {}

  /** Of logits, in their place: the logarithm of their softmax. */
  public static void ofLogits(double[] z) {
    shift(z, logSumExp(z));
    clip(z);
  }

  /** Of probabilities, in their place. */
  public static void ofProbabilities(double[] p) {
    for (int j = 0; j < p.length; j++) {
      p[j] = StrictMath.log(p[j]);
    }
    clip(p);
  }

  /** The logarithm of {@code sum exp(z)}. */
  static double logSumExp(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : z) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (double x : z) {
      sum += StrictMath.exp(x - max);
    }
    return max + StrictMath.log(sum);
  }

  /** Softmax, in its place. */
  public static void softmax(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : z) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      z[j] = StrictMath.exp(z[j] - max);
      sum += z[j];
    }
    for (int j = 0; j < z.length; j++) {
      z[j] /= sum;
    }
  }

  private static void shift(double[] z, double by) {
    for (int j = 0; j < z.length; j++) {
      z[j] -= by;
    }
  }

  private static void clip(double[] l) {
    for (int j = 0; j < l.length; j++) {
      l[j] = Math.max(l[j], Logit.LEAST);
    }
  }
}
