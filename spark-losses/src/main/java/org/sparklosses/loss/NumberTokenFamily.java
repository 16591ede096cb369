// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import java.util.function.IntPredicate;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;

/** Losses of a language model's number tokens, by the values of the numbers. */
public final class NumberTokenFamily implements FunctionFamily {

  private static final String PAPER = "Zausinger et al. 2024, Number Token Loss, arXiv:2411.02083";

  @Override
  public String title() {
    return "Number tokens";
  }

  @Override
  public String use() {
    return "For language models that write numbers: a token near the right number costs "
        + "less than one far off. Classes that are no number have the value NULL, and "
        + "rows with such a label the loss NULL.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(meanSquare(), wasserstein());
  }

  private static RowFunction meanSquare() {
    return RowFunction.define("ntl_mse_loss")
        .parameters(logits(), label(), values())
        .ignoring(NumberTokenFamily::isNoNumber)
        .summary("The squared error of the expected number.")
        .formula("(sum_j p_j v_j - v_y)^2, p = softmax over the number tokens")
        .range("[0, inf); NULL where the label is no number token; NaN where softmax is")
        .source(PAPER)
        .example("ntl_mse_loss(array(2.0, 0.5, -1.0), 0, values => array(1.0, 2.0, NULL))")
        .body(
            settings -> {
              NumberTokens tokens = tokens(settings);
              return Body.ofRow(
                  row -> {
                    double error = tokens.mean(row.logits(), row.label(), d -> d);
                    return error * error;
                  });
            });
  }

  private static RowFunction wasserstein() {
    return RowFunction.define("ntl_was_loss")
        .parameters(logits(), label(), values())
        .ignoring(NumberTokenFamily::isNoNumber)
        .summary("The expected absolute error of the number: its Wasserstein-1 distance.")
        .formula("sum_j p_j |v_j - v_y|, p = softmax over the number tokens")
        .range("[0, inf); NULL where the label is no number token; NaN where softmax is")
        .source(PAPER)
        .example("ntl_was_loss(array(2.0, 0.5, -1.0), 0, values => array(1.0, 2.0, NULL))")
        .body(
            settings -> {
              NumberTokens tokens = tokens(settings);
              return Body.ofRow(row -> tokens.mean(row.logits(), row.label(), Math::abs));
            });
  }

  private static Parameter values() {
    return required(
        "values",
        ParameterType.NULLABLE_ARRAY,
        Range.any(),
        "the number that each token stands for, NULL for none");
  }

  private static NumberTokens tokens(Settings settings) {
    return NumberTokens.of(settings.owner(), settings.nullableArray("values"));
  }

  private static IntPredicate isNoNumber(Settings settings) {
    List<Double> values = settings.nullableArray("values");
    return label -> label >= 0 && label < values.size() && values.get(label) == null;
  }
}
