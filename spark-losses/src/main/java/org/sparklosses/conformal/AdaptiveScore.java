// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/** The probability of all classes down to this one. */
public record AdaptiveScore() implements ConformityScore {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "aps";
  }

  @Override
  public String summary() {
    return "sets that grow with the doubt about a row, so that easy and hard rows are covered"
        + " more alike, at the price of large sets where there are many classes; sets of sure"
        + " rows may be empty";
  }

  @Override
  public String formula() {
    return "p_(1) + ... + p_(r) - u p_k, r the rank of k";
  }

  @Override
  public String source() {
    return "Romano, Sesia and Candes 2020, arXiv:2006.02544";
  }

  @Override
  public boolean isRandomised() {
    return true;
  }

  @Override
  public double[] scores(double[] p, double u) {
    return regularised(p, u, 0, 0);
  }

  /** The same with so much more for each rank beyond some. */
  static double[] regularised(double[] p, double u, double penalty, int freeRanks) {
    int[] order = ClassOrder.descending(p);
    double[] scores = new double[p.length];
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      int k = order[i];
      sum += p[k];
      scores[k] = sum - u * p[k] + penalty * Math.max(i + 1 - freeRanks, 0);
    }
    return scores;
  }
}
