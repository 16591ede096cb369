// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** Comp-sum losses: a function of {@code u = sum_{j != y} exp(z_j - z_y) = 1 / p_y - 1}. */
public final class CompSumFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Comp-sum losses";
  }

  @Override
  public String use() {
    return "To choose between sensitivity and robustness by one number: tau = 1 is cross "
        + "entropy, between 1 and 2 lies generalized cross entropy, at 2 the loss is 1 - "
        + "p_y. With a column of perturbed logits also for adversarial robustness.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(compSum(), sumExponential(), unhinged(), smoothAdversarial());
  }

  private static Parameter tau() {
    return number(
        "tau",
        1.0,
        Range.atLeast(0),
        "0 is sum-exponential, 1 cross entropy, in (1, 2) generalized cross entropy, 2 is 1 - p_y");
  }

  private static RowFunction compSum() {
    return RowFunction.define("comp_sum_loss")
        .parameters(logits(), label(), tau())
        .summary("The family that holds cross entropy, its generalized form and 1 - p_y.")
        .formula(
            "((1+u)^(1-tau) - 1) / (1-tau), log(1+u) for tau = 1; u = sum_{j != y} exp(z_j - z_y)")
        .range("[0, inf] for tau <= 1, else [0, 1/(tau-1)]")
        .source("Mao, Mohri & Zhong 2023, arXiv:2304.07288")
        .example("comp_sum_loss(array(2.0, 0.5, -1.0), 0, tau => 1.5)")
        .body(
            settings -> {
              double tau = settings.number("tau");
              return Body.ofStatistics(s -> compSum(s.crossEntropy(), tau));
            });
  }

  private static RowFunction sumExponential() {
    return RowFunction.define("sum_exponential_loss")
        .parameters(logits(), label())
        .summary("The sum of the exponentials of the negative margins.")
        .formula("sum_{j != y} exp(z_j - z_y)")
        .range("[0, inf]")
        .source(
            "Weston & Watkins 1998; Mao, Mohri & Zhong 2023, arXiv:2304.07288 (comp-sum with tau = 0)")
        .example("sum_exponential_loss(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(RowStatistics::labelOdds));
  }

  private static RowFunction unhinged() {
    return RowFunction.define("unhinged_loss")
        .parameters(logits(), label())
        .summary("The probability that is not the label's (no linear loss of margins).")
        .formula("1 - p_y")
        .range("[0, 1]")
        .source(
            "Mao, Mohri & Zhong 2023, arXiv:2304.07288 (comp-sum with tau = 2); Zhang & Sabuncu 2018,"
                + " arXiv:1805.07836 (q = 1)")
        .example("unhinged_loss(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(RowStatistics::labelComplement));
  }

  private static RowFunction smoothAdversarial() {
    return RowFunction.define("smooth_adversarial_comp_sum_loss")
        .parameters(
            logits(),
            column("adversarial_logits", ParameterType.LOGITS, "the logits of the perturbed input"),
            label(),
            tau(),
            number("rho", 1.0, Range.above(0), "the margin"),
            number("nu", 1.0, Range.atLeast(0), "the weight of the change of the margins"))
        .summary("A comp-sum loss plus how far a perturbation of the input moves the margins.")
        .formula(
            "comp_sum(u) + nu ||D(adversarial) - D(clean)||_2; u = sum_{j != y} exp((z_j -"
                + " z_y)/rho), D_j(v) = v_y - v_j")
        .range("[0, inf]")
        .source("Mao, Mohri & Zhong 2023, arXiv:2304.07288 section 5, for a given perturbation")
        .example(
            "smooth_adversarial_comp_sum_loss(array(2.0, 0.5, -1.0), array(1.5, 0.5, -0.5), 0)")
        .body(
            settings -> {
              double tau = settings.number("tau");
              double rho = settings.number("rho");
              double nu = settings.number("nu");
              return Body.ofRowAndStatistics(
                  row ->
                      row.statistics().hasSoftmax()
                          ? compSum(crossEntropy(row, rho), tau) + Mass.times(nu, marginShift(row))
                          : Double.NaN);
            });
  }

  /** By {@code l = log(1 + u)}. */
  private static double compSum(double l, double tau) {
    return tau == 1 ? l : Powers.expm1((1 - tau) * l) / (1 - tau);
  }

  private static double crossEntropy(Row row, double temperature) {
    RowStatistics s = row.statistics();
    double sum = 0;
    for (double z : row.logits()) {
      sum += StrictMath.exp((z - s.max()) / temperature);
    }
    return (s.max() - s.labelLogit()) / temperature + StrictMath.log(sum);
  }

  private static double marginShift(Row row) {
    double[] clean = row.logits();
    double[] adversarial = row.array(1);
    int y = row.label();
    double sum = 0;
    for (int j = 0; j < clean.length; j++) {
      double d = (adversarial[y] - adversarial[j]) - (clean[y] - clean[j]);
      sum += d * d;
    }
    return StrictMath.sqrt(sum);
  }
}
