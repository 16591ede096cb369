package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;

/** Losses that bound what a wrong label can cost. */
public final class RobustFamily implements FunctionFamily {

  @Override
  public List<RowFunction> functions() {
    return List.of(generalizedCrossEntropy());
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
    return q == 0 ? l : -StrictMath.expm1(-q * l) / q;
  }
}
