// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Map;

/** Isotonic regression of each class against the rest. */
public final class OneVersusRestIsotonic extends OneVersusRestCalibrator {

  /** For the service loader. */
  public OneVersusRestIsotonic() {
    super("isotonic_calibration", Map.of(), true);
  }

  @Override
  public String name() {
    return "one_vs_rest_isotonic";
  }

  @Override
  public String summary() {
    return "isotonic regression of each class against the rest, as scikit-learn does it: to compare"
        + " with, for in log loss it is worse than no calibration more often than not; up to 128"
        + " classes";
  }

  @Override
  public String formula() {
    return "(1 - e) q / sum q + e/K, q_k = isotonic_calibration of class k against the rest, q ="
        + " 1/K where all are 0, e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Zadrozny and Elkan 2002, doi:10.1145/775047.775151; the mixture: Berta et al. 2025,"
        + " arXiv:2511.03685";
  }
}
