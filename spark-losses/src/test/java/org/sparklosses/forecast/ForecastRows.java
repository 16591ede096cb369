// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Random forecasts of every kind, and what they are worth by the definitions, row by row. */
final class ForecastRows {

  static final double ALPHA = 0.2;

  private static final double[] LEVELS = {0.1, 0.5, 0.9};

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("user", DataTypes.StringType)
          .add("site", DataTypes.StringType)
          .add("y", DataTypes.DoubleType)
          .add("w", DataTypes.DoubleType)
          .add("mu", DataTypes.DoubleType)
          .add("sigma", DataTypes.DoubleType)
          .add("lo", DataTypes.DoubleType)
          .add("hi", DataTypes.DoubleType)
          .add("q", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("members", DataTypes.createArrayType(DataTypes.DoubleType));

  /** Five kinds of forecasts. */
  enum Kind {
    POINT,
    NORMAL,
    INTERVAL,
    QUANTILES,
    ENSEMBLE
  }

  final int size;
  final double[] y;
  final double[] w;
  final double[] mu;
  final double[] sigma;
  final double[][] ends;
  final double[][] quantiles;
  final double[][] members;

  /** Rows of a seed of their own. */
  ForecastRows(int size, long seed) {
    this.size = size;
    SplittableRandom random = new SplittableRandom(seed);
    y = new double[size];
    w = new double[size];
    mu = new double[size];
    sigma = new double[size];
    ends = new double[size][];
    quantiles = new double[size][];
    members = new double[size][];
    for (int i = 0; i < size; i++) {
      // Rows of a user, i % 40, share a part of the error.
      double shared = Math.sin(i % 40 * 12.9898);
      y[i] = 10 * random.nextDouble();
      w[i] = 0.25 + random.nextInt(4);
      mu[i] = y[i] + shared + random.nextDouble(-1, 1);
      sigma[i] = 0.5 + random.nextDouble();
      ends[i] = new double[] {mu[i] - 1.3 * sigma[i], mu[i] + 1.3 * sigma[i]};
      quantiles[i] = new double[] {ends[i][0], mu[i], ends[i][1]};
      members[i] = random.doubles(4, -2, 2).map(d -> d + 5).toArray();
      for (int m = 0; m < 4; m++) {
        members[i][m] += mu[i] - 5;
      }
    }
  }

  /** The rows as a table, in one partition. */
  Dataset<Row> table(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(
          RowFactory.create(
              (long) i,
              user(i),
              site(i),
              y[i],
              w[i],
              mu[i],
              sigma[i],
              ends[i][0],
              ends[i][1],
              quantiles[i],
              members[i]));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  static String user(int row) {
    return "user " + row % 40;
  }

  static String site(int row) {
    return row % 3 == 0 ? null : "site " + row % 3;
  }

  /** The evaluation of a kind. */
  static ForecastEvaluation evaluation(Kind kind) {
    ForecastEvaluation evaluation =
        switch (kind) {
          case POINT -> ForecastEvaluation.ofPoint("mu");
          case NORMAL -> ForecastEvaluation.ofNormal("mu", "sigma");
          case INTERVAL -> ForecastEvaluation.ofInterval("lo", "hi", ALPHA);
          case QUANTILES -> ForecastEvaluation.ofQuantiles("q", LEVELS);
          case ENSEMBLE -> ForecastEvaluation.ofEnsemble("members");
        };
    return evaluation.label("y");
  }

  /** By name, parameters and part of those figures of a kind that are means: the summand. */
  Map<String, IntToDoubleFunction> means(Kind kind) {
    Map<String, IntToDoubleFunction> means = new LinkedHashMap<>();
    switch (kind) {
      case POINT -> means.put("mae{} value", i -> Math.abs(mu[i] - y[i]));
      case NORMAL -> {
        means.put("gaussian_nll{} value", i -> -normal(i).logDensity(y[i]));
        means.put("crps_gaussian{} value", this::crps);
      }
      case INTERVAL -> {
        means.put("interval_score{alpha=0.2} value", this::intervalScore);
        means.put(
            "interval_coverage{} picp", i -> ends[i][0] <= y[i] && y[i] <= ends[i][1] ? 1 : 0);
        means.put("interval_coverage{} mpiw", i -> ends[i][1] - ends[i][0]);
      }
      case QUANTILES -> {
        for (int j = 0; j < LEVELS.length; j++) {
          int level = j;
          means.put("pinball_loss{tau=" + LEVELS[j] + "} value", i -> pinball(i, level));
        }
      }
      case ENSEMBLE -> {
        means.put("crps_ensemble{fair=false} value", i -> ensemble(members[i], y[i], 4));
        means.put("crps_ensemble{fair=true} value", i -> ensemble(members[i], y[i], 3));
      }
    }
    return means;
  }

  /** As above of those that are roots of means. */
  Map<String, IntToDoubleFunction> squares(Kind kind) {
    return switch (kind) {
      case POINT -> Map.of("rmse{} value", i -> (mu[i] - y[i]) * (mu[i] - y[i]));
      case NORMAL -> Map.of("regression_sharpness{} value", i -> sigma[i] * sigma[i]);
      default -> Map.of();
    };
  }

  /** All figures that means determine, given the weights of the rows. */
  Map<String, ToDoubleFunction<double[]>> figures(Kind kind) {
    Map<String, ToDoubleFunction<double[]>> figures = new LinkedHashMap<>();
    means(kind).forEach((name, x) -> figures.put(name, weights -> mean(weights, x)));
    squares(kind).forEach((name, x) -> figures.put(name, weights -> Math.sqrt(mean(weights, x))));
    if (kind == Kind.POINT) {
      figures.put("r2{} value", this::explained);
    }
    if (kind == Kind.QUANTILES) {
      String name = "quantile_calibration_error{} ";
      figures.put(name + "sum_sq", weights -> Arrays.stream(gaps(weights)).map(g -> g * g).sum());
      figures.put(name + "mean_abs", weights -> Arrays.stream(gaps(weights)).sum() / 3);
      figures.put(
          name + "rms",
          weights -> Math.sqrt(Arrays.stream(gaps(weights)).map(g -> g * g).sum() / 3));
      figures.put(name + "max_abs", weights -> Arrays.stream(gaps(weights)).max().orElseThrow());
    }
    return figures;
  }

  /** Of what is said of a row, given the weights of the rows. */
  double mean(double[] weights, IntToDoubleFunction x) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weights[i] * x.applyAsDouble(i);
    }
    return sum / Arrays.stream(weights).sum();
  }

