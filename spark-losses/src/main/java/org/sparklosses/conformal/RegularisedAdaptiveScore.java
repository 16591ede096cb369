// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;

/**
 * The probability of all classes down to this one, and a penalty of low ranks.
 *
 * @param lam the penalty of a rank
 * @param freeRanks the ranks without one
 */
public record RegularisedAdaptiveScore(double lam, int freeRanks) implements ConformityScore {

  private static final long serialVersionUID = 1L;

  private static final String LAM = "lam";
  private static final String K_REG = "k_reg";
  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.number(LAM, 0.01, Range.atLeast(0), "the penalty of a rank"),
          Parameter.integer(K_REG, 1, Range.atLeast(0), "the ranks without a penalty"));

  /** With the defaults, for the service loader. */
  public RegularisedAdaptiveScore() {
    this(0.01, 1);
  }

  @Override
  public String name() {
    return "raps";
  }

  @Override
  public String summary() {
    return "aps with a penalty of low ranks, which keeps sets small where there are many classes";
  }

  @Override
  public String formula() {
    return "p_(1) + ... + p_(r) - u p_k + lam max(r - k_reg, 0), r the rank of k";
  }

  @Override
  public String source() {
    return "Angelopoulos et al. 2021, arXiv:2009.14193";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public ConformityScore with(Settings settings) {
    return new RegularisedAdaptiveScore(settings.number(LAM), settings.integer(K_REG));
  }

  @Override
  public boolean isRandomised() {
    return true;
  }

  @Override
  public double[] scores(double[] p, double u) {
    return AdaptiveScore.regularised(p, u, lam, freeRanks);
  }
}
