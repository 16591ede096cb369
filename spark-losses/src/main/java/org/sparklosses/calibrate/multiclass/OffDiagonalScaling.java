// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/**
 * What {@link MatrixScaling} and {@link DirichletCalibration} have in common: the regularisation of
 * off-diagonals and intercepts, {@code lambda / (K(K-1)) |W - diag W|^2 + mu / K |b|^2}.
 */
abstract class OffDiagonalScaling extends PlainScaling {

  /** Of both factors. */
  static final double DEFAULT = 0.01;

  private final double lambda;
  private final double mu;

  /**
   * @param lambda the factor of what a class takes from others, above 0
   * @param mu the factor of the shifts, above 0
   */
  OffDiagonalScaling(double lambda, double mu, double trace) {
    super(true, trace);
    this.lambda = lambda;
    this.mu = mu;
  }

  @Override
  final Penalty penalty(int classes, double least) {
    return new Penalty(
        Math.max(least, mu / classes), least, Math.max(least, lambda / (classes * (classes - 1))));
  }
}
