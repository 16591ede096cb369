// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** Losses of drawing N times: how probable it is that one draw is right. */
public final class CoverageFamily implements FunctionFamily {

  private static final String SOURCE =
      "Chen et al. 2025, Direct Coverage Optimization, arXiv:2502.07154";

  @Override
  public String title() {
    return "Coverage of several draws";
  }

  @Override
  public String use() {
    return "Where n answers are drawn and one right one suffices, as in pass@n.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(ofClass(), ofSequence());
  }

  private static Parameter n() {
    return required("n", ParameterType.INT, Range.atLeast(1), "the number of draws");
  }

  private static RowFunction ofClass() {
    return RowFunction.define("dco_loss")
        .parameters(logits(), label(), n())
        .summary("The negative logarithm of the probability that n draws hold the label.")
        .formula("-log(1 - (1 - p_y)^n)")
        .range("[0, inf]; inf where p_y is below the smallest double, unless n = 1")
        .source(SOURCE)
        .example("dco_loss(array(2.0, 0.5, -1.0), 0, n => 4)")
        .body(
            settings -> {
              int n = settings.integer("n");
              return n == 1
                  ? Body.ofStatistics(RowStatistics::crossEntropy)
                  : Body.ofStatistics(s -> -Logistic.logComplement(-n * s.logLabelComplement()));
            });
  }

  private static RowFunction ofSequence() {
    return RowFunction.define("dco_sequence_loss")
        .parameters(
            column(
                "log_prob",
                ParameterType.DOUBLE,
                "the log-probability of the right answer, the sum over its tokens"),
            n())
        .summary("The negative logarithm of the probability that n answers hold the right one.")
        .formula("-log(1 - (1 - p)^n); p = exp(log_prob)")
        .range("[0, inf]; inf where p is below the smallest double, unless n = 1")
        .source(SOURCE)
        .example("dco_sequence_loss(-2.5, n => 4)")
        .body(
            settings -> {
              int n = settings.integer("n");
              return Body.ofRow(row -> coverage(-checkedLogProbability(row.number(0)), n));
            });
  }

  private static double checkedLogProbability(double value) {
    if (value > 0) {
      throw new IllegalArgumentException(
          "dco_sequence_loss: log_prob = "
              + value
              + " is above 0; give the logarithm of a probability");
    }
    return value;
  }

  /** By {@code l = -log p}. */
  private static double coverage(double l, int n) {
    return n == 1 ? l : -Logistic.logComplement(-n * Logistic.logComplement(l));
  }
}
