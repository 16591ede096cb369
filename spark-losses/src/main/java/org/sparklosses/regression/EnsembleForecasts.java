// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.util.List;
import java.util.Map;

/** Forecasts by the members of an ensemble. Its means are of CRPS, plain and fair. */
final class EnsembleForecasts extends MeansOfForecasts {

  EnsembleForecasts() {
    super(2);
  }

  @Override
  double[] numbers(double[] forecast, double y) {
    return new double[] {
      Forecasts.crpsEnsemble(forecast, y, false), Forecasts.crpsEnsemble(forecast, y, true)
    };
  }

  @Override
  public List<MeanMetric> ofMeans() {
    return List.of(crps(false, 0), crps(true, 1));
  }

  private static MeanMetric crps(boolean fair, int mean) {
    return MeanMetric.mean("crps_ensemble", Map.of("fair", fair), mean);
  }
}
