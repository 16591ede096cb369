// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;

/** Losses of one yes-or-no prediction. */
public final class BinaryFamily implements FunctionFamily {

  /** Where torch cuts the logarithm of a probability. */
  private static final double SMALLEST_LOG = -100;

  @Override
  public String title() {
    return "Binary cross entropy";
  }

  @Override
  public String use() {
    return "For yes-or-no predictions, one number a row. Prefer log-odds to probabilities:"
        + " they lose nothing to rounding near 0 and 1.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(crossEntropyWithLogits(), crossEntropy(), sigmoidFocal(), poly1SigmoidFocal());
  }

  private static Parameter logit() {
    return column("logit", ParameterType.DOUBLE, "the log-odds of a yes");
  }

  private static Parameter target() {
    return column("target", ParameterType.DOUBLE, "1 for yes, 0 for no, or the probability of yes");
  }

  private static Parameter weight() {
    return number("weight", 1.0, Range.any(), "a factor of every loss");
  }

  private static Parameter alpha() {
    return number(
        "alpha", 0.25, Range.any(), "the weight of a yes, 1 - alpha of a no; none below 0");
  }

  private static Parameter gamma() {
    return number("gamma", 2.0, Range.atLeast(0), "how strongly easy rows are discounted");
  }

  private static RowFunction crossEntropyWithLogits() {
    return RowFunction.define("binary_cross_entropy_with_logits_loss")
        .parameters(
            logit(),
            target(),
            number("pos_weight", 1.0, Range.any(), "a factor of the loss of a yes"),
            weight())
        .summary("Cross entropy of a yes-or-no prediction given by its log-odds.")
        .formula(
            "weight (pos_weight t softplus(-z) + (1-t) softplus(z)); softplus(x) = log(1 + e^x)")
        .range("[0, inf] for targets in [0, 1] and weights >= 0")
        .source("torch.nn.functional.binary_cross_entropy_with_logits(reduction='none')")
        .example("binary_cross_entropy_with_logits_loss(1.5, 1)")
        .body(
            settings -> {
              double positive = settings.number("pos_weight");
              double weight = settings.number("weight");
              return Body.ofRow(
                  row -> {
                    double z = row.number(0);
                    double t = row.number(1);
                    return weight
                        * (Mass.times(positive * t, Logistic.softplus(-z))
                            + Mass.times(1 - t, Logistic.softplus(z)));
                  });
            });
  }

  private static RowFunction crossEntropy() {
    return RowFunction.define("binary_cross_entropy_loss")
        .parameters(
            column("prob", ParameterType.DOUBLE, "the probability of a yes, in [0, 1]"),
            target(),
            weight())
        .summary("Cross entropy of a yes-or-no prediction given by its probability.")
        .formula("-weight (t max(log p, -100) + (1-t) max(log(1-p), -100))")
        .range("[0, 100 weight] for targets in [0, 1]")
        .source("torch.nn.functional.binary_cross_entropy(reduction='none')")
        .example("binary_cross_entropy_loss(0.8, 1)")
        .body(
            settings -> {
              double weight = settings.number("weight");
              return Body.ofRow(
                  row -> weight * crossEntropy(checkedProbability(row.number(0)), row.number(1)));
            });
  }

  private static RowFunction sigmoidFocal() {
    return RowFunction.define("sigmoid_focal_loss")
        .parameters(logit(), target(), alpha(), gamma())
        .summary("Binary cross entropy, discounted where the target is found probable.")
        .formula(
            "a_t (1 - p_t)^gamma BCE(z, t); s = sigmoid(z), p_t = t s + (1-t)(1-s), a_t = alpha t"
                + " + (1-alpha)(1-t), 1 for alpha < 0")
        .range("[0, inf] for targets and alpha in [0, 1]")
        .source("Lin et al. 2017, arXiv:1708.02002; torchvision.ops.sigmoid_focal_loss")
        .example("sigmoid_focal_loss(1.5, 1)")
        .body(
            settings -> {
              double alpha = settings.number("alpha");
              double gamma = settings.number("gamma");
              return Body.ofRow(row -> focal(row.number(0), row.number(1), alpha, gamma));
            });
  }

  private static RowFunction poly1SigmoidFocal() {
    return RowFunction.define("poly1_sigmoid_focal_loss")
        .parameters(
            logit(),
            target(),
            number("epsilon", 1.0, Range.any(), "the change of the first polynomial coefficient"),
            alpha(),
            gamma())
        .summary("Sigmoid focal loss with another first term of its expansion in 1 - p_t.")
        .formula("sigmoid_focal_loss(z, t, alpha, gamma) + epsilon (1 - p_t)^(gamma + 1)")
        .range("[0, inf] for targets and alpha in [0, 1] and epsilon >= 0")
        .source("Leng et al. 2022, PolyLoss, arXiv:2204.12511: no alpha in the second term")
        .example("poly1_sigmoid_focal_loss(1.5, 1)")
        .body(
            settings -> {
              double epsilon = settings.number("epsilon");
              double alpha = settings.number("alpha");
              double gamma = settings.number("gamma");
              return Body.ofRow(
                  row -> {
                    double z = row.number(0);
                    double t = row.number(1);
                    return focal(z, t, alpha, gamma)
                        + epsilon * Powers.of(complement(z, t), gamma + 1);
                  });
            });
  }

  private static double checkedProbability(double p) {
    if (p < 0 || p > 1) {
      throw new IllegalArgumentException(
          "binary_cross_entropy_loss: prob = "
              + p
              + " is outside [0, 1]; give a probability, or log-odds to"
              + " binary_cross_entropy_with_logits_loss");
    }
    return p;
  }

  private static double crossEntropy(double p, double t) {
    return -(t * Math.max(StrictMath.log(p), SMALLEST_LOG)
        + (1 - t) * Math.max(StrictMath.log1p(-p), SMALLEST_LOG));
  }

  private static double focal(double z, double t, double alpha, double gamma) {
    double weight = alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);
    double discount = Powers.of(complement(z, t), gamma);
    return Mass.times(weight * discount, Logistic.crossEntropy(z, t));
  }

  /** {@code 1 - p_t}. */
  private static double complement(double z, double t) {
    return t * Logistic.sigmoid(-z) + (1 - t) * Logistic.sigmoid(z);
  }
}
