// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.classWeights;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.ClassValues;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.softmax.LogitRow;

/** Cross entropy that knows how frequent each class is. */
public final class ClassPriorFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Long-tailed classes";
  }

  @Override
  public String use() {
    return "Where classes are unequally frequent and equally important: the counts or "
        + "priors of training move the logits or the margin. Compare with plain cross "
        + "entropy to see what rare classes cost.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(ldam(), logitAdjusted(), balancedSoftmax());
  }

  private static RowFunction ldam() {
    return RowFunction.define("ldam_loss")
        .parameters(
            logits(),
            label(),
            classCounts(Range.above(0)),
            number(
                "max_margin",
                0.5,
                Range.atLeast(0),
                "the margin of the rarest class, in units of the logits"),
            number("s", 30.0, Range.above(0), "multiplies the logits"),
            classWeights())
        .summary("Cross entropy with a margin for the label that is larger for rarer classes.")
        .formula("w_y CE(s (z - m_y e_y), y), m_c = max_margin n_c^(-1/4) / max_k n_k^(-1/4)")
        .range("[0, inf]")
        .source(
            "Cao et al. 2019, arXiv:1906.07413; the weighted mean of its code divides by the sum of"
                + " w_y")
        .example("ldam_loss(array(2.0, 0.5, -1.0), 2, array(500, 50, 5))")
        .body(ClassPriorFamily::ldam);
  }

  private static Body ldam(Settings settings) {
    double s = settings.number("s");
    double maxMargin = settings.number("max_margin");
    ClassValues roots = settings.classValues("class_counts").map(n -> 1 / Math.sqrt(Math.sqrt(n)));
    double largest = roots.max();
    ClassValues margins = roots.map(root -> maxMargin * root / largest);
    ClassValues weight = settings.classValues("weight");
    return Body.ofRow(
        row -> {
          double[] z = row.logits();
          int y = row.label();
          double own = s * (z[y] - margins.of(y, z.length));
          double loss = LogitRow.crossEntropy(z.length, j -> j == y ? own : s * z[j], y);
          return weight == null ? loss : Mass.times(weight.of(y, z.length), loss);
        });
  }

  private static RowFunction logitAdjusted() {
    return RowFunction.define("logit_adjusted_loss")
        .parameters(
            logits(),
            label(),
            required(
                "prior",
                ParameterType.ARRAY,
                Range.atLeast(0),
                "the frequency of each class; need not sum to 1"),
            number("tau", 1.0, Range.any(), "the strength of the adjustment; 0 is cross entropy"))
        .summary("Cross entropy of logits to which the logarithm of the prior is added.")
        .formula("CE(z + tau log prior, y)")
        .range("[0, inf]; a class of prior 0 is left out, and infinite as the label")
        .source("Menon et al. 2020, arXiv:2007.07314, equation 10")
        .example("logit_adjusted_loss(array(2.0, 0.5, -1.0), 2, array(0.9, 0.09, 0.01))")
        .body(settings -> adjusted(settings.classValues("prior"), settings.number("tau")));
  }

  private static RowFunction balancedSoftmax() {
    return RowFunction.define("balanced_softmax_loss")
        .parameters(logits(), label(), classCounts(Range.atLeast(0)))
        .summary("Logit-adjusted cross entropy by the counts of the classes.")
        .formula("CE(z + log n, y)")
        .range("[0, inf]; a class of count 0 is left out, and infinite as the label")
        .source("Ren et al. 2020, Balanced Meta-Softmax, arXiv:2007.10740")
        .example("balanced_softmax_loss(array(2.0, 0.5, -1.0), 2, array(500, 50, 5))")
        .body(settings -> adjusted(settings.classValues("class_counts"), 1));
  }

  private static Body adjusted(ClassValues prior, double tau) {
    ClassValues shift = prior.map(n -> n == 0 ? Double.NEGATIVE_INFINITY : tau * StrictMath.log(n));
    return Body.ofRow(
        row -> {
          double[] z = row.logits();
          double[] shifts = shift.all(z.length);
          return LogitRow.crossEntropy(z.length, j -> z[j] + shifts[j], row.label());
        });
  }

  private static Parameter classCounts(Range range) {
    return required(
        "class_counts", ParameterType.ARRAY, range, "how many examples of each class there are");
  }
}
