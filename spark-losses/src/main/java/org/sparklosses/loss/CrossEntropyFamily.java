// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.classWeights;
import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.ignoreIndex;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.target;

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

/** Cross entropy and its smoothed and expanded forms. */
public final class CrossEntropyFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Cross entropy";
  }

  @Override
  public String use() {
    return "The first choice for probabilities: a strictly proper score, infinite for a "
        + "label that was ruled out. Smoothing bounds confidence, class weights balance "
        + "rare classes; divide a weighted sum by the sum of the weights of the labels.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(crossEntropy(), nll(), labelSmoothing(), poly1());
  }

  private static RowFunction crossEntropy() {
    return RowFunction.define("cross_entropy_loss")
        .parameters(
            logits(),
            target(),
            number(
                "label_smoothing",
                0.0,
                Range.closed(0, 1),
                "the mass e that is spread evenly over all classes"),
            classWeights(),
            ignoreIndex())
        .summary("The negative logarithm of the label's probability, in nats (log loss).")
        .formula(
            "l = -log softmax(z); label y: (1-e) w_y l_y + (e/C) sum_c w_c l_c; soft label t:"
                + " sum_c w_c ((1-e) t_c + e/C) l_c")
        .range("[0, inf] for weights and soft labels >= 0")
        .source(
            "torch.nn.functional.cross_entropy(reduction='none'); its weighted mean divides by the"
                + " sum of w_y")
        .example("cross_entropy_loss(array(2.0, 0.5, -1.0), 0, label_smoothing => 0.1)")
        .body(CrossEntropyFamily::crossEntropy);
  }

  private static Body crossEntropy(Settings settings) {
    double e = settings.number("label_smoothing");
    ClassValues weight = settings.classValues("weight");
    if (settings.softTarget()) {
      return Body.ofRowAndStatistics(row -> mixed(row, row.array(1), e, weight));
    }
    if (weight == null) {
      return Body.ofStatistics(s -> smoothed(s, e));
    }
    return e == 0
        ? Body.ofStatistics(s -> Mass.times(weight.of(s.label(), s.classes()), s.crossEntropy()))
        : Body.ofRowAndStatistics(row -> mixed(row, null, e, weight));
  }

  private static RowFunction nll() {
    return RowFunction.define("nll_loss")
        .parameters(
            column("log_probs", ParameterType.LOGITS, "log-probabilities, one a class"),
            label(),
            classWeights(),
            ignoreIndex())
        .summary("Cross entropy of a row that already holds log-probabilities.")
        .formula("-w_y logp_y")
        .range("[0, inf] for log-probabilities")
        .source("torch.nn.functional.nll_loss(reduction='none')")
        .example("nll_loss(log_softmax(array(2.0, 0.5, -1.0)), 0)")
        .body(
            settings -> {
              ClassValues weight = settings.classValues("weight");
              return Body.ofStatistics(
                  s -> {
                    double w = weight == null ? 1 : weight.of(s.label(), s.classes());
                    return s.nans() > 0 ? Double.NaN : Mass.times(w, -s.labelLogit());
                  });
            });
  }

  private static RowFunction labelSmoothing() {
    return RowFunction.define("label_smoothing_loss")
        .parameters(
            logits(),
            label(),
            number(
                "alpha",
                0.1,
                Range.closed(0, 1),
                "the mass that is spread evenly over all classes"))
        .summary("Cross entropy with label smoothing.")
        .formula("-log p_y + alpha (z_y - mean z)")
        .range("[0, inf]")
        .source(
            "Szegedy et al. 2015, arXiv:1512.00567; Zhou et al. 2025, MaxSup, arXiv:2502.15798 (this form)")
        .example("label_smoothing_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double alpha = settings.number("alpha");
              return Body.ofStatistics(s -> smoothed(s, alpha));
            });
  }

  private static RowFunction poly1() {
    return RowFunction.define("poly1_cross_entropy_loss")
        .parameters(
            logits(),
            label(),
            number("epsilon", 1.0, Range.any(), "the change of the first polynomial coefficient"))
        .summary("Cross entropy with another first term of its expansion in 1 - p_y.")
        .formula("-log p_y + epsilon (1 - p_y)")
        .range("[0, inf] for epsilon >= -1")
        .source("Leng et al. 2022, PolyLoss, arXiv:2204.12511")
        .example("poly1_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double epsilon = settings.number("epsilon");
              return Body.ofStatistics(s -> s.crossEntropy() + epsilon * s.labelComplement());
            });
  }

  /** {@code (1-e) l_y + (e/C) sum_c l_c}, the sum by that of the logits. */
  private static double smoothed(RowStatistics s, double e) {
    double l = s.crossEntropy();
    if (e == 0 || Double.isNaN(l)) {
      return l;
    }
    double mean = (s.max() - s.sum() / s.classes()) + s.logOfSum();
    return Mass.times(1 - e, l) + e * mean;
  }

  /** {@code sum_c w_c ((1-e) t_c + e/C) l_c}; the label stands for its one-hot when t is null. */
  static double mixed(Row row, double[] t, double e, ClassValues weight) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    double[] z = row.logits();
    int classes = z.length;
    double logSum = s.logOfSum();
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double target = t == null ? (c == row.label() ? 1 : 0) : t[c];
      double w = weight == null ? 1 : weight.of(c, classes);
      sum += Mass.times(w * ((1 - e) * target + e / classes), (s.max() - z[c]) + logSum);
    }
    return sum;
  }
}
