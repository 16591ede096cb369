// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Settings;

/** A line in the logit, by Platt's targets. */
public final class PlattScaling implements BinaryCalibrator {

  private static final String NAME = "platt_scaling";

  /** For the service loader. */
  public PlattScaling() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "two numbers that correct a shift and a scale of the logits, softened for few rows; what"
        + " scikit-learn calls sigmoid";
  }

  @Override
  public String formula() {
    return "sigmoid(slope z + intercept) of the logit z, by the likelihood of the targets"
        + " (n1 + 1) / (n1 + 2) of class 1 and 1 / (n0 + 2) of class 0, n the weights of the"
        + " classes; without priors of the labels";
  }

  @Override
  public String source() {
    return "Platt 1999, Advances in Large Margin Classifiers; Lin, Lin and Weng 2007,"
        + " doi:10.1007/s10994-007-5018-6";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.flag("priors", true, "whether the targets are Platt's; or else the labels"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints points = table.logits();
    boolean isSoftened = settings.flag("priors");
    LogitFit fit = LogitFit.of(points, LogitFeatures.LINEAR, isSoftened);
    double[] theta = fit.theta();
    BinaryFit found =
        BinaryFit.of(new PlattMap(theta[1], theta[0]), fit.status(), table)
            .found(fit.iterations(), fit.gradientNorm());
    return table.cells().isEmpty() || isSoftened || fit.status() != FitStatus.OK
        ? found
        : found.within(CellExcess.bound(table.cells().get(), points, LogitFeatures.LINEAR, theta));
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return new PlattMap(numbers.number("slope"), numbers.number("intercept"));
  }

  private record PlattMap(double slope, double intercept) implements LogitMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public double logOdds(double x) {
      return slope * Logit.clipped(x) + intercept;
    }

    @Override
    public IncreasingRange increasing() {
      return IncreasingRange.everywhereIf(slope > 0);
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none().with("slope", slope).with("intercept", intercept);
    }
  }
}
