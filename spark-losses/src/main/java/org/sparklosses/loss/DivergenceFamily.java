// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** How far two distributions over the same classes are apart. */
public final class DivergenceFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Divergences";
  }

  @Override
  public String use() {
    return "To compare two distributions row by row: two models, before and after, clean "
        + "and perturbed input. KL is infinite where q rules out what p holds; Jensen-"
        + "Shannon is bounded and symmetric.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        klDivergence(), symmetricKl(), jensenShannon(), cauchySchwarz(), virtualAdversarial());
  }

  private static RowFunction klDivergence() {
    return RowFunction.define("kl_divergence_loss")
        .parameters(Distributions.p(), Distributions.q())
        .summary("The Kullback-Leibler divergence of p from q, in nats.")
        .formula("sum_i p_i log(p_i / q_i)")
        .range("[0, inf] for distributions; infinite where q_i = 0 < p_i")
        .source("Kullback & Leibler 1951; torch.nn.functional.kl_div(log q, p)")
        .example("kl_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))")
        .body(
            settings -> {
              String function = settings.owner();
              return Body.ofRow(
                  row -> Distributions.sum(function, row, Distributions::relativeEntropy));
            });
  }

  private static RowFunction symmetricKl() {
    return RowFunction.define("symmetric_kl_loss")
        .parameters(Distributions.p(), Distributions.q())
        .summary("The Kullback-Leibler divergences both ways, in sum (Jeffreys divergence).")
        .formula("sum_i (p_i - q_i) log(p_i / q_i)")
        .range("[0, inf]; infinite where only one of p_i and q_i is 0")
        .source("Kullback & Leibler 1951; R-Drop and others take half of it")
        .example("symmetric_kl_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))")
        .body(
            settings -> {
              String function = settings.owner();
              return Body.ofRow(
                  row -> Distributions.sum(function, row, DivergenceFamily::symmetricTerm));
            });
  }

  private static RowFunction jensenShannon() {
    return RowFunction.define("jensen_shannon_loss")
        .parameters(
            Distributions.p(),
            Distributions.q(),
            number("weight", 0.5, Range.open(0, 1), "the share of p in the mixture"))
        .summary("The mean divergence of two distributions from their mixture.")
        .formula("w KL(p || m) + (1 - w) KL(q || m), m = w p + (1 - w) q")
        .range("[0, -w log w - (1 - w) log(1 - w)] for distributions; log 2 at w = 1/2")
        .source(
            "Lin 1991; Englesson & Azizpour 2021, arXiv:2105.04522, who divide by -(1 - w) log(1 -"
                + " w); at w = 1/2 the square of scipy's jensenshannon")
        .example("jensen_shannon_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))")
        .body(
            settings -> {
              String function = settings.owner();
              double w = settings.number("weight");
              return Body.ofRow(
                  row -> Distributions.sum(function, row, (a, b) -> jensenShannonTerm(a, b, w)));
            });
  }

  private static RowFunction cauchySchwarz() {
    return RowFunction.define("cauchy_schwarz_divergence_loss")
        .parameters(Distributions.p(), Distributions.q())
        .summary("Minus twice the logarithm of the cosine of the angle between p and q.")
        .formula("-log((sum_i p_i q_i)^2 / (sum_i p_i^2 sum_i q_i^2))")
        .range("[0, inf]; infinite for disjoint supports")
        .source("Principe 2010; Yu et al. 2023, arXiv:2301.08970; some omit the square")
        .example("cauchy_schwarz_divergence_loss(array(0.7, 0.2, 0.1), array(0.5, 0.3, 0.2))")
        .body(
            settings -> {
              String function = settings.owner();
              return Body.ofRow(row -> cauchySchwarz(function, row));
            });
  }

  private static RowFunction virtualAdversarial() {
    return RowFunction.define("virtual_adversarial_loss")
        .parameters(
            logits(),
            column("adversarial_logits", ParameterType.LOGITS, "the scores of the perturbed input"))
        .summary("How far a perturbation of the input moves the prediction, in nats.")
        .formula("KL(softmax(z) || softmax(z_adv))")
        .range("[0, inf]; NaN where either softmax is")
        .source("Miyato et al. 2017, VAT, arXiv:1704.03976; the caller finds the perturbation")
        .example("virtual_adversarial_loss(array(2.0, 0.5, -1.0), array(1.5, 0.9, -1.0))")
        .body(
            settings ->
                Body.ofRowAndStatistics(
                    row ->
                        LogSoftmax.of(row.logits(), row.statistics())
                            .relativeEntropy(LogSoftmax.of(row.array(1), 1))));
  }

  private static double symmetricTerm(double a, double b) {
    if (a == 0 || b == 0) {
      return a == b ? 0 : Double.POSITIVE_INFINITY;
    }
    return (a - b) * Distributions.logRatio(a, b);
  }

  private static double jensenShannonTerm(double a, double b, double w) {
    double m = w * a + (1 - w) * b;
    return w * Distributions.relativeEntropy(a, m) + (1 - w) * Distributions.relativeEntropy(b, m);
  }

  private static double cauchySchwarz(String function, Row row) {
    double[] p = row.array(0);
    double[] q = row.array(1);
    double pq = 0;
    double pp = 0;
    double qq = 0;
    for (int i = 0; i < p.length; i++) {
      if (!Distributions.isNumber(function, p, q, i)) {
        pq = Double.NaN;
      }
      pq += p[i] * q[i];
      pp += p[i] * p[i];
      qq += q[i] * q[i];
    }
    return Math.max(0, StrictMath.log(pp) + StrictMath.log(qq) - 2 * StrictMath.log(pq));
  }
}
