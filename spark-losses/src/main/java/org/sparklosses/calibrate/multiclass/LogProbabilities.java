// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.Logit;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.Logarithm;
import org.sparklosses.kernel.RowKernels;

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
      p[j] = p[j] < Float.MIN_NORMAL ? Logit.LEAST : Logarithm.of(p[j]);
    }
  }

  /** The logarithm of {@code sum exp(z)}. */
  static double logSumExp(double[] z) {
    return softmax(z.clone());
  }

  /**
   * The exponentials of {@code factor (z - max)}, max the largest of z.
   *
   * @param factor above 0
   * @param out where they go; may be z itself
   */
  static void exponentials(double[] z, double factor, double max, double[] out) {
    for (int j = 0; j < z.length; j++) {
      out[j] = factor * (z[j] - max);
    }
    RowKernels.get().columns().exponentials(out, z.length, out);
  }

  /** Logarithms, in their place, of normal numbers above 0. */
  static void logarithms(double[] p) {
    RowKernels.get().columns().logarithms(p, p.length, p);
  }

  /** The largest. */
  static double max(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : z) {
      max = x > max ? x : max;
    }
    return max;
  }

  /** The class of the largest, the first of equals. */
  static int largest(double[] l) {
    int top = 0;
    for (int j = 1; j < l.length; j++) {
      top = l[j] > l[top] ? j : top;
    }
    return top;
  }

  /**
   * The logit of each class against the rest, {@code l_k - log sum exp(l_j) over j != k}.
   *
   * @param out where they go; not l itself
   */
  static void logOdds(double[] l, double[] out) {
    int top = largest(l);
    double others = 0;
    for (int j = 0; j < l.length; j++) {
      out[j] = Exponential.ofDifference(l[j] - l[top]);
      others += j == top ? 0 : out[j];
    }
    // Of any class but the first, what is left holds the first: nothing cancels.
    double all = others + 1;
    for (int j = 0; j < l.length; j++) {
      double rest = j == top ? others : all - out[j];
      out[j] = l[j] - l[top] - Logarithm.of(rest);
    }
  }

  /**
   * Softmax, in its place.
   *
   * @return the logarithm of {@code sum exp(z)}
   */
  public static double softmax(double[] z) {
    double max = max(z);
    exponentials(z, 1, max, z);
    double sum = 0;
    for (double e : z) {
      sum += e;
    }
    for (int j = 0; j < z.length; j++) {
      z[j] /= sum;
    }
    return max + Logarithm.of(sum);
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
