// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/**
 * A map whose probabilities are mixed with 1/2: {@link Floor}.
 *
 * @param map what is mixed
 * @param share e, in [0, 1]
 */
record FlooredMap(BinaryMap map, double share) implements BinaryMap {

  private static final long serialVersionUID = 1L;

  /** The share among the numbers of the map. */
  static final String SHARE = "floor";

  FlooredMap {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the floor " + share + " is not in [0, 1]");
    }
  }

  /** A fit with a floor. */
  static BinaryFit of(BinaryFit fit, BinaryTable table) {
    FlooredMap floored = new FlooredMap(fit.map(), Floor.share(fit.weight()));
    return BinaryFit.of(floored, fit.status(), table).found(fit.iterations(), fit.gradientNorm());
  }

  @Override
  public String method() {
    return map.method();
  }

  @Override
  public InputScale input() {
    return map.input();
  }

  @Override
  public double probability(double x) {
    return Floor.mixed(map.probability(x), share, 2);
  }

  @Override
  public boolean needsFloor() {
    return share == 0 && map.needsFloor();
  }

  @Override
  public IncreasingRange increasing() {
    return map.increasing();
  }

  @Override
  public MapNumbers numbers() {
    return map.numbers().with(SHARE, share);
  }
}
