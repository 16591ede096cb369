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
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.kernel.RowStatistics;

/** Losses that discount rows the model already gets right. */
public final class FocalFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Focal losses";
  }

  @Override
  public String use() {
    return "Where easy rows drown the hard ones, as with rare classes, and for models "
        + "trained to be less overconfident. gamma says how fast a row stops counting as "
        + "its label becomes probable.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(focal(), dualFocal(), sampleDependentFocal(), asymmetricSingleLabel());
  }

  private static RowFunction focal() {
    return RowFunction.define("focal_loss")
        .parameters(
            logits(),
            label(),
            number("gamma", 2.0, Range.atLeast(0), "how strongly easy rows are discounted"),
            classWeights())
        .summary("Cross entropy, discounted where the label's probability is high.")
        .formula("w_y (1 - p_y)^gamma (-log p_y)")
        .range("[0, inf]")
        .source(
            "Lin et al. 2017, arXiv:1708.02002; its multi-class form: Mukhoti et al. 2020,"
                + " arXiv:2002.09437")
        .example("focal_loss(array(2.0, 0.5, -1.0), 0, gamma => 3)")
        .body(
            settings -> {
              double gamma = settings.number("gamma");
              ClassValues weight = settings.classValues("weight");
              return Body.ofStatistics(
                  s -> {
                    double w = weight == null ? 1 : weight.of(s.label(), s.classes());
                    return Mass.times(w, focal(s, gamma));
                  });
            });
  }

  /** {@code (1 - p_y)^gamma (-log p_y)}. */
  private static double focal(RowStatistics s, double gamma) {
    return Powers.of(s.labelComplement(), gamma) * s.crossEntropy();
  }

  /** {@code (1 - p)^gamma l} with {@code l = -log p}. */
  static double focal(double l, double gamma) {
    return Powers.of(-Powers.expm1(-l), gamma) * l;
  }

  private static RowFunction dualFocal() {
    return RowFunction.define("dual_focal_loss")
        .parameters(
            logits(),
            label(),
            required(
                "gamma",
                ParameterType.DOUBLE,
                Range.atLeast(0),
                "how strongly easy rows are discounted"))
        .summary("Focal loss by the lead over the next class below the label.")
        .formula("(1 - p_y + p_j)^gamma (-log p_y); p_j = max{p_k : z_k < z_y}, 0 if there is none")
        .range("[0, inf]")
        .source("Tao, Dong & Xu 2023, Dual Focal Loss, arXiv:2305.13665")
        .example("dual_focal_loss(array(2.0, 0.5, -1.0), 0, gamma => 5)")
        .body(
            settings -> {
              double gamma = settings.number("gamma");
              return Body.ofRowAndStatistics(row -> dualFocal(row, gamma));
            });
  }

  private static double dualFocal(Row row, double gamma) {
    RowStatistics s = row.statistics();
    double below = Double.NEGATIVE_INFINITY;
    for (double z : row.logits()) {
      if (z < s.labelLogit() && z > below) {
        below = z;
      }
    }
    double next = StrictMath.exp(below - s.max()) / s.sumExp();
    return Powers.of(next + s.labelComplement(), gamma) * s.crossEntropy();
  }

  private static RowFunction sampleDependentFocal() {
    return RowFunction.define("flsd53_loss")
        .parameters(
            logits(),
            label(),
            number("gamma", 3.0, Range.atLeast(0), "the discount of rows with p_y >= 0.5"))
        .summary("Focal loss that discounts more where the label is found improbable.")
        .formula("(1 - p_y)^g (-log p_y); g = 5 for p_y < 0.2, 3 for p_y < 0.5, else gamma")
        .range("[0, inf]")
        .source("Mukhoti et al. 2020, arXiv:2002.09437 (FLSD-53)")
        .example("flsd53_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double gamma = settings.number("gamma");
              return Body.ofStatistics(
                  s -> {
                    double p = s.labelProbability();
                    return focal(s, p < 0.2 ? 5 : p < 0.5 ? 3 : gamma);
                  });
            });
  }

  private static RowFunction asymmetricSingleLabel() {
    return RowFunction.define("asymmetric_single_label_loss")
        .parameters(
            logits(),
            label(),
            number("gamma_pos", 0.0, Range.atLeast(0), "the discount of the label"),
            number("gamma_neg", 4.0, Range.atLeast(0), "the discount of the other classes"),
            number(
                "label_smoothing",
                0.1,
                Range.closed(0, 1),
                "the mass e that is spread evenly over all classes"))
        .summary("Smoothed cross entropy with discounts for the label and for the other classes.")
        .formula(
            "-sum_c t_c w_c log p_c; t = (1-e) onehot + e/C, w_y = (1 - p_y)^gamma_pos, w_j ="
                + " p_j^gamma_neg")
        .range("[0, inf]")
        .source("Ridnik et al. 2020, arXiv:2009.14119 (ASLSingleLabel of its code)")
        .example("asymmetric_single_label_loss(array(2.0, 0.5, -1.0), 0)")
        .body(FocalFamily::asymmetricSingleLabel);
  }

  private static Body asymmetricSingleLabel(Settings settings) {
    double positive = settings.number("gamma_pos");
    double negative = settings.number("gamma_neg");
    double e = settings.number("label_smoothing");
    return e == 0
        ? Body.ofStatistics(s -> focal(s, positive))
        : Body.ofRowAndStatistics(row -> asymmetricSingleLabel(row, positive, negative, e));
  }

  private static double asymmetricSingleLabel(Row row, double positive, double negative, double e) {
    RowStatistics s = row.statistics();
    double[] z = row.logits();
    double logSum = s.logOfSum();
    double others = 0;
    for (int c = 0; c < z.length; c++) {
      if (c != row.label()) {
        double l = (s.max() - z[c]) + logSum;
        others += Mass.times(Powers.of(StrictMath.exp(-l), negative), l);
      }
    }
    double share = e / z.length;
    return Mass.times(1 - e + share, focal(s, positive)) + share * others;
  }
}
