// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Forecasts that are worth what means over their rows say.
 *
 * <p>Layout when written: the {@link WeightedMeans}.
 */
abstract class MeansOfForecasts implements ForecastState {

  private final WeightedMeans means;

  /** With means of so many numbers. */
  MeansOfForecasts(int size) {
    means = new WeightedMeans(size);
  }

  /** The numbers of a row. */
  abstract double[] numbers(double[] forecast, double y);

  @Override
  public double[] add(double[] forecast, double y, double weight) {
    double[] numbers = numbers(forecast, y);
    means.add(weight, numbers);
    return numbers;
  }

  @Override
  public void merge(ForecastState other) {
    means.merge(other.means());
  }

  @Override
  public WeightedMeans means() {
    return means;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    means.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    means.read(in);
  }
}
