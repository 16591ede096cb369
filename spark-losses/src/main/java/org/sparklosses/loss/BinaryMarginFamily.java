// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Losses of the margin of a binary classifier: its logit, with the sign of the label. */
public final class BinaryMarginFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Binary margin losses";
  }

  @Override
  public String use() {
    return "For scores whose sign decides: support vector machines, boosting.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(hinge(), exponential());
  }

  private static RowFunction hinge() {
    return RowFunction.define("binary_hinge_loss")
        .parameters(logit(), label(), MarginFamily.margin(), MarginFamily.squared())
        .summary("How far the logit is from the margin on the label's side.")
        .formula("max(0, margin - s z), s = 1 for label 1, -1 for label 0; squared: its square")
        .range("[0, inf]")
        .source("Cortes & Vapnik 1995; torchmetrics BinaryHingeLoss")
        .example("binary_hinge_loss(0.3, 1)")
        .body(
            settings -> {
              String function = settings.owner();
              double margin = settings.number("margin");
              boolean squared = settings.flag("squared");
              return Body.ofRow(row -> MarginFamily.hinge(margin - signed(function, row), squared));
            });
  }

  private static RowFunction exponential() {
    return RowFunction.define("binary_exponential_loss")
        .parameters(logit(), label())
        .summary("The loss that AdaBoost minimises.")
        .formula("exp(-s z), s = 1 for label 1, -1 for label 0")
        .range("[0, inf]; infinite where it exceeds the largest double")
        .source("Friedman, Hastie & Tibshirani 2000")
        .example("binary_exponential_loss(0.3, 1)")
        .body(
            settings -> {
              String function = settings.owner();
              return Body.ofRow(row -> StrictMath.exp(-signed(function, row)));
            });
  }

  private static Parameter logit() {
    return column("logit", ParameterType.DOUBLE, "the score; positive speaks for label 1");
  }

  private static Parameter label() {
    return column("label", ParameterType.LABEL, "0 or 1; -100 gives NULL");
  }

  private static double signed(String function, Row row) {
    return switch (row.label()) {
      case 0 -> -row.number(0);
      case 1 -> row.number(0);
      default ->
          throw new IllegalArgumentException(
              function
                  + ": label "
                  + row.label()
                  + " is neither 0 nor 1; mark rows without a label by NULL or "
                  + RowFunction.DEFAULT_IGNORE_INDEX);
    };
  }
}
