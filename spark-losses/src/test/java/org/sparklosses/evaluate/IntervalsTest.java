// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.testing.SharedSession;

/** Intervals of metrics of tables that are drawn at random, every draw with a seed of its own. */
@ExtendWith(SharedSession.class)
class IntervalsTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("p", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("label", DataTypes.IntegerType)
          .add("weight", DataTypes.DoubleType)
          .add("set", DataTypes.IntegerType);

  private static final String[] METRICS = {
    "log_loss", "brier", "accuracy", "top_label_calibration_error(n_bins=10)", "reliability_diagram"
  };

  /**
   * Binary rows: p of class 1 is uniform, the label comes true with {@code p^power}.
   *
   * @param sets tables that are told apart by column set
   */
  private static Dataset<Row> table(SparkSession spark, int rows, int sets, double power) {
    return spark.createDataFrame(rows(rows, sets, power), SCHEMA);
  }

  private static List<Row> rows(int rows, int sets, double power) {
    List<Row> all = new ArrayList<>();
    for (int set = 0; set < sets; set++) {
      SplittableRandom random = new SplittableRandom(71 + set);
      for (int i = 0; i < rows; i++) {
        double p = random.nextDouble();
        int label = random.nextDouble() < Math.pow(p, power) ? 1 : 0;
        double weight = 0.5 + random.nextInt(4);
        // The same ids in every set would give the sets the same draws.
        all.add(RowFactory.create((long) set * rows + i, List.of(1 - p, p), label, weight, set));
      }
    }
    return all;
  }

  private static Evaluation evaluation() {
    return Evaluation.ofProbabilities("p").metrics(METRICS);
  }

  /** Accuracy of a calibrated model: the mean of max(p, 1 - p) is 3/4. Brier: twice 1/6. */
  @Test
  void intervalsOfSlicesCoverTheTruth(SparkSession spark) {
    int sets = 400;
    EvaluationResult result =
        evaluation().bootstrap("id").slice("set").run(table(spark, 300, sets, 1));
    assertEquals(sets, result.slices().size());
    assertCoverage(result, "accuracy", 0.75);
    assertCoverage(result, "brier", 1 / 3.0);
    assertCoverage(result, "log_loss", 0.5);
  }

  /** Intervals by formula cover as often. */
  @Test
  void intervalsByFormulaCoverTheTruth(SparkSession spark) {
    EvaluationResult result =
        evaluation().standardErrors().slice("set").run(table(spark, 300, 400, 1));
    assertCoverage(result, "accuracy", 0.75);
    assertCoverage(result, "brier", 1 / 3.0);
    assertFalse(
        result.interval("top_label_calibration_error").isPresent(), "no formula is known for it");
  }

  private static void assertCoverage(EvaluationResult result, String metric, double truth) {
    double covered = 0;
    for (SliceResult slice : result.slices()) {
      ConfidenceInterval interval = slice.metric(metric).interval().orElseThrow();
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    int n = result.slices().size();
    // 200 replicates cost a percentile interval half a hundredth of its level.
    assertEquals(0.945, covered / n, 3 * Math.sqrt(0.05 * 0.95 / n), metric);
  }

  /** The error of confidence against p^2 is mean |c - accuracy(c)|, far from 0. */
  @Test
  void intervalOfACalibrationErrorCoversItFarFromZero(SparkSession spark) {
    // By c = max(p, 1 - p) uniform on [1/2, 1]: right with probability c^2 as class 1 and
    // 1 - (1 - c)^2 as class 0; together (c^2 + 1 - (1 - c)^2) / 2 = c. Calibrated for the top
    // label, but not for the positive class: mean |p - p^2| = 1/6.
    EvaluationResult result =
        Evaluation.ofProbabilities("p")
            .metrics("binary_calibration_error(n_bins=10)")
            .bootstrap("id")
            .slice("set")
            .run(table(spark, 1000, 300, 2));
    assertCoverage(result, "binary_calibration_error", 1 / 6.0);
  }

  @Test
  void standardErrorsAgreeWithTheFormula(SparkSession spark) {
    Dataset<Row> table = table(spark, 20_000, 1, 1);
    for (Evaluation start : List.of(evaluation(), evaluation().weight("weight"))) {
      EvaluationResult resampled = start.bootstrap("id").replicates(1000).run(table);
      EvaluationResult formula = start.standardErrors().run(table);
      for (String metric : List.of("log_loss", "brier", "accuracy")) {
        double expected = error(formula, metric);
        // 256 buckets leave 4.4 %, 1000 replicates 2.2 %: together 4.9 %.
        assertEquals(expected, error(resampled, metric), 3 * 0.049 * expected, metric);
        assertEquals(formula.value(metric), resampled.value(metric), metric);
      }
    }
  }

  /** The formula over the rows, written out. */
  @Test
  void standardErrorIsThatOfTheRows(SparkSession spark) {
    List<Row> rows = rows(500, 1, 1);
    EvaluationResult result =
        evaluation()
            .weight("weight")
            .metrics("brier(reduction=half)")
            .standardErrors()
            .run(spark.createDataFrame(rows, SCHEMA));
    double weight = 0;
    double mean = 0;
    for (Row row : rows) {
      weight += row.getDouble(3);
      mean += row.getDouble(3) * brier(row);
    }
    mean /= weight;
    double squares = 0;
    for (Row row : rows) {
      squares += Math.pow(row.getDouble(3) * (brier(row) - mean), 2);
    }
    double expected = Math.sqrt(500 / 499.0 * squares) / weight;
    assertEquals(expected, error(result, "brier"), 1e-13);
    ConfidenceInterval interval = result.interval("brier").orElseThrow();
    assertEquals(mean - 1.959963984540054 * expected, interval.low(), 1e-13);
    assertEquals(mean + 1.959963984540054 * expected, interval.high(), 1e-13);
  }

  private static double brier(Row row) {
    double p = row.<List<Double>>getAs(1).get(1);
    return Math.pow(p - row.getInt(2), 2);
  }

  private static double error(EvaluationResult result, String metric) {
    return result.interval(metric).orElseThrow().standardError();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 200})
  void sameBitsHoweverTheTableIsPartedAndOrdered(int partitions, SparkSession spark) {
    List<Row> rows = rows(3000, 1, 2);
    Evaluation evaluation = evaluation().weight("weight").bootstrap("id").standardErrors();
    EvaluationResult expected = evaluation.run(spark.createDataFrame(rows, SCHEMA));
    Collections.shuffle(rows, new Random(partitions));
    EvaluationResult result =
        evaluation.run(spark.createDataFrame(rows, SCHEMA).repartition(partitions));
    assertEquals(expected.overall(), result.overall());
  }

  /** All rows of a cluster are the same: there are as many independent rows as clusters. */
  @Test
  void clustersAreDrawnWhole(SparkSession spark) {
    Dataset<Row> rows = table(spark, 2000, 1, 1);
    Dataset<Row> copies =
        rows.withColumn("copy", functions.explode(functions.expr("sequence(1, 9)")));
    EvaluationResult single = evaluation().bootstrap("id").run(rows);
    EvaluationResult clustered = evaluation().cluster("id").run(copies);
    assertEquals(error(single, "log_loss"), error(clustered, "log_loss"), 1e-12);
    EvaluationResult naive = evaluation().standardErrors().run(copies);
    // Of 2000 rows, with 200 replicates and 256 buckets: 5 and 4 %.
    assertEquals(3, error(clustered, "log_loss") / error(naive, "log_loss"), 0.5);
  }

  /** The model with p moved gains little, but surely: both models share their draws. */
  @Test
  void replicatesOfTheSameKeysArePaired(SparkSession spark) {
    Dataset<Row> table = table(spark, 2000, 1, 1);
    Dataset<Row> moved =
        table
            .withColumn("p", functions.expr("transform(p, q -> 0.999 * q + 0.0005)"))
            .withColumn("id", functions.expr("CAST(id AS INT)"));
    for (String metric : List.of("brier", "top_label_calibration_error")) {
      ConfidenceInterval a = evaluation().bootstrap("id").run(table).interval(metric).orElseThrow();
      ConfidenceInterval b = evaluation().bootstrap("id").run(moved).interval(metric).orElseThrow();
      // Unpaired, ends would differ by about a tenth of the standard error.
      assertEquals(a.low(), b.low(), 0.03 * a.standardError() + 0.001, metric);
      assertEquals(a.high(), b.high(), 0.03 * a.standardError() + 0.001, metric);
    }
    ConfidenceInterval other =
        evaluation().bootstrap("id").seed(7).run(table).interval("brier").orElseThrow();
    assertNotEquals(evaluation().bootstrap("id").run(table).interval("brier").get(), other);
  }

  @Test
  void binsOfTheDiagramHaveIntervals(SparkSession spark) {
    EvaluationResult result = evaluation().bootstrap("id").run(table(spark, 20_000, 1, 1));
    ReliabilityTable table =
        result.overall().metric("top_label_calibration_error").reliability().orElseThrow();
    for (ReliabilityTable.Bin bin : table.bins()) {
      ConfidenceInterval interval = bin.interval().orElseThrow();
      if (bin.count() == 0) {
        assertTrue(Double.isNaN(interval.low()));
      } else {
        double y = bin.meanObserved();
        double binomial = Math.sqrt(y * (1 - y) / bin.count());
        // 200 replicates leave 5 %, buckets 2.2 %.
        assertEquals(binomial, interval.standardError(), 0.2 * binomial);
        assertTrue(interval.low() < y && y < interval.high());
      }
    }
  }

  @Test
  void whatBucketSumsDoNotDetermineHasNoInterval(SparkSession spark) {
    EvaluationResult result =
        evaluation()
            .metrics(
                "classwise_calibration_error",
                "top_label_calibration_error(strategy=quantile)",
                "top_label_calibration_error(n_bins=101)",
                "confusion_matrix")
            .bootstrap("id")
            .run(table(spark, 100, 1, 1));
    for (MetricResult metric : result.overall().metrics()) {
      assertTrue(metric.intervals().isEmpty(), metric.name());
    }
  }

  @Test
  void everyPartHasAnInterval(SparkSession spark) {
    EvaluationResult result =
        evaluation()
            .metrics("over_under_confidence", "murphy_decomposition(n_bins=10)", "sharpness")
            .weight("weight")
            .bootstrap("id")
            .run(table(spark, 500, 1, 2));
    for (MetricResult metric : result.overall().metrics()) {
      assertEquals(metric.values().keySet(), metric.intervals().keySet());
    }
  }

  @Test
  void textAndMissingKeys(SparkSession spark) {
    Dataset<Row> table = table(spark, 500, 1, 1);
    EvaluationResult text =
        evaluation()
            .bootstrap("id")
            .run(table.withColumn("id", functions.expr("concat('row ', id)")));
    assertTrue(error(text, "brier") > 0);
    EvaluationResult missing =
        evaluation()
            .bootstrap("id")
            .run(table.withColumn("id", functions.expr("CAST(null AS INT)")));
    // One unit: every replicate is a multiple of the table.
    assertEquals(0, error(missing, "brier"), 1e-15);
  }

  @Test
  void emptyTable(SparkSession spark) {
    EvaluationResult result =
        evaluation().bootstrap("id").standardErrors().run(table(spark, 0, 0, 1));
    assertTrue(Double.isNaN(error(result, "brier")));
  }

  @Test
  void rejectsWhatMakesNoSense(SparkSession spark) {
    assertThrows(IllegalArgumentException.class, () -> evaluation().replicates(1));
    assertThrows(IllegalArgumentException.class, () -> evaluation().level(95));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> evaluation().bootstrap("user").run(table(spark, 1, 1, 1)));
    assertTrue(e.getMessage().startsWith("no column 'user' (bootstrap)"), e.getMessage());
  }
}
