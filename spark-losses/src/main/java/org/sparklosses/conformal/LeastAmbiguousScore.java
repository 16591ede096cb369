// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/** One less the probability of the class. */
public record LeastAmbiguousScore() implements ConformityScore {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "lac";
  }

  @Override
  public String summary() {
    return "the smallest sets on average, and the first choice; rows that are hard are covered less"
        + " than others, and sets of rows in doubt may be empty";
  }

  @Override
  public String formula() {
    return "1 - p_k";
  }

  @Override
  public String source() {
    return "Sadinle, Lei and Wasserman 2019, arXiv:1609.00451";
  }

  @Override
  public double[] scores(double[] p, double u) {
    double[] scores = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      scores[k] = 1 - p[k];
    }
    return scores;
  }
}
