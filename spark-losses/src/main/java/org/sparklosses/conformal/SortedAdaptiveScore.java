// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;

/**
 * The largest probability, and a step for each rank below it.
 *
 * @param lam the step
 */
public record SortedAdaptiveScore(double lam) implements ConformityScore {

  private static final long serialVersionUID = 1L;

  private static final String LAM = "lam";
  private static final List<Parameter> PARAMETERS =
      List.of(Parameter.number(LAM, 0.2, Range.atLeast(0), "the step of a rank"));

  /** With the default, for the service loader. */
  public SortedAdaptiveScore() {
    this(0.2);
  }

  @Override
  public String name() {
    return "saps";
  }

  @Override
  public String summary() {
    return "of the probabilities the largest alone, and ranks of the others, for models whose small"
        + " probabilities mean little";
  }

  @Override
  public String formula() {
    return "(1 - u) p_(1) for r = 1, else p_(1) + (r - 1 - u) lam, r the rank of k";
  }

  @Override
  public String source() {
    return "Huang et al. 2024, arXiv:2310.06430, whose u is 1 - u here";
  }

  @Override
  public List<Parameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public ConformityScore with(Settings settings) {
    return new SortedAdaptiveScore(settings.number(LAM));
  }

  @Override
  public boolean isRandomised() {
    return true;
  }

  @Override
  public double[] scores(double[] p, double u) {
    int[] order = ClassOrder.descending(p);
    double[] scores = new double[p.length];
    for (int i = 0; i < order.length; i++) {
      double largest = p[order[0]];
      scores[order[i]] = i == 0 ? (1 - u) * largest : largest + (i - u) * lam;
    }
    return scores;
  }
}
