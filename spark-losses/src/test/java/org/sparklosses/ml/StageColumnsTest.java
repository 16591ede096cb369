// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.SharedSession;

/** How stages find the columns that they read, and where they put what they add. */
@ExtendWith(SharedSession.class)
class StageColumnsTest {

  private final SparkSession spark;

  StageColumnsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table() {
    return spark
        .range(0, 400, 1, 3)
        .selectExpr(
            "id",
            "array(0D, 2 * sin(id)) AS z",
            "CAST(sin(id * 7) < sin(id) AS INT) AS label",
            "1D + id % 2 AS weight",
            "id % 2 AS site",
            "sin(id) AS effect",
            "sin(id) + cos(id * 3) AS outcome",
            "array(sin(id) + cos(id * 5), cos(id)) AS features");
  }

  /** The same table, each column but the key with a dot in its name. */
  private Dataset<Row> dotted() {
    Dataset<Row> table = table();
    for (String column : table.columns()) {
      table = table.withColumnRenamed(column, "of." + column);
    }
    return table;
  }

  private static Calibrator calibrator(String prefix) {
    return new Calibrator()
        .setRawPredictionCol(prefix + "z")
        .setLabelCol(prefix + "label")
        .setWeightCol(prefix + "weight")
        .setFoldCol(prefix + "id");
  }

  private static ConformalClassifier classifier(String prefix) {
    return new ConformalClassifier()
        .setRawPredictionCol(prefix + "z")
        .setLabelCol(prefix + "label")
        .setWeightCol(prefix + "weight")
        .setGroupCol(prefix + "site")
        .setKeyCol(prefix + "id")
        .setScore("aps");
  }

  private static ConformalRegressor regressor(String prefix) {
    return new ConformalRegressor()
        .setPredictionCol(prefix + "effect")
        .setLabelCol(prefix + "outcome")
        .setGroupCol(prefix + "site");
  }

  private static CausalCalibrator causal(String prefix) {
    return new CausalCalibrator()
        .setEffectCol(prefix + "effect")
        .setPseudoOutcomeCol(prefix + "outcome");
  }

  private static MahalanobisDetector detector(String prefix) {
    return new MahalanobisDetector()
        .setFeaturesCol(prefix + "features")
        .setLabelCol(prefix + "label");
  }

  private static List<Estimator<? extends Model<?>>> stages(String prefix) {
    return List.of(
        calibrator(prefix),
        classifier(prefix),
        regressor(prefix),
        causal(prefix),
        detector(prefix));
  }

  /** What a stage adds to a table that is told by its whole names. */
  private static List<Row> added(Estimator<? extends Model<?>> stage, Dataset<Row> table) {
    Dataset<Row> result = stage.fit(table).transform(table);
    return result
        .select(
            List.of(result.columns())
                .subList(table.columns().length, result.columns().length)
                .stream()
                .map(result::col)
                .toArray(org.apache.spark.sql.Column[]::new))
        .collectAsList();
  }

  @Test
  void namesWithDots() {
    for (int stage = 0; stage < stages("").size(); stage++) {
      List<Row> plain = added(stages("").get(stage), table());
      assertEquals(400, plain.size());
      assertEquals(plain, added(stages("of.").get(stage), dotted()), "stage " + stage);
    }
  }

  /** Spark would put the new column in the place of one that differs in capitals alone. */
  @Test
  void aColumnOfOtherCapitalsIsNotReplaced() {
    for (Estimator<? extends Model<?>> stage : stages("")) {
      Model<?> model = stage.fit(table());
      Dataset<Row> result = model.transform(table());
      String added = result.columns()[result.columns().length - 1];
      Dataset<Row> other = table().withColumn(added.toUpperCase(java.util.Locale.ROOT), expr("1"));
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.transform(other)).getMessage();
      assertTrue(message.contains("the table has a column '" + added + "' already"), message);
      spark.conf().set("spark.sql.caseSensitive", "true");
      try {
        assertEquals(
            table().columns().length + 1 + added(stage, table()).get(0).size(),
            model.transform(other).columns().length);
      } finally {
        spark.conf().unset("spark.sql.caseSensitive");
      }
    }
  }

  /** Arrays of any numbers and Vectors give the same sets as doubles. */
  @Test
  void setsOfOtherTypes() {
    Dataset<Row> table =
        table().withColumn("z", expr("transform(z, x -> CAST(round(x, 2) AS DOUBLE))"));
    List<Row> expected = added(classifier(""), table);
    for (String type : List.of("FLOAT", "DECIMAL(10, 2)")) {
      Dataset<Row> cast = table.withColumn("z", expr("CAST(z AS ARRAY<" + type + ">)"));
      assertEquals(expected, added(classifier(""), cast), type);
    }
    Dataset<Row> vectors = table.withColumn("z", functions.array_to_vector(table.col("z")));
    assertEquals(expected, added(classifier(""), vectors));
  }
}
