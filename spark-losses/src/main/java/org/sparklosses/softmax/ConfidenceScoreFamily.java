// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/**
 * Scores by which rows are ranked that a model may have wrong or never have seen the like of: first
 * those of confidence, higher for rows like those of training, then those of uncertainty. The
 * probability of the predicted class, the margin and the entropy are in {@link PredictionFamily}.
 */
public final class ConfidenceScoreFamily implements FunctionFamily {

  private static final RowKernel KERNEL = RowKernels.get();

  @Override
  public String title() {
    return "Confidence scores";
  }

  @Override
  public String use() {
    return "To rank rows that a model may have wrong or has never seen the like of: "
        + "errors, outliers, rows to label next. The first five are scores of "
        + "confidence, higher for rows like those of training; the others are "
        + "uncertainties. None needs a label. How well they rank is a matter of AUROC "
        + "and its kin.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        maxLogit(),
        logitMargin(),
        negativeEntropy(),
        energy(),
        doctor(),
        normalizedEntropy(),
        leastConfidence(),
        confidenceRatio(),
        giniImpurity());
  }

  private static RowFunction maxLogit() {
    return RowFunction.define("max_logit")
        .largerIsBetter()
        .parameters(logits())
        .summary("The largest logit, as a score of confidence.")
        .formula("max_i z_i")
        .range("any number; NaN for a row with a NaN")
        .source("Hendrycks et al. 2022, arXiv:1911.11132")
        .example("max_logit(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(RowStatistics::max));
  }

  private static RowFunction logitMargin() {
    return RowFunction.define("logit_margin")
        .largerIsBetter()
        .parameters(logits())
        .summary("By how much the largest logit leads the second largest.")
        .formula("z_(1) - z_(2)")
        .range("[0, inf]; inf for one class, NaN where softmax is undefined")
        .source("log of the ratio of the two largest probabilities; Settles 2009 (margin sampling)")
        .example("logit_margin(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(s -> ifSoftmax(s, s.max() - s.runnerUp())));
  }

  private static RowFunction negativeEntropy() {
    return RowFunction.define("neg_entropy")
        .largerIsBetter()
        .parameters(logits())
        .summary("The predicted probabilities' entropy in nats, negated: a score of confidence.")
        .formula("sum_i p_i log p_i")
        .range("[-log C, 0]")
        .source("Shannon 1948; Macedo et al. 2021, arXiv:1908.05569 (entropic score)")
        .example("neg_entropy(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(s -> 0 - s.entropy()));
  }

  private static RowFunction energy() {
    return RowFunction.define("energy")
        .largerIsBetter()
        .parameters(
            logits(),
            number("temperature", 1.0, Range.above(0), "divides the logits: above 1 is flatter"))
        .summary("The negative free energy of the logits, as a score of confidence.")
        .formula("T log sum_i exp(z_i / T)")
        .range("[max z, max z + T log C]")
        .source("Liu et al. 2020, Energy-based Out-of-distribution Detection, arXiv:2010.03759")
        .example("energy(array(2.0, 0.5, -1.0), temperature => 2.0)")
        .body(
            settings -> {
              double t = settings.number("temperature");
              return t == 1.0
                  ? Body.ofStatistics(RowStatistics::logSumExp)
                  : Body.ofRow(row -> energy(row.logits(), t));
            });
  }

  private static double energy(double[] logits, double temperature) {
    double[] z = new double[logits.length];
    for (int j = 0; j < z.length; j++) {
      z[j] = logits[j] / temperature;
    }
    return temperature * KERNEL.statistics(z, 0, z.length, RowStatistics.NO_LABEL).logSumExp();
  }

  private static RowFunction doctor() {
    return RowFunction.define("doctor")
        .largerIsBetter()
        .parameters(logits())
        .summary("The sum of the squared probabilities, as a score of confidence.")
        .formula("sum_i p_i^2")
        .range("[1/C, 1]")
        .source("Granese et al. 2021, DOCTOR, arXiv:2106.02395 (1 - D_alpha before its odds)")
        .example("doctor(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(RowStatistics::sumSquaredProbabilities));
  }

  private static RowFunction normalizedEntropy() {
    return RowFunction.define("normalized_entropy")
        .parameters(logits())
        .summary("The entropy of the predicted probabilities, as a share of the largest possible.")
        .formula("-sum_i p_i log p_i / log C")
        .range("[0, 1]; NaN for one class")
        .source("Shannon 1948")
        .example("normalized_entropy(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(s -> s.entropy() / StrictMath.log(s.classes())));
  }

  private static RowFunction leastConfidence() {
    return RowFunction.define("least_confidence")
        .parameters(logits())
        .summary("The probability of all classes but the predicted one.")
        .formula("1 - max_i p_i")
        .range("[0, 1 - 1/C]")
        .source(
            "Settles 2009, Active learning literature survey; Gonsior et al. 2022,"
                + " arXiv:2210.03005")
        .example("least_confidence(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(s -> ifSoftmax(s, (s.sumExp() - 1) / s.sumExp())));
  }

  private static RowFunction confidenceRatio() {
    return RowFunction.define("confidence_ratio")
        .parameters(logits())
        .summary("The runner-up's probability as a share of the predicted class's.")
        .formula("p_(2) / p_(1)")
        .range("[0, 1]; 0 for one class")
        .source("Settles 2009, Active learning literature survey (ratio of confidence)")
        .example("confidence_ratio(array(2.0, 0.5, -1.0))")
        .body(
            settings ->
                Body.ofStatistics(s -> ifSoftmax(s, StrictMath.exp(s.runnerUp() - s.max()))));
  }

  private static RowFunction giniImpurity() {
    return RowFunction.define("gini_impurity")
        .parameters(logits())
        .summary("How often two draws from the predicted probabilities differ.")
        .formula("1 - sum_i p_i^2")
        .range("[0, 1 - 1/C]")
        .source("Breiman et al. 1984, Classification and Regression Trees")
        .example("gini_impurity(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(s -> 1 - s.sumSquaredProbabilities()));
  }

  private static double ifSoftmax(RowStatistics s, double value) {
    return s.hasSoftmax() ? value : Double.NaN;
  }
}
