// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Softmax with a polynomial in place of the exponential. */
public final class PolynomialSoftmaxFamily implements FunctionFamily {

  private static final String PAPER = "de Brebisson & Vincent 2015, arXiv:1511.05042";

  @Override
  public String title() {
    return "Taylor and spherical softmax";
  }

  @Override
  public String use() {
    return "For models trained with a polynomial in place of the exponential: "
        + "probabilities that fall with a power of the logit. Neither ignores a shift of "
        + "the logits.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(taylor(), taylorLoss(), spherical(), sphericalLoss());
  }

  private static RowFunction taylor() {
    return RowFunction.define("taylor_softmax")
        .parameters(logits(), order())
        .result(ResultType.ARRAY)
        .summary("Probabilities by the exponential's Taylor polynomial.")
        .formula("p_i = t(z_i) / sum_j t(z_j); t(x) = sum_{k=0..order} x^k / k!")
        .range("(0, 1], sums to 1; NaN for a row with a NaN or an infinity")
        .source(PAPER + " (order 2); higher orders: Banerjee et al. 2020, arXiv:2011.11538")
        .example("taylor_softmax(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              int order = settings.integer("order");
              return Body.arrayOfRow(row -> Shares.of(row.logits(), x -> taylor(x, order)));
            });
  }

  private static RowFunction taylorLoss() {
    return RowFunction.define("taylor_softmax_loss")
        .parameters(logits(), label(), order())
        .summary("Cross entropy of Taylor softmax.")
        .formula("-log taylor_softmax(z, order)_y")
        .range("[0, inf); NaN where taylor_softmax is")
        .source(PAPER + " (log-Taylor softmax loss)")
        .example("taylor_softmax_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              int order = settings.integer("order");
              DoubleUnaryOperator score = x -> taylor(x, order);
              return Body.ofRow(row -> Shares.loss(row.logits(), row.label(), score));
            });
  }

  private static RowFunction spherical() {
    return RowFunction.define("spherical_softmax")
        .parameters(logits(), eps())
        .result(ResultType.ARRAY)
        .summary("Probabilities by squared logits; their signs are ignored.")
        .formula("p_i = (z_i^2 + eps) / sum_j (z_j^2 + eps)")
        .range("[0, 1], sums to 1; NaN for a row with a NaN, an infinity, or only zeros if eps = 0")
        .source(PAPER + " (log-spherical softmax)")
        .example("spherical_softmax(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              double eps = settings.number("eps");
              DoubleUnaryOperator score = x -> x * x + eps;
              return Body.arrayOfRow(row -> Shares.of(row.logits(), score));
            });
  }

  private static RowFunction sphericalLoss() {
    return RowFunction.define("spherical_softmax_loss")
        .parameters(logits(), label(), eps())
        .summary("Cross entropy of spherical softmax.")
        .formula("-log spherical_softmax(z, eps)_y")
        .range("[0, inf]; NaN where spherical_softmax is")
        .source(PAPER)
        .example("spherical_softmax_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double eps = settings.number("eps");
              DoubleUnaryOperator score = x -> x * x + eps;
              return Body.ofRow(row -> Shares.loss(row.logits(), row.label(), score));
            });
  }

  private static Parameter order() {
    // An odd polynomial has a zero and is negative below it.
    Range even =
        new Range("in [2, inf), even", value -> (Integer) value >= 2 && (Integer) value % 2 == 0);
    return integer("order", 2, even, "the degree of the polynomial");
  }

  private static Parameter eps() {
    return number("eps", 0.0, Range.atLeast(0), "added to each square");
  }

  private static double taylor(double x, int order) {
    double sum = 1;
    for (int k = order; k > 0; k--) {
      sum = 1 + x * sum / k;
    }
    return sum;
  }
}
