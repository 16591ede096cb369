// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Map;

/** A histogram of each class against the rest. */
public final class OneVersusRestHistogram extends OneVersusRestCalibrator {

  /** For the service loader. */
  public OneVersusRestHistogram() {
    super("histogram_binning", Map.of("strategy", "quantile"), true);
  }

  @Override
  public String name() {
    return "one_vs_rest_histogram";
  }

  @Override
  public String summary() {
    return "the rates of each class in ten bins of equal mass: to compare with, for it loses to"
        + " every method above and to no calibration as a rule; up to 128 classes";
  }

  @Override
  public String formula() {
    return "(1 - e) q / sum q + e/K, q_k = share of class k in the bin that p_k lies in, q = 1/K"
        + " where all are 0, e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Zadrozny and Elkan 2001, ICML; the mixture: Berta et al. 2025, arXiv:2511.03685";
  }
}
