// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.score.Scanned;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.testing.SharedSession;

/** Metrics of all rows in order equal those of a state that keeps all scores, in any cutting. */
@ExtendWith(SharedSession.class)
class OrderedPassTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("p", DataTypes.DoubleType)
          .add("y", DataTypes.IntegerType)
          .add("w", DataTypes.DoubleType);

  private static final List<String> METRICS =
      List.of(
          "roc_auc(of=positive, method=exact)",
          "roc_auc(of=positive, max_fpr=0.2, method=exact)",
          "roc_auc(of=mistake, score=neg_entropy, method=exact)",
          "roc_auc(of=positive_logit, method=exact)",
          "roc_auc_multiclass(method=exact)",
          "roc_auc_multiclass(average=weighted, method=exact)",
          "roc_auc_multiclass(average=micro, method=exact)",
          "roc_auc_multiclass(multi_class=ovo, method=exact)",
          "gini(method=exact)",
          "ks_statistic(method=exact)",
          "average_precision(method=exact)",
          "pr_auc_trapezoid(method=exact)",
          "fpr_at_tpr(method=exact)",
          "detection_error(method=exact)",
          "detection_error(tpr=0.9, method=exact)",
          "lift(method=exact)",
          "aurc(method=exact)",
          "risk_at_coverage(method=exact)",
          "coverage_at_risk(risk=0.3, method=exact)");

  private final SparkSession spark;

  OrderedPassTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Scores with ties, with many in a narrow range, with 0 and 1. */
  private static List<Row> rows(int count) {
    Random random = new Random(count);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double u = random.nextDouble();
      double p =
          switch (i % 4) {
            case 0 -> Math.rint(20 * u) / 20;
            case 1 -> 1 - 1e-9 * u;
            default -> u;
          };
      rows.add(
          RowFactory.create(p, random.nextDouble() < p ? 1 : 0, 0.25 + random.nextInt(4) / 3.0));
    }
    return rows;
  }

  private Dataset<Row> table(List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static List<MetricSpec> specs() {
    return METRICS.stream().map(MetricSpec::parse).toList();
  }

  private static PredictionSpec spec(boolean isWeighted) {
    return PredictionSpec.of(InputKind.PROBABILITIES, "p")
        .withClasses(2)
        .withRows(rows -> rows.withLabel("y").withWeight(isWeighted ? "w" : null));
  }

  private static List<Map<String, Double>> ordered(
      Dataset<Row> table, boolean isWeighted, int limit) {
    PredictionSpec spec = spec(isWeighted);
    Dataset<Row> columns =
        table.select(new InputColumns(table).select(spec).toArray(Column[]::new));
    List<List<Scanned>> found = new OrderedPass(spec, limit).run(columns, specs());
    List<Map<String, Double>> parts = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      boolean isMeanOfClasses = METRICS.get(i).startsWith("roc_auc_multiclass");
      parts.add(
          isMeanOfClasses
              ? Metrics.bind(specs().get(i))
                  .scan()
                  .orElseThrow()
                  .outcome(found.get(i), null)
                  .values()
              : found.get(i).get(0).parts());
    }
    return parts;
  }

  private static double[] numbers(List<Map<String, Double>> parts) {
    return parts.stream()
        .flatMap(part -> part.values().stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsTheStateOfAllScores(boolean isWeighted) {
    Dataset<Row> table = table(rows(800), 2);
    Evaluation evaluation = Evaluation.ofProbabilities("p").label("y").metrics(specs());
    List<MetricResult> state =
        (isWeighted ? evaluation.weight("w") : evaluation).run(table).overall().metrics();
    for (int limit : new int[] {60, OrderedPass.STRETCH}) {
      List<Map<String, Double>> scanned = ordered(table, isWeighted, limit);
      for (int i = 0; i < scanned.size(); i++) {
        MetricResult expected = state.get(i);
        scanned
            .get(i)
            .forEach(
                (part, value) ->
                    assertEquals(expected.values().get(part), value, 1e-13, expected.name()));
      }
    }
  }

  @Test
  void sameBitsInAnyPartitioning() {
    List<Row> rows = rows(800);
    double[] expected = null;
    for (int partitions : new int[] {1, 3, 16, 200}) {
      Collections.shuffle(rows, new Random(partitions));
      spark.conf().set("spark.sql.adaptive.enabled", String.valueOf(partitions % 2 == 0));
      double[] actual = numbers(ordered(table(rows, partitions), true, 150));
      spark.conf().unset("spark.sql.adaptive.enabled");
      expected = expected == null ? actual : expected;
      assertArrayEquals(expected, actual, 0.0, partitions + " partitions");
    }
  }

  @Test
  void isTakenWhereTheStateKeepsCells() {
    int count = 30_000;
    Dataset<Row> table = table(rows(count), 2);
    EvaluationResult result =
        Evaluation.ofProbabilities("p")
            .label("y")
            .metrics("roc_auc", "roc_auc(method=exact)", "aurc(method=exact)")
            .run(table);
    MetricResult onGrid = result.overall().metrics().get(0);
    MetricResult exact = result.overall().metrics().get(1);
    double bound = onGrid.values().get("error_bound");
    assertTrue(bound > 0);
    assertEquals(0, exact.values().get("error_bound"));
    Map<String, Double> aurc = result.overall().metrics().get(2).values();
    assertEquals(0, aurc.get("error_bound"));
    assertEquals(aurc.get("step") - aurc.get("best_step"), aurc.get("excess_step"));
    assertEquals(exact.value(), onGrid.value(), bound);
    assertEquals(concordance(rows(count)), exact.value(), 1e-12);
  }

  /** P(s+ > s-) + P(s+ = s-) / 2 by ranks, of rows that all weigh 1. */
  private static double concordance(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort((a, b) -> Double.compare(a.getDouble(0), b.getDouble(0)));
    double below = 0;
    double pairs = 0;
    double positives = 0;
    for (int i = 0; i < sorted.size(); ) {
      int end = i;
      double tiedPositives = 0;
      double tiedNegatives = 0;
      for (;
          end < sorted.size() && sorted.get(end).getDouble(0) == sorted.get(i).getDouble(0);
          end++) {
        tiedPositives += sorted.get(end).getInt(1);
        tiedNegatives += 1 - sorted.get(end).getInt(1);
      }
      pairs += tiedPositives * (below + tiedNegatives / 2);
      positives += tiedPositives;
      below += tiedNegatives;
      i = end;
    }
    return pairs / positives / below;
  }

  @Test
  void noRows() {
    for (Map<String, Double> parts : ordered(table(List.of(), 1), false, 10)) {
      assertTrue(parts.values().stream().allMatch(v -> v.isNaN()));
    }
  }

  /** The second pass reads predictions alone, whatever the first read besides. */
  @Test
  void besidesFunctionsOfOtherColumns() {
    int count = 12_000;
    Dataset<Row> table =
        spark
            .range(0, count, 1, 3)
            .selectExpr(
                "id",
                "array(0D, (id * 7919 % 12000) / 12000D) AS logits",
                "array(id % 5 / 2D, 1D) AS teacher",
                "CAST(id * id % 3 = 1 AS INT) AS label",
                "id % 4 AS part");
    EvaluationResult result =
        Evaluation.ofLogits("logits")
            .key("id")
            .bootstrap("id")
            .slice("part")
            .metrics("kd_loss(teacher_logits=teacher)", "roc_auc(of=positive_logit, method=exact)")
            .run(table);
    double loss = table.selectExpr("avg(kd_loss(logits, teacher))").first().getDouble(0);
    assertEquals(loss, result.value("kd_loss"), 1e-13 * loss);
    assertEquals(auc(count), result.value("roc_auc"), 1e-15);
    assertEquals(4, result.slices().size());
  }

  /** The share of pairs in the right order; the scores are distinct. */
  private static double auc(int count) {
    int[] labelOfScore = new int[count];
    for (long id = 0; id < count; id++) {
      labelOfScore[(int) (id * 7919 % count)] = id * id % 3 == 1 ? 1 : 0;
    }
    long zeros = 0;
    long ones = 0;
    long right = 0;
    for (int label : labelOfScore) {
      zeros += 1 - label;
      ones += label;
      right += label * zeros;
    }
    return (double) right / (zeros * ones);
  }
}
