// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.testing.SharedSession;

/** States give the same bits however the rows are parted, and what a direct evaluation gives. */
@ExtendWith(SharedSession.class)
class EvaluationStateTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("hour", DataTypes.IntegerType)
          .add("logits", DataTypes.createArrayType(DataTypes.DoubleType))
          .add("label", DataTypes.IntegerType)
          .add("w", DataTypes.DoubleType);

  /** 10 classes: means, bins, bins of every class and the confusion matrix. */
  private static final int OTHER_BYTES = 20_000;

  private final SparkSession spark;

  EvaluationStateTest(SparkSession spark) {
    this.spark = spark;
  }

  private static List<Row> rows(int count, int classes) {
    Random random = new Random(classes);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] z = random.doubles(classes).map(u -> Math.rint(40 * u) / 8).toArray();
      rows.add(
          RowFactory.create(
              random.nextInt(24), z, random.nextInt(classes), random.nextDouble() + 0.25));
    }
    return rows;
  }

  private Dataset<Row> table(List<Row> rows, int partitions) {
    return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  private static Map<String, Long> bits(List<MetricResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result.values().entrySet().stream()
                    .map(
                        part ->
                            Map.entry(
                                result.name() + result.parameters() + part.getKey(),
                                Double.doubleToLongBits(part.getValue()))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Long> bits(EvaluationResult result) {
    return bits(result.overall().metrics());
  }

  private byte[] state(Dataset<Row> table, String weight, List<String> metrics) {
    String options = "metrics=" + String.join(", ", metrics);
    return table
        .selectExpr("evaluation_state(logits, label" + weight + ", '" + options + "') AS state")
        .head()
        .getAs(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sameBitsOnEveryPath(int classes) {
    List<Row> rows = rows(1200, classes);
    List<String> metrics = StoredStates.everyMetric(classes);
    Evaluation evaluation =
        Evaluation.ofLogits("logits").weight("w").metrics(metrics.toArray(String[]::new));
    Map<String, Long> expected = bits(evaluation.run(table(rows, 1)));
    assertTrue(expected.size() >= metrics.size());
    for (int partitions : new int[] {3, 16, 200}) {
      List<Row> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, new Random(partitions));
      assertEquals(expected, bits(evaluation.run(table(shuffled, partitions))));
    }
    for (String adaptive : List.of("true", "false")) {
      spark.conf().set("spark.sql.adaptive.enabled", adaptive);
      assertEquals(expected, bits(evaluation.run(table(rows, 7))));
      byte[] state = state(table(rows, 5), ", w", metrics);
      assertEquals(expected, bits(EvaluationState.of(state).result().metrics()));
    }
    spark.conf().unset("spark.sql.adaptive.enabled");
  }

  @Test
  void hoursRollUpToTheDay() {
    List<Row> rows = rows(1500, 3);
    List<String> metrics = StoredStates.everyMetric(3);
    Map<String, Long> expected =
        bits(
            Evaluation.ofLogits("logits")
                .metrics(metrics.toArray(String[]::new))
                .run(table(rows, 1)));
    String options = "metrics=" + String.join(", ", metrics);
    Dataset<Row> hours =
        table(rows, 4)
            .groupBy("hour")
            .agg(expr("evaluation_state(logits, label, '" + options + "')").as("state"));
    byte[] day = hours.selectExpr("merge_evaluation_states(state)").head().getAs(0);
    assertEquals(expected, bits(EvaluationState.of(day).result().metrics()));
  }

  @Test
  void statesMergeInAnyTree() {
    List<Row> rows = rows(1500, 3);
    List<String> metrics = StoredStates.everyMetric(3);
    byte[] all = state(table(rows, 1), ", w", metrics);
    Map<String, Long> expected = bits(EvaluationState.of(all).result().metrics());
    List<byte[]> hours =
        table(rows, 2)
            .groupBy("hour")
            .agg(
                expr(
                    "evaluation_state(logits, label, w, 'metrics="
                        + String.join(", ", metrics)
                        + "')"))
            .collectAsList()
            .stream()
            .map(row -> (byte[]) row.getAs(1))
            .toList();
    Random random = new Random(4);
    for (int trial = 0; trial < 5; trial++) {
      List<EvaluationState> states =
          new ArrayList<>(hours.stream().map(EvaluationState::of).toList());
      while (states.size() > 1) {
        EvaluationState one = states.remove(random.nextInt(states.size()));
        int other = random.nextInt(states.size());
        states.set(other, states.get(other).merge(one));
      }
      assertEquals(expected, bits(states.get(0).result().metrics()));
      assertEquals(rows.size(), states.get(0).ledger().rowsEvaluated());
    }
  }

  @Test
  void answersMetricsThatWereNotNamed() {
    List<Row> rows = rows(11_000, 2);
    Dataset<Row> distinct =
        table(rows, 3).selectExpr("transform(logits, z -> z + rand(7)) AS logits", "label", "w");
    distinct = distinct.cache();
    String[] later = {
      "ece",
      "ece(n_bins=10, norm=l2)",
      "ece(n_bins=60, norm=max)",
      "ece(n_bins=900, norm=l2, debias=true)",
      "binary_calibration_error(n_bins=20)",
      "reliability_diagram(n_bins=5)",
      "over_under_confidence(of=positive)",
      "average_calibration_error(n_bins=48)",
      "classwise_ece(n_bins=12, norm=max)"
    };
    EvaluationResult direct =
        Evaluation.ofLogits("logits").weight("w").metrics(later).run(distinct);
    byte[] bytes =
        distinct
            .selectExpr(
                "evaluation_state(logits, label, w, 'metrics=score_distribution,"
                    + " score_distribution(of=positive), classwise_ece(n_bins=60)')")
            .head()
            .getAs(0);
    EvaluationState state = EvaluationState.of(bytes);
    assertEquals(0, state.metric("score_distribution").values().get("exact"));
    SliceResult result = state.result(later);
    for (int i = 0; i < later.length; i++) {
      assertTrue(state.has(later[i]), later[i]);
      for (Map.Entry<String, Double> part : direct.overall().metrics().get(i).values().entrySet()) {
        assertEquals(
            part.getValue(),
            result.metrics().get(i).values().get(part.getKey()),
            1e-13,
            later[i] + part.getKey());
      }
    }
    assertFalse(state.has("log_loss"));
    assertFalse(state.has("ece(n_bins=7000)"));
    assertFalse(state.has("ece(side=left)"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> state.metric("log_loss"));
    assertTrue(e.getMessage().contains("keeps no log_loss"), e.getMessage());
    distinct.unpersist();
  }

  @Test
  void exactDistributionsAnswerAnyBins() {
    Dataset<Row> table = table(rows(2000, 3), 2);
    EvaluationState state = EvaluationState.of(state(table, "", List.of("score_distribution")));
    String[] later = {"ece(n_bins=7)", "ece(n_bins=17, side=left)", "ece(side=torchmetrics)"};
    EvaluationResult direct = Evaluation.ofLogits("logits").metrics(later).run(table);
    for (String metric : later) {
      double expected = direct.value(metric);
      // Kept are log odds, whose probabilities are those of the rows but for their rounding.
      assertEquals(expected, state.result(metric).value(metric), 4 * Math.ulp(expected), metric);
    }
  }

  @Test
  void bytesSayWhatTheyAre() {
    byte[] bytes = state(table(rows(10, 3), 1), ", w", List.of("accuracy", "ece(n_bins=10)"));
    EvaluationState state = EvaluationState.of(bytes);
    assertEquals(
        List.of(MetricSpec.of("accuracy"), MetricSpec.parse("ece(n_bins=10)")), state.metrics());
    assertEquals(
        List.of(
            "input=logits",
            "weighted=true",
            "classes=0",
            "ignore_index=-100",
            "metric=accuracy",
            "metric=ece(n_bins=10)"),
        state.declaration());
    assertEquals(3, state.classes());
    assertArrayEquals(bytes, state.toBytes());
    assertTrue(
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains("accuracy"));
  }

  @Test
  void statesOfOtherMetricsDoNotMerge() {
    Dataset<Row> table = table(rows(10, 3), 1);
    EvaluationState one = EvaluationState.of(state(table, "", List.of("accuracy")));
    for (EvaluationState other :
        List.of(
            EvaluationState.of(state(table, "", List.of("log_loss"))),
            EvaluationState.of(state(table, ", w", List.of("accuracy"))))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> one.merge(other));
      assertTrue(e.getMessage().contains("cannot be merged"), e.getMessage());
    }
    EvaluationState two = EvaluationState.of(state(table(rows(10, 2), 1), "", List.of("accuracy")));
    assertThrows(EvaluationException.class, () -> one.merge(two));
  }

  @Test
  void damagedBytes() {
    byte[] bytes = state(table(rows(50, 3), 1), "", List.of("accuracy", "score_distribution"));
    for (int length = 0; length < bytes.length; length += 13) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> EvaluationState.of(truncated));
    }
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 16;
      assertThrows(IllegalArgumentException.class, () -> EvaluationState.of(damaged), "at " + i);
    }
  }

  @Test
  void statesOfOneSize() {
    Dataset<Row> few = table(rows(50, 3), 1);
    Dataset<Row> more = table(rows(700, 3), 2);
    List<String> metrics = List.of("accuracy", "score_distribution; size=40000");
    byte[] small = state(few, "", metrics);
    byte[] large = state(more, "", metrics);
    assertEquals(40_000, small.length);
    assertEquals(40_000, large.length);
    byte[] merged =
        spark
            .createDataset(List.of(small, large), Encoders.BINARY())
            .selectExpr("merge_evaluation_states(value)")
            .head()
            .getAs(0);
    assertEquals(40_000, merged.length);
    byte[] whole = state(few.union(more), "", List.of("accuracy", "score_distribution"));
    assertTrue(whole.length < 40_000);
    assertEquals(EvaluationState.of(whole).result(), EvaluationState.of(merged).result());
    assertThrows(
        IllegalArgumentException.class,
        () -> EvaluationState.of(Arrays.copyOf(small, small.length - 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> EvaluationState.of(Arrays.copyOf(small, small.length + 1)));
    Throwable e =
        assertThrows(Exception.class, () -> state(more, "", List.of("accuracy; size=200")));
    while (e.getCause() != null) {
      e = e.getCause();
    }
    assertTrue(e.getMessage().contains("more than the option 'size=200' allows"), e.getMessage());
  }

  /** The documented sizes; with 10 classes the confusion matrix is full. */
  @Test
  void sizeDoesNotGrowWithRows() throws IOException {
    List<BoundMetric> metrics = StateOptions.defaultMetrics().stream().map(Metrics::bind).toList();
    MetricState state = new MetricState(MetricPlan.of(metrics, false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-4);
    Random random = new Random(5);
    double[] z = new double[10];
    for (int rows = 1; rows <= 1_000_000; rows++) {
      Arrays.setAll(z, j -> 5 * random.nextDouble());
      row.readLogits(z, z.length, random.nextInt(z.length), 1);
      state.add(row);
      if (rows == 1000 || rows == 10_000 || rows == 100_000 || rows == 1_000_000) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(new DataOutputStream(bytes));
        int distribution = rows <= 10_000 ? 24 * rows : 168 * 3600;
        assertTrue(bytes.size() < distribution + OTHER_BYTES, rows + " rows: " + bytes.size());
      }
    }
  }

  @Test
  void defaultStateAnswersTheDefaultMetrics() {
    Dataset<Row> table = table(rows(500, 3), 2);
    EvaluationState state =
        EvaluationState.of(table.selectExpr("evaluation_state(logits, label)").head().getAs(0));
    Map<String, Long> kept = bits(state.result().metrics());
    Map<String, Long> direct = bits(Evaluation.ofLogits("logits").run(table));
    direct.forEach((name, value) -> assertEquals(value, kept.get(name), name));
    assertEquals(
        List.of("score_distribution", "score_distribution", "confusion_matrix"),
        state.metrics().stream().skip(direct.size() - 3).map(MetricSpec::name).toList());
    assertTrue(Stream.of("ece(n_bins=5)", "confusion_matrix").allMatch(state::has));
  }
}
