// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.apache.spark.sql.functions.call_udf;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;

import java.io.Serializable;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A table of predictions whose calibration is known: normal logits, and labels drawn from softmax
 * of the logits divided by a temperature. Above 1 the model is overconfident, at 1 calibrated. A
 * row depends on the seed and its id alone, not on the partitioning.
 *
 * @param rows the number of rows
 * @param classes the number of logits a row
 * @param seed of all draws
 * @param scale the standard deviation of the logits
 * @param temperature of the labels
 * @param partitions the number of files
 */
record SyntheticTable(
    long rows, int classes, long seed, double scale, double temperature, int partitions)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Columns: id, logits (float), label, weight in [0.5, 1.5), segment (eight letters). */
  Dataset<Row> create(SparkSession session) {
    var logits =
        functions.udf(
            (UDF1<Long, float[]>) this::logits,
            DataTypes.createArrayType(DataTypes.FloatType, false));
    var label = functions.udf((UDF1<Long, Integer>) this::label, DataTypes.IntegerType);
    session.udf().register("synthetic_logits", logits);
    session.udf().register("synthetic_label", label);
    return session
        .range(0, rows, 1, partitions)
        .select(
            col("id"),
            call_udf("synthetic_logits", col("id")).as("logits"),
            call_udf("synthetic_label", col("id")).as("label"),
            pmod(functions.hash(col("id"), lit(seed)), lit(1000))
                .divide(1000.0)
                .plus(0.5)
                .as("weight"),
            functions
                .substring(lit("abcdefgh"), 1, 8)
                .substr(pmod(functions.hash(lit(seed), col("id")), lit(8)).plus(1), lit(1))
                .as("segment"));
  }

  private float[] logits(long id) {
    Random random = random(id);
    float[] z = new float[classes];
    for (int j = 0; j < classes; j++) {
      z[j] = (float) (scale * random.nextGaussian());
    }
    return z;
  }

  /** The largest of the tempered logits with Gumbel noise is a draw from their softmax. */
  private int label(long id) {
    float[] z = logits(id);
    Random random = random(~id);
    int label = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      double gumbel = -Math.log(-Math.log(random.nextDouble()));
      double noisy = z[j] / temperature + gumbel;
      if (noisy > largest) {
        largest = noisy;
        label = j;
      }
    }
    return label;
  }

  private Random random(long id) {
    long mixed = (id + 0x9E3779B97F4A7C15L * (seed + 1)) * 0xBF58476D1CE4E5B9L;
    return new Random(mixed ^ (mixed >>> 31));
  }
}
