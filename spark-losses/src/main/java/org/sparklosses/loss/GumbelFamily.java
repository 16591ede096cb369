// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Losses whose activation is the Gumbel distribution in place of the logistic. */
public final class GumbelFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Gumbel-optimized loss";
  }

  @Override
  public String use() {
    return "For detection with very rare classes, by models whose scores go through the "
        + "Gumbel distribution function.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(gumbelOptimized());
  }

  private static RowFunction gumbelOptimized() {
    return RowFunction.define("gumbel_optimized_loss")
        .parameters(
            logits(),
            column(
                "targets",
                ParameterType.LOGITS,
                "1 for each class that the row has, 0 for each other"),
            number("clamp_min", -4.0, Range.any(), "the smallest logit; -infinity for none"),
            number("clamp_max", 10.0, Range.any(), "the largest logit; infinity for none"),
            number("loss_max", 20.0, Range.any(), "the largest loss of a class; infinity for none"))
        .summary("Binary cross entropy of every class through the Gumbel distribution function.")
        .formula(
            "sum_c min(-t_c log h_c - (1 - t_c) log(1 - h_c), loss_max), h = exp(-exp(-x)), x ="
                + " min(max(z, clamp_min), clamp_max)")
        .range("[0, C loss_max]")
        .source(
            "Alexandridis et al. 2022, GOL, arXiv:2207.10936; the clamps are those of its code,"
                + " class by class")
        .example("gumbel_optimized_loss(array(2.0, 0.5, -1.0), array(1.0, 0.0, 0.0))")
        .body(
            settings -> {
              double low = settings.number("clamp_min");
              double high = settings.number("clamp_max");
              double most = settings.number("loss_max");
              return Body.ofRow(row -> gumbelOptimized(row, low, high, most));
            });
  }

  private static double gumbelOptimized(Row row, double low, double high, double most) {
    double[] z = row.logits();
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      double u = StrictMath.exp(-Math.min(Math.max(z[c], low), high));
      double loss = Mass.times(t[c], u) - Mass.times(1 - t[c], Logistic.logComplement(u));
      sum += Math.min(loss, most);
    }
    return sum;
  }
}
