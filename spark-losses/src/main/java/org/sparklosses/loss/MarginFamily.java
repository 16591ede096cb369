// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** Hinge losses: 0 once the label's logit leads by a margin. */
public final class MarginFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Hinge losses";
  }

  @Override
  public String use() {
    return "For scores that are meant to lead by a margin and not to be probabilities, "
        + "such as those of a support vector machine. 0 once the margin is reached.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(crammerSinger(), westonWatkins(), oneVsAllHinge());
  }

  private static RowFunction crammerSinger() {
    return RowFunction.define("crammer_singer_loss")
        .parameters(logits(), label(), margin())
        .summary("How far the label's logit is from leading the strongest other by the margin.")
        .formula("max(0, margin + max_{j != y} z_j - z_y)")
        .range("[0, inf]; 0 for one class")
        .source("Crammer & Singer 2001; sklearn.metrics.hinge_loss, multi-class")
        .example("crammer_singer_loss(array(2.0, 0.5, -1.0), 1)")
        .body(
            settings -> {
              double margin = settings.number("margin");
              return Body.ofStatistics(s -> crammerSinger(s, margin));
            });
  }

  private static RowFunction westonWatkins() {
    return RowFunction.define("weston_watkins_loss")
        .parameters(
            logits(),
            label(),
            margin(),
            integer("p", 1, Range.atLeast(1), "the power to which each hinge is raised"))
        .summary("How far the label's logit is from leading each other by the margin, in sum.")
        .formula("sum_{j != y} max(0, margin + z_j - z_y)^p")
        .range("[0, inf]; 0 for one class")
        .source("Weston & Watkins 1999; torch.nn.functional.multi_margin_loss is this divided by C")
        .example("weston_watkins_loss(array(2.0, 0.5, -1.0), 1)")
        .body(
            settings -> {
              double margin = settings.number("margin");
              int p = settings.integer("p");
              return Body.ofRow(row -> westonWatkins(row, margin, p));
            });
  }

  private static RowFunction oneVsAllHinge() {
    return RowFunction.define("one_vs_all_hinge_loss")
        .parameters(logits(), label(), margin(), squared())
        .summary("The binary hinge of every class against all others, in sum.")
        .formula(
            "sum_j max(0, margin - s_j z_j), s_y = 1, s_j = -1 for j != y; squared: of squares")
        .range("[0, inf]")
        .source(
            "squared: Tang 2013, arXiv:1306.0239; Agarap 2017, arXiv:1712.03541, whose code divides"
                + " by C and adds a penalty on the weights")
        .example("one_vs_all_hinge_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double margin = settings.number("margin");
              boolean squared = settings.flag("squared");
              return Body.ofRow(row -> oneVsAllHinge(row, margin, squared));
            });
  }

  /** The setting {@code margin}. */
  static Parameter margin() {
    return number("margin", 1.0, Range.atLeast(0), "the lead at which the loss ends");
  }

  /** The setting {@code squared}. */
  static Parameter squared() {
    return flag("squared", false, "whether each hinge is squared");
  }

  /** {@code max(0, x)} or its square; NaN for a NaN. */
  static double hinge(double x, boolean squared) {
    double h = Math.max(0, x);
    return squared ? h * h : h;
  }

  private static double crammerSinger(RowStatistics s, double margin) {
    if (s.nans() > 0) {
      return Double.NaN;
    }
    if (s.classes() == 1) {
      return 0;
    }
    double other = s.label() == s.argmax() ? s.runnerUp() : s.max();
    return Math.max(0, margin + (other - s.labelLogit()));
  }

  private static double westonWatkins(Row row, double margin, int p) {
    double[] z = row.logits();
    double own = z[row.label()];
    double sum = Double.isNaN(own) ? own : 0;
    for (int j = 0; j < z.length; j++) {
      if (j != row.label()) {
        double h = Math.max(0, margin + (z[j] - own));
        sum += p == 1 ? h : p == 2 ? h * h : StrictMath.pow(h, p);
      }
    }
    return sum;
  }

  private static double oneVsAllHinge(Row row, double margin, boolean squared) {
    double[] z = row.logits();
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      sum += hinge(j == row.label() ? margin - z[j] : margin + z[j], squared);
    }
    return sum;
  }
}
