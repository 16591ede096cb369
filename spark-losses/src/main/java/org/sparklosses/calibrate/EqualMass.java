// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import org.sparklosses.score.EqualMassBins;

/** Bins of equal mass of groups of ties; what is in them is read off sums up to each group. */
final class EqualMass {

  private final BinaryPoints groups;
  private final double[] weight;
  private final double[] positive;

  EqualMass(BinaryPoints groups) {
    this.groups = groups;
    weight = groups.cumulativeWeight();
    positive = groups.cumulativePositive();
  }

  /** The groups whose scores are the edges between so many bins. */
  int[] edges(int bins) {
    return new EqualMassBins(bins).edgeAtoms(weight);
  }

  /** The scores of such groups. */
  double[] scores(int[] edges) {
    double[] scores = new double[edges.length];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = groups.score()[edges[j]];
    }
    return scores;
  }

  /** The weight of the groups after {@code from} up to {@code to}; from -1 on of all. */
  double weight(int from, int to) {
    return weight[to] - (from < 0 ? 0 : weight[from]);
  }

  /** As {@link #weight}, of rows of class 1. */
  double positive(int from, int to) {
    return positive[to] - (from < 0 ? 0 : positive[from]);
  }
}
