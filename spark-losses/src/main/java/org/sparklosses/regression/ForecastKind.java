// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** What the forecasts of a table are given as, and where. */
public sealed interface ForecastKind extends Serializable {

  /** What such forecasts are called, in a word. */
  String word();

  /** The columns of the forecast: numbers, or arrays of numbers. */
  List<String> columns();

  /** Whether the one column is of arrays. */
  default boolean isArray() {
    return false;
  }

  /** Why there can be no such forecast, by column, for finite numbers; empty when there can. */
  default Optional<String> problem(double[] forecast) {
    return Optional.empty();
  }

  /** Whether a quantile of a higher level is below one of a lower: no distribution has such. */
  default boolean crosses(double[] forecast) {
    return false;
  }

  /** How many numbers a forecast has; 0 when that can differ from row to row. */
  int length();

  /** No forecasts. */
  ForecastState newState();

  /**
   * The number alone.
   *
   * @param forecast the column of it
   */
  record Point(String forecast) implements ForecastKind {

    @Override
    public String word() {
      return "point";
    }

    @Override
    public List<String> columns() {
      return List.of(forecast);
    }

    @Override
    public int length() {
      return 1;
    }

    @Override
    public ForecastState newState() {
      return new PointForecasts();
    }
  }

  /**
   * A normal distribution.
   *
   * @param mean the column of its mean
   * @param sigma the column of its standard deviation, above 0
   */
  record Normal(String mean, String sigma) implements ForecastKind {

    @Override
    public String word() {
      return "normal";
    }

    @Override
    public List<String> columns() {
      return List.of(mean, sigma);
    }

    @Override
    public int length() {
      return 2;
    }

    @Override
    public ForecastState newState() {
      return new NormalForecasts();
    }

    @Override
    public Optional<String> problem(double[] forecast) {
      return forecast[1] > 0
          ? Optional.empty()
          : Optional.of(
              "column '%s': the standard deviation %s is not above 0"
                  .formatted(sigma, forecast[1]));
    }
  }

  /**
   * A central interval.
   *
   * @param low the column of its lower end
   * @param high the column of its upper end
   * @param alpha the share outside of it, in (0, 1)
   */
  record CentralInterval(String low, String high, double alpha) implements ForecastKind {

    /** Checks the range. */
    public CentralInterval {
      new IntervalState(alpha);
    }

    @Override
    public String word() {
      return "interval";
    }

    @Override
    public List<String> columns() {
      return List.of(low, high);
    }

    @Override
    public int length() {
      return 2;
    }

    @Override
    public ForecastState newState() {
      return new IntervalForecasts(alpha);
    }

    @Override
    public Optional<String> problem(double[] forecast) {
      return forecast[0] <= forecast[1]
          ? Optional.empty()
          : Optional.of(
              "column '%s': the lower end %s is above the upper end %s of column '%s'"
                  .formatted(low, forecast[0], forecast[1], high));
    }
  }

  /**
   * Quantiles.
   *
   * @param column arrays of quantiles, one a level
   * @param levels ascending and distinct, in [0, 1]
   */
  record Quantiles(String column, List<Double> levels) implements ForecastKind {

    /** Copies the list and checks it. */
    public Quantiles {
      levels = List.copyOf(levels);
      new PitState(numbers(levels), 1);
    }

    private static double[] numbers(List<Double> levels) {
      return levels.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String word() {
      return "quantiles";
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int length() {
      return levels.size();
    }

    @Override
    public ForecastState newState() {
      return new QuantileForecasts(numbers(levels));
    }

    @Override
    public boolean crosses(double[] forecast) {
      for (int i = 1; i < forecast.length; i++) {
        if (forecast[i] < forecast[i - 1]) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean isArray() {
      return true;
    }
  }

  /**
   * Members of an ensemble.
   *
   * @param column arrays of what the members forecast, at least one
   */
  record Ensemble(String column) implements ForecastKind {

    @Override
    public String word() {
      return "ensemble";
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int length() {
      return 0;
    }

    @Override
    public ForecastState newState() {
      return new EnsembleForecasts();
    }

    @Override
    public boolean isArray() {
      return true;
    }
  }
}
