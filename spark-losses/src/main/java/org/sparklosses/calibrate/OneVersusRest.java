// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Probabilities of several classes from a map for each, fitted to that class against the rest:
 * their values divided by their sum, 1 / K each where that is 0, then mixed with uniform ones.
 *
 * @param maps one a class, at least two
 * @param floor the share of the uniform ones, in [0, 1]: {@link Floor#share} or 0
 */
public record OneVersusRest(List<BinaryMap> maps, double floor) implements Serializable {

  private static final long serialVersionUID = 1L;

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
    return of(p.length, k -> maps.get(k).ofProbability(p[k]));
  }

  /**
   * The calibrated probabilities of a row.
   *
   * @param z the logit of each class against the rest, as many as maps
   * @return as many, of sum 1
   */
  public double[] ofLogits(double[] z) {
    return of(z.length, k -> maps.get(k).ofLogit(z[k]));
  }

  private double[] of(int classes, IntToDoubleFunction value) {
    if (classes != maps.size()) {
      throw new IllegalArgumentException(
          "%d probabilities where there are %d maps".formatted(classes, maps.size()));
    }
    double[] q = new double[classes];
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      q[k] = value.applyAsDouble(k);
      sum += q[k];
    }
    for (int k = 0; k < classes; k++) {
      q[k] = sum > 0 ? q[k] / sum : 1.0 / classes;
    }
    return Floor.mixed(q, floor);
  }
}
