// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Scores;
import org.sparklosses.testing.EveryMetric;
import org.sparklosses.testing.SharedSession;

/**
 * Every metric has the same bits however the rows are parted, ordered and merged: its value, its
 * tables, its intervals, of all rows and of slices.
 */
@ExtendWith(SharedSession.class)
class EveryMetricSameBitsTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("logits", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("label", DataTypes.IntegerType)
          .add("w", DataTypes.DoubleType)
          .add("country", DataTypes.StringType)
          .add("hour", DataTypes.IntegerType);

  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";

  /** Tables of more different scores than a state keeps apart, and one of fewer. */
  enum Table {
    FEW_SCORES_OF_2(2, 600),
    MANY_SCORES_OF_2(2, 12_500),
    MANY_SCORES_OF_4(4, 12_500);

    private final int classes;
    private final int count;

    Table(int classes, int count) {
      this.classes = classes;
      this.count = count;
    }

    /** Some rows are like the one before, in some the logits are multiples of 1/4. */
    private List<Row> rows() {
      Random random = new Random(classes);
      List<Row> rows = new ArrayList<>();
      double[] z = {};
      for (int i = 0; i < count; i++) {
        boolean isCoarse = i % 11 == 5;
        if (i % 11 != 10) {
          z = random.doubles(classes).map(u -> isCoarse ? Math.rint(16 * u) / 4 : 4 * u).toArray();
        }
        int label = random.nextInt(3) == 0 ? random.nextInt(classes) : largest(z);
        double weight = i % 50 == 0 ? 0 : 0.25 + random.nextInt(9) / 3.0;
        String country = random.nextInt(4) == 0 ? "NO" : "SE";
        rows.add(RowFactory.create(i, z, label, weight, country, random.nextInt(24)));
      }
      return rows;
    }

    private static int largest(double[] z) {
      int best = 0;
      for (int k = 1; k < z.length; k++) {
        best = z[k] > z[best] ? k : best;
      }
      return best;
    }

    private List<MetricSpec> metrics() {
      return Stream.concat(
              EveryMetric.byDefault(classes).stream(), EveryMetric.meansOfFunctions().stream())
          .toList();
    }
  }

  private final SparkSession spark;

  EveryMetricSameBitsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table(List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static List<Row> shuffled(List<Row> rows, int seed) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  @ParameterizedTest
  @EnumSource
  void inAnyPartitioningAndOrder(Table kind) {
    List<Row> rows = kind.rows();
    Evaluation evaluation =
        Evaluation.ofLogits("logits")
            .weight("w")
            .slice("country")
            .metrics(kind.metrics())
            .bootstrap("id")
            .replicates(20)
            .standardErrors();
    EvaluationResult whole = evaluation.run(table(rows, 1));
    assertEquals(kind.count < Scores.EXACT_LIMIT ? 1 : 0, exact(whole.overall()));
    assertEquals(1, exact(whole.slices().get(0)));
    Map<String, Long> expected = ResultBits.of(whole);
    for (int partitions : new int[] {3, 16, 200}) {
      spark.conf().set(ADAPTIVE, partitions == 16);
      Dataset<Row> table = table(shuffled(rows, partitions), partitions);
      Map<String, Long> actual = ResultBits.of(evaluation.run(table));
      spark.conf().unset(ADAPTIVE);
      assertEquals(expected, actual, () -> partitions + " partitions");
    }
  }

  /** Whether the state keeps all scores apart. */
  private static double exact(SliceResult result) {
    return result.metric("score_distribution").values().get("exact");
  }

  /** States of hours, from SQL, merged two at a time and by SQL, in steps. */
  @ParameterizedTest
  @EnumSource
  void mergedInAnyTree(Table kind) {
    List<String> metrics =
        Stream.concat(
                EveryMetric.byDefault(kind.classes).stream(),
                EveryMetric.byOtherParameters(kind.classes).stream())
            .filter(metric -> !metric.parameters().containsKey("method"))
            .map(MetricSpec::toString)
            .toList();
    String state =
        "evaluation_state(logits, label, w, 'metrics=" + String.join(", ", metrics) + "')";
    Dataset<Row> table = table(kind.rows(), 1);
    EvaluationState whole = EvaluationState.of(table.agg(expr(state)).head().getAs(0));
    Map<String, Long> expected = ResultBits.of(whole.result());
    Dataset<Row> hours = table.repartition(3).groupBy("hour").agg(expr(state).as("state")).cache();
    byte[] bySteps =
        hours
            .groupBy(expr("hour % 7 AS part"))
            .agg(expr("merge_evaluation_states(state)").as("state"))
            .groupBy(expr("part % 3"))
            .agg(expr("merge_evaluation_states(state)").as("state"))
            .agg(expr("merge_evaluation_states(state)"))
            .head()
            .getAs(0);
    assertEquals(expected, ResultBits.of(EvaluationState.of(bySteps).result()), "by SQL");
    for (int seed = 0; seed < 2; seed++) {
      assertEquals(expected, ResultBits.of(merged(hours, new Random(seed)).result()), "in pairs");
    }
    hours.unpersist();
  }

  private static EvaluationState merged(Dataset<Row> hours, Random random) {
    List<byte[]> states = new ArrayList<>();
    hours.select("state").collectAsList().forEach(row -> states.add(row.getAs(0)));
    while (states.size() > 1) {
      EvaluationState one = EvaluationState.of(states.remove(random.nextInt(states.size())));
      EvaluationState other = EvaluationState.of(states.remove(random.nextInt(states.size())));
      states.add(one.merge(other).toBytes());
    }
    return EvaluationState.of(states.get(0));
  }
}