  private double explained(double[] weights) {
    double centre = mean(weights, i -> y[i]);
    return 1
        - mean(weights, i -> (mu[i] - y[i]) * (mu[i] - y[i]))
            / mean(weights, i -> (y[i] - centre) * (y[i] - centre));
  }

  private double[] gaps(double[] weights) {
    double[] gaps = new double[LEVELS.length];
    for (int j = 0; j < gaps.length; j++) {
      int level = j;
      gaps[j] = Math.abs(mean(weights, i -> y[i] <= quantiles[i][level] ? 1 : 0) - LEVELS[j]);
    }
    return gaps;
  }

  private NormalDistribution normal(int i) {
    return new NormalDistribution(null, mu[i], sigma[i]);
  }

  private double crps(int i) {
    double z = (y[i] - mu[i]) / sigma[i];
    NormalDistribution standard = new NormalDistribution(null, 0, 1);
    return sigma[i]
        * (z * (2 * standard.cumulativeProbability(z) - 1)
            + 2 * standard.density(z)
            - 1 / Math.sqrt(Math.PI));
  }

  private double intervalScore(int i) {
    double below = Math.max(ends[i][0] - y[i], 0);
    double above = Math.max(y[i] - ends[i][1], 0);
    return ends[i][1] - ends[i][0] + 2 / ALPHA * (below + above);
  }

  private double pinball(int i, int level) {
    double d = y[i] - quantiles[i][level];
    return d >= 0 ? LEVELS[level] * d : (LEVELS[level] - 1) * d;
  }

  private static double ensemble(double[] x, double y, int others) {
    double error = 0;
    double spread = 0;
    for (double a : x) {
      error += Math.abs(a - y);
      for (double b : x) {
        spread += Math.abs(a - b);
      }
    }
    return error / x.length - spread / (2.0 * x.length * others);
  }
}
