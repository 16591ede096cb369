// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;

import java.util.Arrays;
import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Probabilities of logits that are not one a class. */
public final class LinkFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Other links";
  }

  @Override
  public String use() {
    return "Where logits are not one a class of a softmax: independent events (sigmoid), "
        + "thresholds between ordered classes (ordinal_softmax), all classes but a "
        + "reference (softmax_plus).";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(sigmoid(), ordinalSoftmax(), softmaxPlus(), softmaxPlusLoss());
  }

  private static RowFunction sigmoid() {
    return RowFunction.define("sigmoid")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary("The probability of each of independent events.")
        .formula("p_i = 1 / (1 + exp(-z_i))")
        .range("[0, 1]; NaN for a row with a NaN")
        .source("torch.sigmoid")
        .example("sigmoid(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.arrayOfRow(row -> sigmoids(row.logits())));
  }

  private static RowFunction ordinalSoftmax() {
    return RowFunction.define("ordinal_softmax")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary(
            "Class probabilities from the K - 1 logits of exceeding each of K ordered classes.")
        .formula(
            "c_k = sigmoid(z_k) = P(y > k); p_0 = 1 - c_0, p_k = c_(k-1) - c_k, p_(K-1) = c_(K-2)")
        .range("sums to 1; negative where the logits increase; NaN for a row with a NaN")
        .source("Kennedy et al. 2020, arXiv:2009.10277; coral-ordinal ordinal_softmax")
        .example("ordinal_softmax(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.arrayOfRow(row -> ordinal(row.logits())));
  }

  private static RowFunction softmaxPlus() {
    return RowFunction.define("softmax_plus")
        .parameters(logits())
        .result(ResultType.ARRAY)
        .summary("Softmax of K - 1 logits and a 0 for the last of K classes.")
        .formula("softmax(z_0, ..., z_(K-2), 0)")
        .range("[0, 1], sums to 1; NaN for a row with a NaN or a +inf")
        .source("Lam et al. 2023, LegendreTron, arXiv:2301.11695")
        .example("softmax_plus(array(2.0, 0.5, -1.0))")
        .body(
            settings ->
                Body.arrayOfRow(
                    row ->
                        LogitRow.softmaxInPlace(
                            Arrays.copyOf(row.logits(), row.logits().length + 1))));
  }

  private static RowFunction softmaxPlusLoss() {
    return RowFunction.define("softmax_plus_nll_loss")
        .parameters(logits(), label())
        .referenceClass()
        .summary(
            "Cross entropy of softmax_plus; the label may be K - 1, the class without a logit.")
        .formula("-log softmax_plus(z)_y")
        .range("[0, inf]; NaN where softmax_plus is")
        .source("Lam et al. 2023, LegendreTron, arXiv:2301.11695, with the identity inside")
        .example("softmax_plus_nll_loss(array(2.0, 0.5, -1.0), 3)")
        .body(
            settings ->
                Body.ofRow(
                    row -> {
                      double[] z = row.logits();
                      return LogitRow.crossEntropy(
                          z.length + 1, j -> j < z.length ? z[j] : 0, row.label());
                    }));
  }

  private static double[] sigmoids(double[] z) {
    double[] out = new double[z.length];
    boolean undefined = false;
    for (int j = 0; j < z.length; j++) {
      out[j] = sigmoid(z[j]);
      undefined |= Double.isNaN(z[j]);
    }
    return undefined ? LogitRow.undefined(z.length) : out;
  }

  private static double[] ordinal(double[] z) {
    int last = z.length;
    double[] out = new double[last + 1];
    boolean undefined = Double.isNaN(z[0]);
    out[0] = sigmoid(-z[0]);
    for (int k = 1; k < last; k++) {
      // Of two probabilities near 1, the small complements have the more exact difference.
      out[k] =
          z[k] > 0 && z[k - 1] > 0
              ? sigmoid(-z[k]) - sigmoid(-z[k - 1])
              : sigmoid(z[k - 1]) - sigmoid(z[k]);
      undefined |= Double.isNaN(z[k]);
    }
    out[last] = sigmoid(z[last - 1]);
    return undefined ? LogitRow.undefined(out.length) : out;
  }

  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
}
