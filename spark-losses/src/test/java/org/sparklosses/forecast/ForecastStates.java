// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.forecast.ForecastRows.Kind;

/** What states of forecasts are stored in tests: every kind, with and without intervals. */
enum ForecastStates {
  POINT(Kind.POINT),
  NORMAL(Kind.NORMAL),
  INTERVAL(Kind.INTERVAL),
  QUANTILES(Kind.QUANTILES),
  ENSEMBLE(Kind.ENSEMBLE),
  /** With weights and slices, resampled by the rows. */
  BOOTSTRAP(Kind.POINT) {
    @Override
    ForecastEvaluation evaluation() {
      return super.evaluation().weight("w").slice("site").slice("site", "user").bootstrap("id");
    }
  },
  CLUSTER(Kind.QUANTILES) {
    @Override
    ForecastEvaluation evaluation() {
      return super.evaluation().cluster("user");
    }
  },
  STANDARD_ERRORS(Kind.INTERVAL) {
    @Override
    ForecastEvaluation evaluation() {
      return super.evaluation().weight("w").slice("site").standardErrors();
    }
  };

  private final Kind kind;

  ForecastStates(Kind kind) {
    this.kind = kind;
  }

  ForecastEvaluation evaluation() {
    return ForecastRows.evaluation(kind);
  }

  /** The state of a table. */
  byte[] bytes(Dataset<Row> table) {
    return evaluation().state(table).toBytes();
  }

  /** Of few rows, those of the samples. */
  byte[] bytes(SparkSession spark) {
    return bytes(new ForecastRows(12, 3).table(spark));
  }

  /** As {@link #bytes}, of all. */
  static List<byte[]> all(SparkSession spark) {
    List<byte[]> all = new ArrayList<>();
    for (ForecastStates state : values()) {
      all.add(state.bytes(spark));
    }
    return all;
  }
}
