// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Map;

/** Venn-Abers prediction of each class against the rest. */
public final class OneVersusRestVennAbers extends OneVersusRestCalibrator {

  /** For the service loader. */
  public OneVersusRestVennAbers() {
    super("venn_abers", Map.of(), false);
  }

  @Override
  public String name() {
    return "one_vs_rest_venn_abers";
  }

  @Override
  public String summary() {
    return "Venn-Abers prediction of each class against the rest: the one of these three to take"
        + " where no formula fits; over classes, and once divided by their sum, its guarantee no"
        + " longer holds, and in log loss it loses to structured scaling as a rule; up to 128"
        + " classes";
  }

  @Override
  public String formula() {
    return "q / sum q, q_k = venn_abers of class k against the rest, p1 / (1 - p0 + p1)";
  }

  @Override
  public String source() {
    return "Vovk, Petej and Fedorova 2015, arXiv:1511.00213; Manokhin 2017, PMLR 60:228";
  }
}
