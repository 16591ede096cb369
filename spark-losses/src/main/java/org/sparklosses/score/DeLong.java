// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The AUCs of several models on the same rows and their covariance, from the placements of the rows
 * (DeLong, DeLong and Clarke-Pearson 1988; Sun and Xu 2014, doi:10.1109/LSP.2014.2337313). Weights
 * are importance weights: the effective number of rows is W^2 over the sum of w^2 (Kish).
 *
 * <p>Over rows that are not in memory: {@link Placements} of each model first, then one more pass
 * that adds up {@link #terms} apart by outcome.
 *
 * @param auc of each model; NaN unless both outcomes occur
 * @param covariance of the AUCs; NaN unless there are two rows of either outcome
 */
// Results are handed on to tables and reports, which read them.
@SuppressWarnings("ArrayRecordComponent")
public record DeLong(double[] auc, double[][] covariance) {

  private static final int WEIGHTS = 2;

  /**
   * Of rows in memory.
   *
   * @param score by model, then row
   * @param outcome 0 or 1
   * @param weight at least 0; null for 1 each
   */
  public static DeLong of(double[][] score, double[] outcome, double[] weight) {
    int models = score.length;
    List<Placements> placements = new ArrayList<>();
    for (double[] scores : score) {
      placements.add(new Placements(Atoms.of(scores, outcome, weight)));
    }
    CompensatedSum[][] sums = new CompensatedSum[2][termCount(models)];
    for (CompensatedSum[] ofOutcome : sums) {
      Arrays.setAll(ofOutcome, i -> new CompensatedSum());
    }
    double[] centred = new double[models];
    for (int row = 0; row < outcome.length; row++) {
      double w = weight == null ? 1 : weight[row];
      if (w > 0) {
        boolean isPositive = outcome[row] > 0;
        for (int m = 0; m < models; m++) {
          centred[m] = placements.get(m).centred(score[m][row], isPositive);
        }
        double[] terms = terms(centred, w);
        for (int t = 0; t < terms.length; t++) {
          sums[isPositive ? 1 : 0][t].add(terms[t]);
        }
      }
    }
    return of(placements, values(sums[1]), values(sums[0]));
  }

  private static double[] values(CompensatedSum[] sums) {
    return Arrays.stream(sums).mapToDouble(CompensatedSum::value).toArray();
  }

  /** The number of terms of a row. */
  public static int termCount(int models) {
    return WEIGHTS + models + models * (models + 1) / 2;
  }

  /**
   * What a row adds to the sums of its outcome: w, w^2, then w v of each model and w v v' of each
   * pair of them, v being its placements.
   *
   * @param centred {@link Placements#centred} of each model
   */
  public static double[] terms(double[] centred, double weight) {
    double[] terms = new double[termCount(centred.length)];
    terms[0] = weight;
    terms[1] = weight * weight;
    int t = WEIGHTS;
    for (double v : centred) {
      terms[t++] = weight * v;
    }
    for (int i = 0; i < centred.length; i++) {
      for (int j = i; j < centred.length; j++) {
        terms[t++] = weight * centred[i] * centred[j];
      }
    }
    return terms;
  }

  /**
   * Of the sums of {@link #terms}.
   *
   * @param placements of each model
   * @param positive the sums over the positive rows
   * @param negative the sums over the negative rows
   */
  public static DeLong of(List<Placements> placements, double[] positive, double[] negative) {
    int models = placements.size();
    double[] auc = placements.stream().mapToDouble(Placements::auc).toArray();
    double[][] covariance = new double[models][models];
    int product = WEIGHTS + models;
    for (int i = 0; i < models; i++) {
      for (int j = i; j < models; j++) {
        covariance[i][j] =
            covariance(positive, i, j, product) + covariance(negative, i, j, product);
        covariance[j][i] = covariance[i][j];
        product++;
      }
    }
    return new DeLong(auc, covariance);
  }

  /** The covariance of two means of placements over the rows of one outcome. */
  private static double covariance(double[] sums, int i, int j, int product) {
    double weight = sums[0];
    double rows = weight * weight / sums[1];
    double meanI = sums[WEIGHTS + i] / weight;
    double meanJ = sums[WEIGHTS + j] / weight;
    return rows > 1 ? (sums[product] / weight - meanI * meanJ) / (rows - 1) : Double.NaN;
  }

  /**
   * The difference of the AUCs of two models over its standard error: normal if they are equal.
   * Infinite if the error alone is 0, NaN if the difference is too.
   */
  public double z(int model, int other) {
    return (auc[model] - auc[other]) / standardError(model, other);
  }

  /** The standard error of the difference of the AUCs of two models. */
  public double standardError(int model, int other) {
    // Rounding can leave a little less than nothing.
    return Math.sqrt(
        Math.max(
            0, covariance[model][model] + covariance[other][other] - 2 * covariance[model][other]));
  }
}
