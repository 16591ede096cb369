package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.metric.MetricResult;

/**
 * Forecasts of the number alone: how far off they are, and how much of the variance of y they
 * explain. Sums are exact: the same in any order and partitioning.
 *
 * <p>Layout when written: the {@link WeightedMeans} of squared and absolute error, the {@link
 * ExactSums} of w, of w y and of w y^2, without any rounding: of y far from 0 the variance is a
 * small difference.
 */
final class PointForecasts implements ForecastState {

  private static final int WEIGHT = 0;
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int SUMS = 3;

  private final WeightedMeans errors = new WeightedMeans(2);
  private ExactSums moments = new ExactSums(SUMS);

  @Override
  public void add(double[] forecast, double y, double weight) {
    double error = forecast[0] - y;
    errors.add(weight, error * error, Math.abs(error));
    moments.add(WEIGHT, weight);
    addProduct(FIRST, weight, y);
    double square = y * y;
    addProduct(SECOND, weight, square);
    addProduct(SECOND, weight, Math.fma(y, y, -square));
  }

  private void addProduct(int sum, double a, double b) {
    double product = a * b;
    moments.add(sum, product);
    moments.add(sum, Math.fma(a, b, -product));
  }

  @Override
  public void merge(ForecastState other) {
    errors.merge(((PointForecasts) other).errors);
    moments.merge(((PointForecasts) other).moments);
  }

  @Override
  public List<MetricResult> metrics() {
    double meanSquare = errors.mean(0);
    return List.of(
        NormalForecasts.value("rmse", StrictMath.sqrt(meanSquare)),
        NormalForecasts.value("mae", errors.mean(1)),
        NormalForecasts.value("r2", 1 - meanSquare / variance()));
  }

  /** Of y; NaN without rows. */
  private double variance() {
    for (int i = 0; i < SUMS; i++) {
      if (!Double.isFinite(moments.value(i))) {
        return Double.NaN;
      }
    }
    BigDecimal weight = sum(WEIGHT);
    BigDecimal first = sum(FIRST);
    BigDecimal scaled = weight.multiply(sum(SECOND)).subtract(first.multiply(first));
    return weight.signum() == 0
        ? Double.NaN
        : scaled.divide(weight.multiply(weight), MathContext.DECIMAL128).doubleValue();
  }

  /** A sum with all its digits: what is left of it after the nearest double, again and again. */
  private BigDecimal sum(int i) {
    ExactSums rest = new ExactSums(SUMS);
    rest.merge(moments);
    BigDecimal sum = BigDecimal.ZERO;
    for (double part = rest.value(i); part != 0; part = rest.value(i)) {
      sum = sum.add(new BigDecimal(part));
      rest.add(i, -part);
    }
    return sum;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    errors.write(out);
    moments.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    errors.read(in);
    moments = ExactSums.read(SUMS, in);
  }
}
