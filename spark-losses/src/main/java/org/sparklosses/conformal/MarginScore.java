// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/** How far the class is behind the largest other. */
public record MarginScore() implements ConformityScore {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "margin";
  }

  @Override
  public String summary() {
    return "small sets too, by what the class has less than its best rival; sets of rows in doubt"
        + " may be empty";
  }

  @Override
  public String formula() {
    return "max_{j != k} p_j - p_k";
  }

  @Override
  public String source() {
    return "Johansson et al. 2017, Model-agnostic nonconformity functions for conformal"
        + " classification, IJCNN, 2072-2079";
  }

  @Override
  public double[] scores(double[] p, double u) {
    int[] order = ClassOrder.descending(p);
    double second = p.length > 1 ? p[order[1]] : 0;
    double[] scores = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      scores[k] = (k == order[0] ? second : p[order[0]]) - p[k];
    }
    return scores;
  }
}
