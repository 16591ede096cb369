// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Softmax of logits with noise, which the caller has drawn. */
public final class NoisySoftmaxFamily implements FunctionFamily {

  private static final String PAPER = "Chen, Deng & Du 2017, Noisy Softmax, arXiv:1708.03769";

  @Override
  public String title() {
    return "Softmax with noise";
  }

  @Override
  public String use() {
    return "To follow training that draws noise, row by row. The noise is a column, so the"
        + " same table gives the same result again.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(gumbelSoftmax(), noisySoftmax(), noisySoftmaxLoss());
  }

  private static RowFunction gumbelSoftmax() {
    return RowFunction.define("gumbel_softmax")
        .parameters(
            logits(),
            column(
                "noise", ParameterType.LOGITS, "standard Gumbel draws -log(-log u), one a class"),
            number("temperature", 1.0, Range.above(0), "divides the sums: above 1 is flatter"),
            flag(
                "hard",
                false,
                "whether to give 1 for the largest sum, the first on a tie, and 0 for the others"))
        .result(ResultType.ARRAY)
        .summary("A relaxed draw from the predicted distribution.")
        .formula("softmax((z + g) / T); hard: one-hot of argmax_i z_i + g_i")
        .range("[0, 1], sums to 1; NaN for a row with a NaN; NaN where softmax is unless hard")
        .source(
            "Jang et al. 2016, arXiv:1611.01144; Maddison et al. 2016, arXiv:1611.00712;"
                + " torch.nn.functional.gumbel_softmax, which draws the noise itself")
        .example("gumbel_softmax(array(2.0, 0.5, -1.0), array(0.1, -0.3, 0.6))")
        .body(
            settings -> {
              double factor = 1 / settings.number("temperature");
              return settings.flag("hard")
                  ? Body.arrayOfRow(row -> oneHot(sum(row)))
                  : Body.arrayOfRow(row -> LogitRow.scaledSoftmax(sum(row), factor));
            });
  }

  private static RowFunction noisySoftmax() {
    return RowFunction.define("noisy_softmax")
        .parameters(logits(), label(), normProduct(), noise(), alpha())
        .result(ResultType.ARRAY)
        .summary("Softmax with a handicap for the label, in proportion to its angle's cosine.")
        .formula("softmax(z'); z'_y = z_y - alpha (norm_product - z_y) |noise|, else z'_j = z_j")
        .range("[0, 1], sums to 1; NaN where softmax is")
        .source(PAPER)
        .example("noisy_softmax(array(2.0, 0.5, -1.0), 0, 3.0, 0.7, alpha => 0.1)")
        .body(
            settings -> {
              double alpha = settings.number("alpha");
              return Body.arrayOfRow(
                  row -> {
                    double[] z = row.logits().clone();
                    z[row.label()] = noisyLogit(row, alpha);
                    return LogitRow.softmaxInPlace(z);
                  });
            });
  }

  private static RowFunction noisySoftmaxLoss() {
    return RowFunction.define("noisy_softmax_loss")
        .parameters(logits(), label(), normProduct(), noise(), alpha())
        .summary("Cross entropy of noisy_softmax.")
        .formula("-log noisy_softmax(z, y, norm_product, noise, alpha)_y")
        .range("[0, inf]; NaN where softmax is")
        .source(PAPER)
        .example("noisy_softmax_loss(array(2.0, 0.5, -1.0), 0, 3.0, 0.7, alpha => 0.1)")
        .body(
            settings -> {
              double alpha = settings.number("alpha");
              return Body.ofRow(
                  row -> {
                    double[] z = row.logits();
                    int y = row.label();
                    double own = noisyLogit(row, alpha);
                    return LogitRow.crossEntropy(z.length, j -> j == y ? own : z[j], y);
                  });
            });
  }

  private static Parameter normProduct() {
    return column(
        "norm_product",
        ParameterType.DOUBLE,
        "the norm of the label's weight vector times that of the features");
  }

  private static Parameter noise() {
    return column("noise", ParameterType.DOUBLE, "a standard normal draw");
  }

  private static Parameter alpha() {
    return required("alpha", ParameterType.DOUBLE, Range.any(), "the strength of the noise");
  }

  private static double noisyLogit(Row row, double alpha) {
    double z = row.logits()[row.label()];
    double noise = alpha * Math.abs(row.number(3));
    // An impossible class stays so without noise too, where 0 times infinity would be NaN.
    return z - noise * (row.number(2) - (Double.isInfinite(z) ? 0 : z));
  }

  private static double[] sum(Row row) {
    double[] z = row.logits();
    double[] noise = row.array(1);
    double[] out = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      out[j] = z[j] + noise[j];
    }
    return out;
  }

  private static double[] oneHot(double[] z) {
    int largest = 0;
    for (int j = 0; j < z.length; j++) {
      if (Double.isNaN(z[j])) {
        return LogitRow.undefined(z.length);
      }
      largest = z[j] > z[largest] ? j : largest;
    }
    double[] out = new double[z.length];
    out[largest] = 1;
    return out;
  }
}
