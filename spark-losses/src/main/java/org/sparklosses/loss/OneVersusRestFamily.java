// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;

/** Losses that take every class for a yes-or-no prediction of its own. */
public final class OneVersusRestFamily implements FunctionFamily {

  @Override
  public String title() {
    return "One versus the rest";
  }

  @Override
  public String use() {
    return "Where several classes may hold at once, or none. The asymmetric loss suits "
        + "many labels of which few hold.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(oneVersusRest(), asymmetric());
  }

  private static RowFunction oneVersusRest() {
    return RowFunction.define("ovr_loss")
        .parameters(logits(), label())
        .summary("Binary cross entropy, summed over the classes.")
        .formula("softplus(-z_y) + sum_{j != y} softplus(z_j); softplus(x) = log(1 + e^x)")
        .range("[0, inf]")
        .source("Padhy et al. 2020, arXiv:2007.05134; the sum over classes, not their mean")
        .example("ovr_loss(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofRow(row -> oneVersusRest(row.logits(), row.label())));
  }

  private static double oneVersusRest(double[] z, int label) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      sum += Logistic.softplus(j == label ? -z[j] : z[j]);
    }
    return sum;
  }

  private static RowFunction asymmetric() {
    return RowFunction.define("asymmetric_loss")
        .parameters(
            logits(),
            column("targets", ParameterType.LOGITS, "1 for the classes that apply, else 0"),
            number(
                "gamma_neg", 4.0, Range.atLeast(0), "how strongly easy negatives are discounted"),
            number(
                "gamma_pos", 1.0, Range.atLeast(0), "how strongly easy positives are discounted"),
            number(
                "clip", 0.05, Range.closed(0, 1), "negatives below this probability cost nothing"),
            number("eps", 1e-8, Range.closed(0, 1), "the smallest probability that is told from 0"))
        .summary("Focal loss of many labels at once, milder on the positive ones.")
        .formula(
            "-sum_c (t log max(s, eps) + (1-t) log max(x, eps)) (1 - p_t)^(gamma_pos t + gamma_neg"
                + " (1-t)); s = sigmoid(z), x = min(1 - s + clip, 1), p_t = s t + x (1-t)")
        .range("[0, inf] for targets in [0, 1]")
        .source("Ridnik et al. 2020, arXiv:2009.14119, with the defaults of its code")
        .example("asymmetric_loss(array(2.0, 0.5, -1.0), array(1.0, 0.0, 1.0))")
        .body(OneVersusRestFamily::asymmetric);
  }

  private static Body asymmetric(Settings settings) {
    double negative = settings.number("gamma_neg");
    double positive = settings.number("gamma_pos");
    double clip = settings.number("clip");
    double eps = settings.number("eps");
    return Body.ofRow(row -> asymmetric(row, negative, positive, clip, eps));
  }

  private static double asymmetric(
      Row row, double negative, double positive, double clip, double eps) {
    double[] z = row.logits();
    double[] targets = row.array(1);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      double t = targets[c];
      double yes = Logistic.sigmoid(z[c]);
      double no = Logistic.sigmoid(-z[c]);
      double clipped = Math.min(no + clip, 1);
      double l =
          Mass.times(t, -StrictMath.log(Math.max(yes, eps)))
              + Mass.times(1 - t, -StrictMath.log(Math.max(clipped, eps)));
      double miss = t * no + (1 - t) * Math.max(yes - clip, 0);
      sum += Mass.times(StrictMath.pow(miss, positive * t + negative * (1 - t)), l);
    }
    return sum;
  }
}
