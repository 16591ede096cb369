// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.target;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.kernel.RowStatistics;

/** Losses that bound what a wrong label can cost. */
public final class RobustFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Losses for wrong labels";
  }

  @Override
  public String use() {
    return "Where some labels are wrong: bounded, or nearly so, a row that the model doubts for"
        + " good reason costs little. They are no proper scores: judge probabilities by"
        + " cross entropy.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        generalizedCrossEntropy(),
        meanAbsoluteError(),
        reverseCrossEntropy(),
        symmetricCrossEntropy(),
        asymmetricGeneralized(),
        asymmetricUnhinged());
  }

  private static RowFunction generalizedCrossEntropy() {
    return RowFunction.define("generalized_cross_entropy_loss")
        .parameters(
            logits(),
            label(),
            number("q", 0.7, Range.closed(0, 1), "0 is cross entropy, 1 is 1 - p_y"),
            number("k", 0.0, Range.closed(0, 1), "the loss is constant where p_y <= k"))
        .summary("Between cross entropy and mean absolute error, for noisy labels.")
        .formula("(1 - p^q) / q with p = max(p_y, k); -log p for q = 0")
        .range("[0, 1/q]")
        .source("Zhang & Sabuncu 2018, arXiv:1805.07836")
        .example("generalized_cross_entropy_loss(array(2.0, 0.5, -1.0), 0, q => 0.5)")
        .body(
            settings -> {
              double q = settings.number("q");
              double largest = -StrictMath.log(settings.number("k"));
              return Body.ofStatistics(s -> generalized(Math.min(s.crossEntropy(), largest), q));
            });
  }

  /** {@code (1 - p^q) / q} with {@code l = -log p}. */
  private static double generalized(double l, double q) {
    return q == 0 ? l : -Powers.expm1(-q * l) / q;
  }

  private static RowFunction meanAbsoluteError() {
    return RowFunction.define("mae_loss")
        .parameters(logits(), target())
        .summary("The absolute distance of the probabilities from the label.")
        .formula("sum_c |p_c - t_c|; 2 (1 - p_y) for a class index")
        .range("[0, 2] for labels that are probabilities")
        .source("Ghosh, Kumar & Sastry 2017, arXiv:1712.09482")
        .example("mae_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings ->
                settings.softTarget()
                    ? Body.ofRowAndStatistics(RobustFamily::meanAbsoluteError)
                    : Body.ofStatistics(s -> 2 * s.labelComplement()));
  }

  private static double meanAbsoluteError(Row row) {
    RowStatistics s = row.statistics();
    double[] z = row.logits();
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      sum += Math.abs(StrictMath.exp(z[c] - s.max()) / s.sumExp() - t[c]);
    }
    return s.hasSoftmax() ? sum : Double.NaN;
  }

  /** The setting {@code log_zero}. */
  static Parameter logZero() {
    return number(
        "log_zero",
        -4.0,
        new Range("in (-inf, 0]", value -> (Double) value <= 0),
        "what stands for log 0");
  }

  private static RowFunction reverseCrossEntropy() {
    return RowFunction.define("reverse_cross_entropy_loss")
        .parameters(logits(), target(), logZero())
        .summary("Cross entropy with label and probabilities exchanged.")
        .formula("-sum_k p_k max(log t_k, log_zero); -log_zero (1 - p_y) for a class index")
        .range("[0, -log_zero] for labels that are probabilities")
        .source("Wang et al. 2019, Symmetric Cross Entropy, arXiv:1908.06112")
        .example("reverse_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double logZero = settings.number("log_zero");
              return settings.softTarget()
                  ? Body.ofRowAndStatistics(row -> reverseCrossEntropy(row, logZero))
                  : Body.ofStatistics(s -> -logZero * s.labelComplement());
            });
  }

  private static double reverseCrossEntropy(Row row, double logZero) {
    RowStatistics s = row.statistics();
    double[] z = row.logits();
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      double p = StrictMath.exp(z[c] - s.max()) / s.sumExp();
      sum -= p * Math.max(StrictMath.log(t[c]), logZero);
    }
    return s.hasSoftmax() ? sum : Double.NaN;
  }

  private static RowFunction symmetricCrossEntropy() {
    return RowFunction.define("symmetric_cross_entropy_loss")
        .parameters(
            logits(),
            target(),
            number("alpha", 0.1, Range.any(), "the weight of cross entropy"),
            number("beta", 1.0, Range.any(), "the weight of reverse cross entropy"),
            logZero())
        .summary("Cross entropy plus reverse cross entropy.")
        .formula("alpha cross_entropy_loss(z, t) + beta reverse_cross_entropy_loss(z, t, log_zero)")
        .range("[0, inf] for weights >= 0")
        .source("Wang et al. 2019, arXiv:1908.06112")
        .example("symmetric_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(RobustFamily::symmetricCrossEntropy);
  }

  private static Body symmetricCrossEntropy(Settings settings) {
    double alpha = settings.number("alpha");
    double beta = settings.number("beta");
    double logZero = settings.number("log_zero");
    return settings.softTarget()
        ? Body.ofRowAndStatistics(
            row ->
                Mass.times(alpha, CrossEntropyFamily.mixed(row, row.array(1), 0, null))
                    + beta * reverseCrossEntropy(row, logZero))
        : Body.ofStatistics(
            s -> Mass.times(alpha, s.crossEntropy()) - beta * logZero * s.labelComplement());
  }

  private static Range notZero() {
    return new Range("other than 0", value -> (Double) value != 0);
  }

  private static RowFunction asymmetricGeneralized() {
    return RowFunction.define("agce_loss")
        .parameters(
            logits(),
            label(),
            number("a", 1.0, Range.atLeast(0), "the larger, the more symmetric"),
            number("q", 2.0, notZero(), "the power"))
        .summary("Asymmetric generalized cross entropy, for noisy labels.")
        .formula("((a+1)^q - (a+p_y)^q) / q")
        .range("[0, ((a+1)^q - a^q)/q]")
        .source("Zhou et al. 2021, Asymmetric Loss Functions, arXiv:2106.03110")
        .example("agce_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double a = settings.number("a");
              double q = settings.number("q");
              return Body.ofStatistics(s -> Powers.difference(a + 1, s.labelComplement(), q) / q);
            });
  }

  private static RowFunction asymmetricUnhinged() {
    return RowFunction.define("aul_loss")
        .parameters(
            logits(),
            label(),
            number("a", 1.5, Range.atLeast(1), "the larger, the more symmetric"),
            number("q", 0.9, notZero(), "the power"))
        .summary("Asymmetric unhinged loss, for noisy labels.")
        .formula("((a-p_y)^q - (a-1)^q) / q")
        .range("[0, (a^q - (a-1)^q)/q]")
        .source("Zhou et al. 2021, arXiv:2106.03110")
        .example("aul_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double a = settings.number("a");
              double q = settings.number("q");
              double least = StrictMath.pow(a - 1, q);
              return Body.ofStatistics(
                  s -> (Powers.of((a - 1) + s.labelComplement(), q) - least) / q);
            });
  }
}
