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

/** The generalized focal losses of object detection: one for its classes, one for its boxes. */
public final class DetectionFamily implements FunctionFamily {

  private static final String PAPER = "Li et al. 2020, Generalized Focal Loss, arXiv:2006.04388";

  @Override
  public String title() {
    return "Object detection";
  }

  @Override
  public String use() {
    return "For detectors: a class score that holds the quality of the box, and the side "
        + "of a box as a distribution over bins.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(qualityFocal(), distributionFocal());
  }

  private static RowFunction qualityFocal() {
    return RowFunction.define("quality_focal_loss")
        .parameters(
            logits(),
            column(
                "label",
                ParameterType.LABEL,
                "the class index, from 0; C, the number of logits, for background; -100 gives"
                    + " NULL"),
            column("score", ParameterType.DOUBLE, "the quality that the label's class should get"),
            number("beta", 2.0, Range.atLeast(0), "how strongly close answers are discounted"))
        .referenceClass()
        .summary("Binary cross entropy of every class, the label's with a quality for its target.")
        .formula(
            "sum_c |t_c - p_c|^beta (-t_c log p_c - (1 - t_c) log(1 - p_c)), p = sigmoid(z), t_y ="
                + " score, other t_c = 0")
        .range("[0, inf] for scores in [0, 1]; labels 0 to C, the number of logits")
        .source(PAPER)
        .example("quality_focal_loss(array(2.0, 0.5, -1.0), 0, 0.8)")
        .body(
            settings -> {
              double beta = settings.number("beta");
              return Body.ofRow(row -> qualityFocal(row, beta));
            });
  }

  private static RowFunction distributionFocal() {
    return RowFunction.define("distribution_focal_loss")
        .parameters(
            logits(),
            column(
                "target",
                ParameterType.DOUBLE,
                "the value in units of bins, from 0 to C - 1 inclusive"))
        .summary("Cross entropy with the two bins next to a value, by their closeness to it.")
        .formula("(l + 1 - t) CE(z, l) + (t - l) CE(z, l + 1), l = floor(t)")
        .range("[0, inf]; NaN where softmax is")
        .source(PAPER + "; its code fails at t = C - 1, where this is CE(z, C - 1)")
        .example("distribution_focal_loss(array(2.0, 0.5, -1.0), 0.25)")
        .body(
            settings -> {
              String function = settings.owner();
              return Body.ofRowAndStatistics(row -> distributionFocal(function, row));
            });
  }

  private static double qualityFocal(Row row, double beta) {
    double[] z = row.logits();
    double score = row.number(2);
    double sum = Double.isNaN(score) ? score : 0;
    for (int c = 0; c < z.length; c++) {
      double p = Logistic.sigmoid(z[c]);
      double t = c == row.label() ? score : 0;
      double loss = Logistic.crossEntropy(z[c], t);
      sum += Mass.times(StrictMath.pow(Math.abs(t - p), beta), loss);
    }
    return sum;
  }

  private static double distributionFocal(String function, Row row) {
    double t = row.number(1);
    int last = row.logits().length - 1;
    if (t < 0 || t > last) {
      throw new IllegalArgumentException(
          function
              + ": target "
              + t
              + " is outside [0, "
              + last
              + "]; give it in units of bins, clamped if need be");
    }
    return LogSoftmax.of(row.logits(), row.statistics()).interpolatedCrossEntropy(t);
  }
}
