// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;

/** A polynomial of the logit, by maximum likelihood. */
public final class QuadraticScaling implements BinaryCalibrator {

  private static final String NAME = "quadratic_scaling";

  /** For the service loader. */
  public QuadraticScaling() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "three numbers that correct a shift, a scale and a bend of the logits; the first choice"
        + " for two classes. It turns the order round beyond the vertex of its parabola: see the"
        + " share of rows outside, and take degree 1 where that is more than 1 %";
  }

  @Override
  public String formula() {
    return "sigmoid(a + b z + c z^2) of the logit z, by maximum likelihood; c = 0 of degree 1";
  }

  @Override
  public String source() {
    return "Cox 1958, doi:10.1093/biomet/45.3-4.562 (degree 1); Berta et al. 2025,"
        + " arXiv:2511.03685";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.integer("degree", 2, Range.closed(1, 2), "of the polynomial: 1 is a line"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints points = table.logits();
    LogitFeatures features =
        settings.integer("degree") == 1 ? LogitFeatures.LINEAR : LogitFeatures.QUADRATIC;
    LogitFit fit = LogitFit.of(points, features, false);
    double[] theta = fit.theta();
    QuadraticMap map = new QuadraticMap(theta[0], theta[1], theta.length > 2 ? theta[2] : 0);
    BinaryFit found =
        BinaryFit.of(map, fit.status(), table).found(fit.iterations(), fit.gradientNorm());
    return table.cells().isEmpty() || fit.status() != FitStatus.OK
        ? found
        : found.within(CellExcess.bound(table.cells().get(), points, features, theta));
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return new QuadraticMap(numbers.number("a"), numbers.number("b"), numbers.number("c"));
  }

  private record QuadraticMap(double a, double b, double c) implements LogitMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public double logOdds(double x) {
      double z = Logit.clipped(x);
      return a + b * z + c * z * z;
    }

    @Override
    public IncreasingRange increasing() {
      if (c == 0) {
        return IncreasingRange.everywhereIf(b > 0);
      }
      double vertex = -b / (2 * c);
      return c > 0
          ? new IncreasingRange(vertex, Double.POSITIVE_INFINITY)
          : new IncreasingRange(Double.NEGATIVE_INFINITY, vertex);
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none().with("a", a).with("b", b).with("c", c);
    }
  }
}
