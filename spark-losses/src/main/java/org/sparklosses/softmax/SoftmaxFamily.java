// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.Arrays;
import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** Softmax, its logarithm and its normalizer. */
public final class SoftmaxFamily implements FunctionFamily {

  private static final RowKernel KERNEL = RowKernels.get();

  @Override
  public String title() {
    return "Softmax";
  }

  @Override
  public String use() {
    return "The probabilities that logits stand for. A temperature above 1 flattens them, "
        + "one below 1 sharpens them; fit it on held-out rows to calibrate a model.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(softmax(), logSoftmax(), logSumExp());
  }

  private static RowFunction softmax() {
    return RowFunction.define("softmax")
        .parameters(logits(), temperature())
        .result(ResultType.ARRAY)
        .summary("The probability of each class.")
        .formula("p_i = exp(z_i / T) / sum_j exp(z_j / T)")
        .range("[0, 1], sums to 1; NaN for a row with a NaN, a +inf, or nothing but -inf")
        .source(
            "torch.nn.functional.softmax; temperature: Hinton et al. 2015, arXiv:1503.02531; Guo et"
                + " al. 2017, arXiv:1706.04599")
        .example("softmax(array(2.0, 0.5, -1.0), temperature => 2.0)")
        .body(
            settings -> {
              double t = settings.number("temperature");
              return t == 1.0
                  ? Body.arrayOfRowAndStatistics(SoftmaxFamily::softmax)
                  : Body.arrayOfRow(row -> softmax(scaled(row.logits(), t)));
            });
  }

  private static RowFunction logSoftmax() {
    return RowFunction.define("log_softmax")
        .parameters(logits(), temperature())
        .result(ResultType.ARRAY)
        .summary("The logarithm of each class's probability.")
        .formula("z_i / T - log sum_j exp(z_j / T)")
        .range("[-inf, 0]; NaN for a row with a NaN, a +inf, or nothing but -inf")
        .source("torch.nn.functional.log_softmax")
        .example("log_softmax(array(2.0, 0.5, -1.0))")
        .body(
            settings -> {
              double t = settings.number("temperature");
              return t == 1.0
                  ? Body.arrayOfRowAndStatistics(row -> logSoftmax(row.logits(), row.statistics()))
                  : Body.arrayOfRow(
                      row -> {
                        double[] z = scaled(row.logits(), t);
                        return logSoftmax(z, statistics(z));
                      });
            });
  }

  private static RowFunction logSumExp() {
    return RowFunction.define("logsumexp")
        .parameters(logits())
        .summary("The logarithm of softmax's normalizer.")
        .formula("log sum_j exp(z_j)")
        .range("[max z, max z + log C]; -inf when all logits are, +inf with a +inf")
        .source("torch.logsumexp")
        .example("logsumexp(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(RowStatistics::logSumExp));
  }

  private static Parameter temperature() {
    return number("temperature", 1.0, Range.above(0), "divides the logits: above 1 is flatter");
  }

  private static double[] softmax(Row row) {
    double[] z = row.logits();
    double[] p = new double[z.length];
    KERNEL.softmax(z, 0, z.length, row.statistics(), p);
    return p;
  }

  private static double[] softmax(double[] z) {
    return softmax(Row.of(z, statistics(z)));
  }

  private static double[] logSoftmax(double[] z, RowStatistics row) {
    double[] out = new double[z.length];
    if (!row.hasSoftmax()) {
      Arrays.fill(out, Double.NaN);
      return out;
    }
    double logSum = StrictMath.log(row.sumExp());
    for (int j = 0; j < z.length; j++) {
      out[j] = (z[j] - row.max()) - logSum;
    }
    return out;
  }

  private static RowStatistics statistics(double[] z) {
    return KERNEL.statistics(z, 0, z.length, RowStatistics.NO_LABEL);
  }

  private static double[] scaled(double[] z, double temperature) {
    double[] out = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      out[j] = z[j] / temperature;
    }
    return out;
  }
}
