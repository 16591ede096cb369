// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Distillation class by class, by the sigmoid of each logit. */
public final class SigmoidDistillationFamily implements FunctionFamily {

  private static final String DHKD = "Yang et al. 2024, DHKD, arXiv:2411.08937";

  @Override
  public String title() {
    return "Distillation of independent classes";
  }

  @Override
  public String use() {
    return "Where teacher and student answer yes or no for every class, and on logits "
        + "whose scale softmax would cancel.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(binaryKl(), binaryKlNorm(), qualityFocal());
  }

  private static RowFunction binaryKl() {
    return RowFunction.define("binary_kl_loss")
        .parameters(
            Distillation.student(),
            Distillation.teacher(),
            Distillation.temperature(2, "all"),
            eps())
        .summary("The divergence of the student's yes-or-no answers from the teacher's, in sum.")
        .formula(
            "T^2 sum_c KL(b(t_c) || b(s_c)) of Bernoulli distributions, b(x) = sigmoid(x / T)"
                + " clamped to [eps, 1 - eps]")
        .range("[0, inf)")
        .source(DHKD)
        .example("binary_kl_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))")
        .body(
            settings -> {
              double temperature = settings.number("temperature");
              double eps = settings.number("eps");
              return Body.ofRow(row -> binaryKl(row, temperature, eps));
            });
  }

  private static RowFunction binaryKlNorm() {
    return RowFunction.define("binary_kl_norm_loss")
        .parameters(
            Distillation.student(),
            Distillation.teacher(),
            Distillation.temperature(2, "all"),
            eps())
        .summary("The divergence of evenness from the sigmoid of each logit's difference, in sum.")
        .formula(
            "-T^2 sum_c (log 2 + (log d_c + log(1 - d_c)) / 2), d_c = sigmoid((s_c - t_c) / T)"
                + " clamped to [eps, 1 - eps]")
        .range("[0, inf); 0 for equal logits")
        .source(DHKD)
        .example("binary_kl_norm_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))")
        .body(
            settings -> {
              double temperature = settings.number("temperature");
              double eps = settings.number("eps");
              return Body.ofRow(row -> binaryKlNorm(row, temperature, eps));
            });
  }

  private static RowFunction qualityFocal() {
    return RowFunction.define("kd_quality_focal_loss")
        .parameters(
            Distillation.student(),
            Distillation.teacher(),
            number("beta", 1.0, Range.atLeast(0), "how strongly answers that agree are discounted"))
        .summary("Binary cross entropy with the teacher's answers, discounted where they agree.")
        .formula(
            "sum_c |s_c - t_c|^beta (-t_c log s_c - (1 - t_c) log(1 - s_c)), s, t the sigmoid of"
                + " the logits")
        .range("[0, inf]; 0 for equal logits if beta > 0")
        .source("Wang et al. 2023, CrossKD, arXiv:2306.11369")
        .example("kd_quality_focal_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))")
        .body(
            settings -> {
              double beta = settings.number("beta");
              return Body.ofRow(row -> qualityFocal(row, beta));
            });
  }

  private static Parameter eps() {
    return number("eps", 1e-8, Range.open(0, 0.5), "how close to 0 and 1 a probability may come");
  }

  private static double binaryKl(Row row, double temperature, double eps) {
    double[] s = row.array(0);
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < s.length; c++) {
      double x = s[c] / temperature;
      double y = t[c] / temperature;
      sum +=
          Distributions.relativeEntropy(probability(y, eps), probability(x, eps))
              + Distributions.relativeEntropy(complement(y, eps), complement(x, eps));
    }
    return temperature * temperature * Math.max(0, sum);
  }

  private static double binaryKlNorm(Row row, double temperature, double eps) {
    double[] s = row.array(0);
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < s.length; c++) {
      double x = (s[c] - t[c]) / temperature;
      sum -= StrictMath.log(4 * probability(x, eps) * complement(x, eps)) / 2;
    }
    return temperature * temperature * Math.max(0, sum);
  }

  private static double qualityFocal(Row row, double beta) {
    double[] s = row.array(0);
    double[] t = row.array(1);
    double sum = 0;
    for (int c = 0; c < s.length; c++) {
      double loss = Logistic.crossEntropy(s[c], Logistic.sigmoid(t[c]), Logistic.sigmoid(-t[c]));
      sum += Mass.times(StrictMath.pow(Logistic.distance(s[c], t[c]), beta), loss);
    }
    return sum;
  }

  private static double probability(double x, double eps) {
    return Math.min(Math.max(Logistic.sigmoid(x), eps), 1 - eps);
  }

  /** {@code 1 - probability}, without the rounding of that difference. */
  private static double complement(double x, double eps) {
    return Math.min(Math.max(Logistic.sigmoid(-x), 1 - (1 - eps)), 1 - eps);
  }
}
