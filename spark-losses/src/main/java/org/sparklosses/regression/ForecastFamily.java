// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;

/** Scores of the forecast of a number. */
public final class ForecastFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Forecasts of a number";
  }

  @Override
  public String use() {
    return "Where a model predicts a number with its uncertainty: as a normal "
        + "distribution, an ensemble, an interval or a quantile. CRPS and interval "
        + "score are in the unit of the number and forgive outliers that gaussian_nll "
        + "does not. A histogram of gaussian_pit shows calibration.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        gaussianNll(), gaussianCrps(), gaussianPit(), ensembleCrps(), intervalScore(), pinball());
  }

  private static Parameter mu() {
    return column("mu", ParameterType.DOUBLE, "the mean of the forecast");
  }

  private static Parameter sigma() {
    return column("sigma", ParameterType.DOUBLE, "the standard deviation of the forecast");
  }

  private static Parameter y() {
    return column("y", ParameterType.DOUBLE, "the number that came true");
  }

  private static RowFunction gaussianNll() {
    return RowFunction.define("gaussian_nll")
        .parameters(mu(), sigma(), y())
        .summary("The negative log density of a normal forecast, in nats.")
        .formula("log(2 pi) / 2 + log sigma + ((y - mu) / sigma)^2 / 2")
        .range("any number")
        .source("torch.nn.GaussianNLLLoss(full=True) of sigma^2")
        .example("gaussian_nll(1.0, 0.5, 1.2)")
        .body(
            settings ->
                Body.ofRow(
                    row -> Forecasts.gaussianNll(row.number(0), row.number(1), row.number(2))));
  }

  private static RowFunction gaussianCrps() {
    return RowFunction.define("crps_gaussian")
        .parameters(mu(), sigma(), y())
        .summary("The continuous ranked probability score of a normal forecast.")
        .formula("sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y - mu) / sigma")
        .range("[0, inf]")
        .source("Gneiting et al. 2005, doi:10.1175/MWR2904.1")
        .example("crps_gaussian(1.0, 0.5, 1.2)")
        .body(
            settings ->
                Body.ofRow(
                    row -> Forecasts.crpsGaussian(row.number(0), row.number(1), row.number(2))));
  }

  private static RowFunction gaussianPit() {
    return RowFunction.define("gaussian_pit")
        .ideal(0.5)
        .parameters(mu(), sigma(), y())
        .summary("The share of a normal forecast up to y: uniform for calibrated forecasts.")
        .formula("Phi((y - mu) / sigma)")
        .range("[0, 1]")
        .source("Dawid 1984 (probability integral transform)")
        .example("gaussian_pit(1.0, 0.5, 1.2)")
        .body(
            settings ->
                Body.ofRow(row -> Forecasts.pit(row.number(0), row.number(1), row.number(2))));
  }

  private static RowFunction ensembleCrps() {
    return RowFunction.define("crps_ensemble")
        .parameters(
            column("members", ParameterType.LOGITS, "the numbers that the members forecast"),
            y(),
            flag("fair", false, "unbiased for members drawn from the forecast"))
        .summary("The continuous ranked probability score of an ensemble of forecasts.")
        .formula("mean_m |x_m - y| - sum_{i,j} |x_i - x_j| / (2 M^2); fair: / (2 M (M - 1))")
        .range("[0, inf]; fair: any number, NaN for one member")
        .source("Gneiting & Raftery 2007; fair: Ferro 2014, doi:10.1002/qj.2270")
        .example("crps_ensemble(array(0.5, 1.0, 1.5), 1.2)")
        .body(
            settings -> {
              boolean fair = settings.flag("fair");
              return Body.ofRow(row -> Forecasts.crpsEnsemble(row.array(0), row.number(1), fair));
            });
  }

  private static RowFunction intervalScore() {
    return RowFunction.define("interval_score")
        .parameters(
            column("low", ParameterType.DOUBLE, "the lower end of the interval"),
            column("high", ParameterType.DOUBLE, "its upper end"),
            y(),
            number("alpha", 0.1, Range.open(0, 1), "the share outside of the interval"))
        .summary("The width of a central interval and what it misses y by.")
        .formula("(high - low) + 2/alpha max(low - y, 0) + 2/alpha max(y - high, 0)")
        .range("[0, inf] for low <= high")
        .source("Gneiting & Raftery 2007, doi:10.1198/016214506000001437")
        .example("interval_score(0.5, 1.5, 1.7, alpha => 0.2)")
        .body(
            settings -> {
              double alpha = settings.number("alpha");
              return Body.ofRow(
                  row ->
                      Forecasts.intervalScore(row.number(0), row.number(1), row.number(2), alpha));
            });
  }

  private static RowFunction pinball() {
    return RowFunction.define("pinball_loss")
        .parameters(
            column("quantile", ParameterType.DOUBLE, "the quantile forecast"),
            y(),
            number("tau", 0.5, Range.closed(0, 1), "its level"))
        .summary("The loss that the tau-quantile minimises; half the absolute error at 0.5.")
        .formula("max(tau (y - q), (tau - 1) (y - q))")
        .range("[0, inf]")
        .source("Koenker & Bassett 1978; sklearn.metrics.mean_pinball_loss, of one row")
        .example("pinball_loss(1.5, 1.2, tau => 0.9)")
        .body(
            settings -> {
              double tau = settings.number("tau");
              return Body.ofRow(row -> Forecasts.pinball(row.number(0), row.number(1), tau));
            });
  }
}
