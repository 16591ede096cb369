// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.target;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Losses of a set of examples. */
public final class SetFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Sets of examples";
  }

  @Override
  public String use() {
    return "For models trained on sets of which most members share a class. Collect the "
        + "logits of a set with `collect_list`.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(oddOneOut());
  }

  private static RowFunction oddOneOut() {
    return RowFunction.define("oko_loss")
        .parameters(
            column("set_logits", ParameterType.MATRIX, "the logits of each member of the set"),
            target())
        .summary("Cross entropy of the sum of the logits of a set of examples.")
        .formula("cross_entropy_loss(sum over members of their logits, target)")
        .range("[0, inf] for soft labels >= 0")
        .source("Muttenthaler et al. 2023, Odd-k-out learning, arXiv:2307.02189")
        .example("oko_loss(array(array(2.0, 0.5), array(1.0, -1.0)), 0)")
        .body(settings -> Body.ofRow(row -> oddOneOut(row, settings.softTarget())));
  }

  private static double oddOneOut(Row row, boolean soft) {
    double[][] members = row.matrix(0);
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < row.classes(); c++) {
      max = Math.max(max, sum(members, c));
    }
    if (Double.isNaN(max) || Double.isInfinite(max)) {
      return Double.NaN;
    }
    double sumExp = 0;
    for (int c = 0; c < row.classes(); c++) {
      sumExp += StrictMath.exp(sum(members, c) - max);
    }
    double logSum = StrictMath.log(sumExp);
    if (!soft) {
      return (max - sum(members, row.label())) + logSum;
    }
    double loss = 0;
    for (int c = 0; c < row.classes(); c++) {
      loss += Mass.times(row.array(1)[c], (max - sum(members, c)) + logSum);
    }
    return loss;
  }

  private static double sum(double[][] members, int c) {
    double sum = 0;
    for (double[] member : members) {
      sum += member[c];
    }
    return sum;
  }
}
