// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.kernel.RowStatistics;

/**
 * Label distributionally robust losses: the worst case over label distributions near the uniform
 * one. With {@code a_k = z_k - z_y + margin [k != y]}.
 */
public final class DistributionallyRobustFamily implements FunctionFamily {

  private static final String SOURCE = "Zhu, Ying & Yang 2023, arXiv:2112.14869";
  private static final String SOFTPLUS_MEAN = "softplus_mean";

  /** A larger margin magnifies the rounding of the statistics too much. */
  private static final double LARGEST_MARGIN_BY_STATISTICS = 2;

  /** Far from overflow. */
  private static final double LARGEST_ODDS = 1e260;

  /** The loss is flat at the root: its error is of the order of the square of this. */
  private static final double ROOT_TOLERANCE = 1e-9;

  private static final int MOST_STEPS = 5000;

  @Override
  public String title() {
    return "Label-distributionally robust losses";
  }

  @Override
  public String use() {
    return "Where labels are of unequal certainty. lambda runs from the largest margin "
        + "(towards 0) to the mean over labels (towards infinity); the adaptive loss "
        + "chooses it by row.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(ldr(), aldr());
  }

  private static RowFunction ldr() {
    return RowFunction.define("ldr_kl_loss")
        .parameters(
            logits(),
            label(),
            number("margin", 2.0, Range.any(), "what the label must lead by"),
            number("lambda", 1.0, Range.above(0), "how much of the worst case is smoothed away"),
            choice(
                "normalize",
                List.of("none", SOFTPLUS_MEAN),
                "softplus_mean puts softplus(z) / mean softplus(z) for z"))
        .summary("The worst case over label distributions, at a price by their KL divergence.")
        .formula("lambda log((1/C) sum_k exp((z_k - z_y + margin [k != y]) / lambda))")
        .range("(-lambda log C, inf]")
        .source(SOURCE)
        .example("ldr_kl_loss(array(2.0, 0.5, -1.0), 0, margin => 1)")
        .body(DistributionallyRobustFamily::ldr);
  }

  private static Body ldr(Settings settings) {
    double margin = settings.number("margin");
    double lambda = settings.number("lambda");
    if (settings.text("normalize").equals(SOFTPLUS_MEAN)) {
      return Body.ofRowAndStatistics(row -> normalizedLdr(row, margin, lambda));
    }
    double factor = StrictMath.exp(margin);
    return lambda == 1 && margin <= LARGEST_MARGIN_BY_STATISTICS
        ? Body.ofStatistics(s -> ldr(s, margin, factor))
        : Body.ofRowAndStatistics(row -> ldr(row, margin, lambda));
  }

  /** For lambda 1: {@code log((1 + e^margin u) / C)} with {@code u = 1 / p_y - 1}. */
  private static double ldr(RowStatistics s, double margin, double factor) {
    double odds = s.labelOdds();
    if (odds < LARGEST_ODDS) {
      return StrictMath.log((1 + factor * odds) / s.classes());
    }
    double logOdds = s.crossEntropy() + s.logLabelComplement();
    return Logistic.softplus(margin + logOdds) - StrictMath.log(s.classes());
  }

  private static double ldr(Row row, double margin, double lambda) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    if (s.labelLogit() == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double[] z = row.logits();
    double shift = largest(s, margin);
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      double a = k == row.label() ? 0 : (z[k] - s.labelLogit()) + margin;
      sum += StrictMath.exp((a - shift) / lambda);
    }
    return shift + lambda * StrictMath.log(sum / z.length);
  }

  private static double normalizedLdr(Row row, double margin, double lambda) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    double[] z = row.logits();
    double total = 0;
    for (double v : z) {
      total += Logistic.softplus(v);
    }
    double mean = total / z.length;
    double ofLabel = Logistic.softplus(s.labelLogit()) / mean;
    double ofOthers = Logistic.softplus(largestOther(s)) / mean;
    double shift = z.length == 1 ? 0 : Math.max(0, ofOthers - ofLabel + margin);
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      double a = k == row.label() ? 0 : Logistic.softplus(z[k]) / mean - ofLabel + margin;
      sum += StrictMath.exp((a - shift) / lambda);
    }
    return shift + lambda * StrictMath.log(sum / z.length);
  }

  private static RowFunction aldr() {
    return RowFunction.define("aldr_kl_loss")
        .parameters(
            logits(),
            label(),
            number("margin", 1.0, Range.any(), "what the label must lead by"),
            number("lambda0", 1.0, Range.above(0), "the largest lambda"),
            number("alpha", 2.0, Range.above(1), "how dear it is to leave lambda0"))
        .summary("ldr_kl_loss with a lambda that the row chooses itself.")
        .formula(
            "F(l) = l log((1/C) sum_k exp(a_k / l)) - alpha log C / (2 lambda0) (l - lambda0)^2 at"
                + " the largest l in (0, lambda0] with F'(l) = 0; a_k = z_k - z_y + margin [k !="
                + " y]")
        .range("any number; 0 for one class")
        .source(SOURCE + "; the converged lambda, on raw logits")
        .example("aldr_kl_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double margin = settings.number("margin");
              double lambda0 = settings.number("lambda0");
              double alpha = settings.number("alpha");
              return Body.ofRowAndStatistics(row -> aldr(row, margin, lambda0, alpha));
            });
  }

  /**
   * Steps {@code l <- lambda0 (1 - KL(softmax(a/l) || uniform) / (alpha log C))} from lambda0. The
   * right side grows with l, so the steps fall to the largest root.
   */
  private static double aldr(Row row, double margin, double lambda0, double alpha) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    if (s.classes() == 1) {
      return 0;
    }
    if (s.labelLogit() == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double logC = StrictMath.log(s.classes());
    double shift = largest(s, margin);
    double[] z = row.logits();
    double lambda = lambda0;
    double logMean = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double sum = 0;
      double moment = 0;
      for (int k = 0; k < z.length; k++) {
        double a = k == row.label() ? 0 : (z[k] - s.labelLogit()) + margin;
        double d = (a - shift) / lambda;
        double e = StrictMath.exp(d);
        sum += e;
        moment += Mass.times(e, d);
      }
      logMean = StrictMath.log(sum) - logC;
      double divergence = moment / sum - logMean;
      double next = lambda0 * (1 - divergence / (alpha * logC));
      if (Math.abs(next - lambda) <= ROOT_TOLERANCE * lambda0) {
        break;
      }
      lambda = next;
    }
    double distance = lambda - lambda0;
    return shift + lambda * logMean - alpha * logC / (2 * lambda0) * distance * distance;
  }

  /** {@code max_k a_k}. */
  private static double largest(RowStatistics s, double margin) {
    return s.classes() == 1 ? 0 : Math.max(0, (largestOther(s) - s.labelLogit()) + margin);
  }

  private static double largestOther(RowStatistics s) {
    return s.isCorrect() ? s.runnerUp() : s.max();
  }
}
