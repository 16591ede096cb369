// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Logits of bounded norm, against noisy labels. */
public final class LogitClipFamily implements FunctionFamily {

  private static final String PAPER = "Wei et al. 2023, LogitClip, arXiv:2212.04055";

  @Override
  public String title() {
    return "Clipped logits";
  }

  @Override
  public String use() {
    return "For data with wrong labels. A bound on the norm of the logits bounds the loss,"
        + " so that a wrong label costs only so much.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(logitClip(), loss());
  }

  private static RowFunction logitClip() {
    return RowFunction.define("logit_clip")
        .parameters(logits(), tau(), p())
        .result(ResultType.ARRAY)
        .summary("The logits, scaled down to a norm of tau where theirs is larger.")
        .formula("z if ||z||_p <= tau else tau z / ||z||_p")
        .range("||.||_p <= tau; NaN for a row with a NaN or an infinity")
        .source(PAPER + "; its code and the paper agree at tau = 1, this follows the paper")
        .example("logit_clip(array(2.0, 0.5, -1.0), tau => 2)")
        .body(
            settings -> {
              double tau = settings.number("tau");
              double p = settings.number("p");
              return Body.arrayOfRow(
                  row -> {
                    double[] z = row.logits();
                    double factor = factor(z, tau, p);
                    double[] out = new double[z.length];
                    for (int j = 0; j < z.length; j++) {
                      out[j] = factor * z[j];
                    }
                    return out;
                  });
            });
  }

  private static RowFunction loss() {
    return RowFunction.define("logit_clip_cross_entropy_loss")
        .parameters(logits(), label(), tau(), p())
        .summary("Cross entropy of the clipped logits: bounded, hence robust to wrong labels.")
        .formula("-log softmax(logit_clip(z, tau, p))_y")
        .range("[0, log(1 + (C-1) exp(2 tau))]; NaN for a row with a NaN or an infinity")
        .source(PAPER)
        .example("logit_clip_cross_entropy_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double tau = settings.number("tau");
              double p = settings.number("p");
              return Body.ofRow(
                  row -> {
                    double[] z = row.logits();
                    double factor = factor(z, tau, p);
                    return LogitRow.crossEntropy(z.length, j -> factor * z[j], row.label());
                  });
            });
  }

  private static Parameter tau() {
    return number("tau", 1.0, Range.above(0), "the largest norm");
  }

  private static Parameter p() {
    Range norms = new Range("in (0, inf]", value -> (Double) value > 0);
    return number("p", 2.0, norms, "which norm; infinity for the largest absolute value");
  }

  /** What the logits are multiplied by: 1 within the bound, NaN where they are not finite. */
  private static double factor(double[] z, double tau, double p) {
    double largest = 0;
    for (double x : z) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (!(largest < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double norm = largest == 0 ? 0 : largest * relativeNorm(z, largest, p);
    return norm <= tau ? 1 : tau / norm;
  }

  private static double relativeNorm(double[] z, double largest, double p) {
    if (p == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double sum = 0;
    for (double x : z) {
      double ratio = Math.abs(x) / largest;
      sum += p == 2 ? ratio * ratio : StrictMath.pow(ratio, p);
    }
    return p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p);
  }
}
