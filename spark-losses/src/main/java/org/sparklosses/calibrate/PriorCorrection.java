// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import org.sparklosses.score.CompensatedSum;

/**
 * Probabilities of a model that was trained where classes were otherwise distributed than where it
 * is used (Saerens, Latinne and Decaestecker 2002, doi:10.1162/089976602753284446). Nothing is
 * fitted. With the priors swapped a correction is undone.
 */
public final class PriorCorrection {

  private final double[] factors;

  private PriorCorrection(double[] factors) {
    this.factors = factors;
  }

  /**
   * Of several classes: {@code p_k pi'_k / pi_k}, divided by their sum.
   *
   * @param trained the weight of each class in training, at least 0; divided by their sum
   * @param actual the weight of each class in use, at least 0; divided by their sum
   * @throws IllegalArgumentException if they are not as many, one is no weight or all are 0, or a
   *     class that training did not have has a weight in use
   */
  public static PriorCorrection of(double[] trained, double[] actual) {
    if (trained.length != actual.length) {
      throw new IllegalArgumentException(
          "%d priors of training and %d of use".formatted(trained.length, actual.length));
    }
    double trainedSum = sum("training", trained);
    double actualSum = sum("use", actual);
    double[] factors = new double[trained.length];
    for (int k = 0; k < factors.length; k++) {
      if (trained[k] == 0 && actual[k] > 0) {
        throw new IllegalArgumentException(
            "class %d has the prior %s in use and 0 in training: nothing is known of it"
                .formatted(k, actual[k]));
      }
      factors[k] = actual[k] > 0 ? (actual[k] / actualSum) / (trained[k] / trainedSum) : 0;
    }
    return new PriorCorrection(factors);
  }

  private static double sum(String what, double[] priors) {
    for (int k = 0; k < priors.length; k++) {
      if (!(priors[k] >= 0 && priors[k] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the prior of class %d in %s is %s: it must be finite and at least 0"
                .formatted(k, what, priors[k]));
      }
    }
    double sum = CompensatedSum.of(priors);
    if (!(sum > 0)) {
      throw new IllegalArgumentException("all priors in " + what + " are 0");
    }
    return sum;
  }

  /**
   * The corrected probabilities of a row.
   *
   * @param p as many as priors, each in [0, 1]
   * @return as many, of sum 1; NaN each if every class that p allows has the prior 0
   */
  public double[] probabilities(double[] p) {
    if (p.length != factors.length) {
      throw new IllegalArgumentException(
          "%d probabilities where there are %d priors".formatted(p.length, factors.length));
    }
    double[] corrected = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      corrected[k] = p[k] * factors[k];
    }
    double sum = CompensatedSum.of(corrected);
    for (int k = 0; k < p.length; k++) {
      corrected[k] /= sum;
    }
    return corrected;
  }

  /**
   * Of two classes: the odds times {@code (r' / (1 - r')) / (r / (1 - r))}; 0 and 1 stay.
   *
   * @param p the probability of class 1, in [0, 1]
   * @param trained r, the share of class 1 in training, in (0, 1)
   * @param actual r', the share of class 1 in use, in [0, 1]
   * @throws IllegalArgumentException if a share is out of its range
   */
  public static double binary(double p, double trained, double actual) {
    if (!(trained > 0 && trained < 1)) {
      throw new IllegalArgumentException(
          "the prior in training is " + trained + ": it must be in (0, 1)");
    }
    if (!(actual >= 0 && actual <= 1)) {
      throw new IllegalArgumentException(
          "the prior in use is " + actual + ": it must be in [0, 1]");
    }
    if (p == 0 || p == 1) {
      return p;
    }
    double one = p * actual / trained;
    double zero = (1 - p) * (1 - actual) / (1 - trained);
    return one / (one + zero);
  }

  /**
   * Of a model that was trained on all rows of class 1 and some of class 0: {@code s p / (s p + 1 -
   * p)} (Dal Pozzolo et al. 2015, doi:10.1109/SSCI.2015.33).
   *
   * @param p the probability of class 1, in [0, 1]
   * @param keepRate s, the share of the rows of class 0 that was kept, in (0, 1]
   * @throws IllegalArgumentException if the share is out of its range
   */
  public static double undersampling(double p, double keepRate) {
    if (!(keepRate > 0 && keepRate <= 1)) {
      throw new IllegalArgumentException(
          "the share of rows kept is " + keepRate + ": it must be in (0, 1]");
    }
    return keepRate * p / (keepRate * p + 1 - p);
  }
}
