// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Softmax without an exponential, which neither overflows nor absorbs small logits. */
public final class StablemaxFamily implements FunctionFamily {

  @Override
  public String title() {
    return "StableMax";
  }

  @Override
  public String use() {
    return "For models trained with it, where softmax in float absorbs small terms: the "
        + "score grows only linearly, so one large logit does not silence the others.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(stablemax(), loss());
  }

  private static RowFunction stablemax() {
    return RowFunction.define("stablemax")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary("Probabilities by a score that grows linearly above 0 and decays as 1/z below.")
        .formula("p_i = s(z_i) / sum_j s(z_j); s(x) = x + 1 if x >= 0 else 1 / (1 - x)")
        .range("[0, 1], sums to 1; NaN for a row with a NaN, a +inf, or nothing but -inf")
        .source("Prieto et al. 2025, arXiv:2501.04697")
        .example("stablemax(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.arrayOfRow(row -> Shares.of(row.logits(), StablemaxFamily::score)));
  }

  private static RowFunction loss() {
    return RowFunction.define("stablemax_loss")
        .parameters(logits(), label())
        .summary("Cross entropy of stablemax.")
        .formula("-log stablemax(z)_y")
        .range("[0, inf]; NaN where stablemax is")
        .source("Prieto et al. 2025, arXiv:2501.04697 (StableMax cross-entropy)")
        .example("stablemax_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings ->
                Body.ofRow(row -> Shares.loss(row.logits(), row.label(), StablemaxFamily::score)));
  }

  private static double score(double x) {
    return x >= 0 ? x + 1 : 1 / (1 - x);
  }
}
