// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.List;

/**
 * Probabilities of several classes from a map for each, fitted to that class against the rest:
 * their values divided by their sum, 1 / K each where that is 0, then mixed with uniform ones.
 *
 * @param maps one a class, at least two
 * @param floor the share of the uniform ones, in [0, 1]: {@link Floor#share} or 0
 */
public record OneVersusRest(List<BinaryMap> maps, double floor) {

  /** Copies the list and checks the ranges. */
  public OneVersusRest {
    maps = List.copyOf(maps);
    if (maps.size() < 2) {
      throw new IllegalArgumentException(maps.size() + " maps; there must be one a class");
    }
    if (!(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException("the floor " + floor + " is not in [0, 1]");
    }
  }

  /**
   * The calibrated probabilities of a row.
   *
   * @param p as many as maps, each in [0, 1]
   * @return as many, of sum 1
   */
  public double[] probabilities(double[] p) {
    if (p.length != maps.size()) {
      throw new IllegalArgumentException(
          "%d probabilities where there are %d maps".formatted(p.length, maps.size()));
    }
    double[] q = new double[p.length];
    double sum = 0;
    for (int k = 0; k < q.length; k++) {
      q[k] = maps.get(k).ofProbability(p[k]);
      sum += q[k];
    }
    for (int k = 0; k < q.length; k++) {
      q[k] = sum > 0 ? q[k] / sum : 1.0 / q.length;
    }
    return Floor.mixed(q, floor);
  }
}
