// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.optionalNumber;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.ClassValues;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;

/** Regression by classification: the logits are those of the bins of a range of values. */
public final class RegressionFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Regression as classification";
  }

  @Override
  public String use() {
    return "Where a number is predicted by a softmax over bins: more robust than a squared"
        + " error, and the distribution shows how sure the prediction is.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(hlGauss(), twoHot(), r2ccp());
  }

  private static RowFunction hlGauss() {
    return RowFunction.define("hl_gauss_loss")
        .parameters(
            logits(),
            target(),
            required("min_value", ParameterType.DOUBLE, Range.any(), "the first bin's lower edge"),
            required("max_value", ParameterType.DOUBLE, Range.any(), "the last bin's upper edge"),
            optionalNumber(
                "sigma",
                Range.above(0),
                "the normal distribution's standard deviation; 3/4 of a bin by default"))
        .summary("Cross entropy with a normal distribution about the target, cut into bins.")
        .formula(
            "-sum_i t_i log softmax(z)_i, t_i the mass between edges i and i + 1 of Normal(target,"
                + " sigma^2) cut to [min, max]; C bins of equal width")
        .range("[0, inf]; infinite with a logit of -inf; NaN where softmax is")
        .source(
            "Imani & White 2018, arXiv:1806.04613; Farebrother et al. 2024, arXiv:2403.03950,"
                + " appendix A; targets are clamped to the range")
        .example("hl_gauss_loss(array(0.1, 2.0, 0.5, -1.0), 0.4, min_value => 0, max_value => 1)")
        .body(RegressionFamily::hlGauss);
  }

  private static RowFunction twoHot() {
    return RowFunction.define("two_hot_loss")
        .parameters(
            logits(),
            target(),
            required("min_value", ParameterType.DOUBLE, Range.any(), "the first bin's centre"),
            required("max_value", ParameterType.DOUBLE, Range.any(), "the last bin's centre"))
        .summary("Cross entropy with the two bins about the target, by their closeness to it.")
        .formula(
            "-(1 - f) log softmax(z)_i - f log softmax(z)_(i+1), i + f = (C - 1) (target - min) /"
                + " (max - min)")
        .range("[0, inf]; 0 for one bin; NaN where softmax is")
        .source(
            "Farebrother et al. 2024, arXiv:2403.03950 (as in MuZero and Dreamer); targets are"
                + " clamped to the range")
        .example("two_hot_loss(array(0.1, 2.0, 0.5, -1.0), 0.4, min_value => 0, max_value => 1)")
        .body(RegressionFamily::twoHot);
  }

  private static RowFunction r2ccp() {
    return RowFunction.define("r2ccp_loss")
        .parameters(
            logits(),
            target(),
            required("values", ParameterType.ARRAY, Range.any(), "the value of each bin"),
            number("q", 0.5, Range.above(0), "the power of the distance"),
            number("entropy_weight", 1.0, Range.any(), "the weight of the negative entropy"),
            number("loss_weight", 5.0, Range.any(), "the weight of the mean distance"))
        .summary("The mean distance of the predicted distribution from the target, less entropy.")
        .formula("entropy_weight sum_k p_k log p_k + loss_weight sum_k p_k |v_k - target|^q")
        .range("[-entropy_weight log C, inf]; NaN where softmax is")
        .source(
            "Guha et al. 2024, arXiv:2404.08168; the weights of its code, 5 times those of the"
                + " paper")
        .example("r2ccp_loss(array(0.1, 2.0, -1.0), 0.4, values => array(0.0, 0.5, 1.0))")
        .body(
            settings -> {
              ClassValues values = settings.classValues("values");
              double q = settings.number("q");
              double entropyWeight = settings.number("entropy_weight");
              double lossWeight = settings.number("loss_weight");
              return Body.ofRowAndStatistics(
                  row ->
                      lossWeight * meanDistance(row, values.all(row.logits().length), q)
                          - entropyWeight * row.statistics().entropy());
            });
  }

  private static Parameter target() {
    return column("target", ParameterType.DOUBLE, "the true value");
  }

  private static Body hlGauss(Settings settings) {
    double min = settings.number("min_value");
    double max = settings.number("max_value");
    checkBounds(settings.owner(), min, max);
    double sigma = settings.has("sigma") ? settings.number("sigma") : Double.NaN;
    return Body.ofRowAndStatistics(
        row -> {
          double width = (max - min) / row.logits().length;
          double deviation = settings.has("sigma") ? sigma : 0.75 * width;
          double offset = clamped(row.number(1), min, max) - min;
          return new NormalBins(width, offset, deviation)
              .crossEntropy(LogSoftmax.of(row.logits(), row.statistics()));
        });
  }

  private static Body twoHot(Settings settings) {
    double min = settings.number("min_value");
    double max = settings.number("max_value");
    checkBounds(settings.owner(), min, max);
    return Body.ofRowAndStatistics(
        row -> {
          int last = row.logits().length - 1;
          double t = (clamped(row.number(1), min, max) - min) / (max - min) * last;
          return last == 0 && row.statistics().nans() == 0
              ? t
              : LogSoftmax.of(row.logits(), row.statistics()).interpolatedCrossEntropy(t);
        });
  }

  private static double clamped(double target, double min, double max) {
    return Math.min(Math.max(target, min), max);
  }

  private static void checkBounds(String function, double min, double max) {
    if (!(min < max)) {
      throw new IllegalArgumentException(
          function
              + ": min_value = "
              + min
              + " is not below max_value = "
              + max
              + "; they are the ends of the range of targets");
    }
  }

  private static double meanDistance(Row row, double[] values, double q) {
    LogSoftmax p = LogSoftmax.of(row.logits(), row.statistics());
    double target = row.number(1);
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      double distance = Math.abs(values[k] - target);
      double power = q == 0.5 ? Math.sqrt(distance) : StrictMath.pow(distance, q);
      sum += Mass.times(p.probability(k), power);
    }
    return sum;
  }
}
