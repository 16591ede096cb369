// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Optional;
import org.sparklosses.calibrate.BinaryMap;
import org.sparklosses.calibrate.IncreasingRange;
import org.sparklosses.calibrate.MapNumbers;

/**
 * A map of the probability of class 1 as one of both classes.
 *
 * @param map of the probability of class 1
 */
record TwoClassMap(BinaryMap map) implements ClassMap {

  private static final long serialVersionUID = 1L;

  @Override
  public String method() {
    return map.method();
  }

  @Override
  public int classes() {
    return 2;
  }

  @Override
  public double[] probabilities(double[] l) {
    double p = map.ofLogit(l[1] - l[0]);
    return new double[] {1 - p, p};
  }

  @Override
  public Optional<IncreasingRange> increasing() {
    return Optional.of(map.increasing());
  }

  @Override
  public MapNumbers numbers() {
    return map.numbers();
  }
}
