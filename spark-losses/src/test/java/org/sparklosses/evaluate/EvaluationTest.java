// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.ReaderBatch;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class EvaluationTest {

  private static final int CLASSES = 7;

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("logits", DataTypes.createArrayType(DataTypes.FloatType))
          .add("label", DataTypes.IntegerType)
          .add("weight", DataTypes.DoubleType)
          .add("country", DataTypes.StringType)
          .add("device", DataTypes.IntegerType);

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  private static List<Row> randomRows(int count) {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Float[] logits = new Float[CLASSES];
      Arrays.setAll(logits, j -> (float) (3 * random.nextGaussian()));
      double weight = Math.scalb(1 + random.nextDouble(), random.nextInt(40) - 20);
      String country = i % 5 == 0 ? null : "c" + i % 5;
      int label = i % 50 == 0 ? -100 : random.nextInt(CLASSES);
      rows.add(RowFactory.create((long) i, logits, label, weight, country, i % 3));
    }
    return rows;
  }

  private Dataset<Row> table(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Row row(long id, Float[] logits, Integer label, Double weight) {
    return RowFactory.create(id, logits, label, weight, "x", 0);
  }

  private static Float[] floats(double... values) {
    return Arrays.stream(values).mapToObj(v -> (float) v).toArray(Float[]::new);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sameBitsForEveryPartitioningAndOrder(boolean weighted) {
    List<Row> rows = randomRows(3000);
    Evaluation evaluation =
        Evaluation.ofLogits("logits").slice("country").slice("country", "device").slice("device");
    Evaluation used = weighted ? evaluation.weight("weight") : evaluation;
    EvaluationResult expected = used.run(table(rows).coalesce(1));
    assertEquals(3000, expected.overall().ledger().rowsSeen());
    assertEquals(60, expected.overall().ledger().count(InputCheck.IGNORED));
    for (int partitions : new int[] {7, 200}) {
      Collections.shuffle(rows, new Random(partitions));
      assertSameBits(expected, used.run(table(rows).repartition(partitions)));
    }
    Evaluation unsliced = Evaluation.ofLogits("logits");
    EvaluationResult all = (weighted ? unsliced.weight("weight") : unsliced).run(table(rows));
    assertSameBits(expected.overall(), all.overall());
  }

  private static void assertSameBits(EvaluationResult expected, EvaluationResult actual) {
    assertSameBits(expected.overall(), actual.overall());
    assertEquals(expected.slices().size(), actual.slices().size());
    for (int i = 0; i < expected.slices().size(); i++) {
      assertSameBits(expected.slices().get(i), actual.slices().get(i));
    }
  }

  private static void assertSameBits(SliceResult expected, SliceResult actual) {
    // Records compare doubles by Double.compare, which tells bits apart but for kinds of NaN.
    assertEquals(expected, actual);
  }

  @Test
  void slicesAreWhatFilteringGives() {
    Dataset<Row> table = table(randomRows(1000));
    EvaluationResult result =
        Evaluation.ofLogits("logits").slice("country").slice("device", "country").run(table);
    assertEquals(5 + 15, result.slices().size());
    for (SliceResult slice : result.slices()) {
      Dataset<Row> filtered = table;
      for (Map.Entry<String, String> value : slice.slice().entrySet()) {
        filtered = filtered.where(col(value.getKey()).eqNullSafe(value.getValue()));
      }
      SliceResult alone = Evaluation.ofLogits("logits").run(filtered).overall();
      assertEquals(alone.ledger(), slice.ledger());
      assertEquals(alone.metrics(), slice.metrics());
    }
    assertEquals(
        Collections.singletonMap("country", null), result.slices().get(0).slice(), "null first");
  }

  @Test
  void oneScan(@TempDir Path directory) {
    String path = directory.resolve("table").toString();
    table(randomRows(500)).write().parquet(path);
    Dataset<Row> aggregate =
        Evaluation.ofLogits("logits")
            .weight("weight")
            .slice("country")
            .slice("device")
            .aggregate(spark.read().parquet(path));
    aggregate.collectAsList();
    assertEquals(List.of(500L), Plans.outputRowsOfScans(aggregate));
  }

  @Test
  void vectorsAndDoublesAndFloatsAgree() {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      double[] z = random.doubles(4, -3, 3).map(x -> (float) x).toArray();
      z[i % 4] = 0;
      rows.add(
          RowFactory.create(
              i % 2 == 0 ? Vectors.dense(z) : Vectors.dense(z).toSparse(),
              Arrays.stream(z).boxed().toArray(Double[]::new),
              (long) random.nextInt(4)));
    }
    StructType schema =
        new StructType()
            .add("vector", SQLDataTypes.VectorType())
            .add("doubles", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("label", DataTypes.LongType);
    Dataset<Row> table = spark.createDataFrame(rows, schema);
    SliceResult doubles = Evaluation.ofLogits("doubles").run(table).overall();
    assertEquals(doubles, Evaluation.ofLogits("vector").run(table).overall());
    table = table.withColumn("floats", col("doubles").cast("array<float>"));
    SliceResult floats = Evaluation.ofLogits("floats").run(table).overall();
    assertEquals(doubles.value("log_loss"), floats.value("log_loss"), 2e-6);
    assertEquals(
        doubles.value("classwise_calibration_error"),
        floats.value("classwise_calibration_error"),
        2e-6);
  }

  @Test
  void oneNumberIsTheSecondOfTwoClasses() {
    Dataset<Row> table =
        spark.range(10).selectExpr("id / 10D p", "id % 2 label", "array(1 - id / 10D, id / 10D) a");
    assertEquals(
        Evaluation.ofProbabilities("a").run(table).overall(),
        Evaluation.ofProbabilities("p").run(table).overall());
    Dataset<Row> logits = spark.range(10).selectExpr("id - 4.5D z", "id % 2 label");
    assertEquals(
        Evaluation.ofLogits("a").run(logits.withColumn("a", array(lit(0.0), col("z")))).overall(),
        Evaluation.ofLogits("z").run(logits).overall());
  }

  @Test
  void emptyTable() {
    EvaluationResult result =
        Evaluation.ofLogits("logits").weight("weight").slice("country").run(table(List.of()));
    assertEquals(0, result.overall().ledger().rowsSeen());
    assertEquals(0, result.classes());
    assertEquals(List.of(), result.slices());
    for (MetricResult metric : result.overall().metrics()) {
      metric.values().values().forEach(value -> assertTrue(value.isNaN(), metric.name()));
    }
  }

  @Test
  void oneRow() {
    // p = (1/4, 3/4), label 1.
    Dataset<Row> table = table(List.of(row(1, floats(0, Math.log(3)), 1, 2.0)));
    EvaluationResult result = Evaluation.ofLogits("logits").weight("weight").run(table);
    assertEquals(2, result.classes());
    assertEquals(Math.log(4 / 3.0), result.value("log_loss"), 2e-6);
    assertEquals(0.125, result.value("brier"), 2e-6);
    assertEquals(1, result.value("accuracy"));
    assertEquals(0.25, result.value("top_label_calibration_error"), 2e-6);
    assertEquals(0.25, result.value("classwise_calibration_error"), 2e-6);
    assertEquals(2, result.overall().ledger().sumWeight());
  }

  @Test
  void rowsThatAreLeftOutOrWorthCounting() {
    Float[] garbage = floats(Float.NaN, 0);
    Dataset<Row> table =
        table(
            List.of(
                row(1, floats(2, 2), 0, 1.0),
                row(2, floats(0, 1000), 0, 1.0),
                row(3, garbage, -100, 1.0),
                row(4, garbage, 1, 0.0),
                row(5, floats(1, 2), 7, 1.0)));
    EvaluationResult result =
        Evaluation.ofLogits("logits")
            .weight("weight")
            .ignoreIndex(7)
            .policy(InputCheck.NAN, Policy.DROP)
            .policy(InputCheck.LABEL_OUT_OF_RANGE, Policy.DROP)
            .run(table);
    assertEquals(
        Map.of(
            InputCheck.TIED_ARGMAX, 1L,
            InputCheck.SATURATED, 1L,
            InputCheck.NAN, 1L,
            InputCheck.ZERO_WEIGHT, 1L,
            InputCheck.IGNORED, 1L),
        result.overall().ledger().counts());
    assertEquals(5, result.overall().ledger().rowsSeen());
    assertEquals(2, result.overall().ledger().rowsEvaluated());
    assertEquals((Math.log(2) + 1000) / 2, result.value("log_loss"), 1e-9);
    assertEquals(0.5, result.value("accuracy"), "the lowest index wins a tie");
  }

  /** One bad row among good ones, and what its message must say. */
  static Stream<Arguments> badRows() {
    Float[] good = floats(1, 2, 3);
    return Stream.of(
        bad(InputCheck.NULL_PREDICTION, row(17, null, 1, 1.0), "'logits'", "NULL"),
        bad(InputCheck.NULL_PREDICTION, row(17, new Float[] {1f, null, 2f}, 1, 1.0), "'logits'"),
        bad(InputCheck.EMPTY_PREDICTION, row(17, floats(), 1, 1.0), "'logits'", "empty"),
        bad(InputCheck.LENGTH_MISMATCH, row(17, floats(1, 2), 1, 1.0), "2 entries, not 3"),
        bad(InputCheck.NAN, row(17, floats(1, 2, Double.NaN), 1, 1.0), "NaN at index 2"),
        bad(
            InputCheck.POSITIVE_INFINITY,
            row(17, floats(1, Double.POSITIVE_INFINITY, 1), 1, 1.0),
            "Infinity at index 1"),
        bad(
            InputCheck.ALL_NEGATIVE_INFINITY,
            row(17, negativeInfinities(), 1, 1.0),
            "all logits are -infinity"),
        bad(InputCheck.NULL_LABEL, row(17, good, null, 1.0), "'label'", "NULL"),
        bad(
            InputCheck.LABEL_OUT_OF_RANGE,
            row(17, good, 3, 1.0),
            "'label'",
            "3, classes are 0 to 2"),
        bad(InputCheck.LABEL_OUT_OF_RANGE, row(17, good, -1, 1.0), "'label'", "-1"),
        bad(InputCheck.NULL_WEIGHT, row(17, good, 1, null), "'weight'", "NULL"),
        bad(InputCheck.INVALID_WEIGHT, row(17, good, 1, -2.0), "'weight'", "-2.0"),
        bad(InputCheck.INVALID_WEIGHT, row(17, good, 1, Double.NaN), "'weight'", "NaN"));
  }

  private static Float[] negativeInfinities() {
    return Collections.nCopies(3, Float.NEGATIVE_INFINITY).toArray(Float[]::new);
  }

  private static Arguments bad(InputCheck check, Row row, String... message) {
    return Arguments.of(check, row, List.of(message));
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void badRowFailsOrIsDropped(InputCheck check, Row bad, List<String> message) {
    List<Row> good = List.of(row(1, floats(1, 2, 4), 2, 1.0), row(2, floats(0, 2, 0), 0, 3.0));
    List<Row> rows = new ArrayList<>(good);
    rows.add(bad);
    Evaluation evaluation = Evaluation.ofLogits("logits").weight("weight").key("id").classes(3);
    InvalidRowException e =
        assertThrows(InvalidRowException.class, () -> evaluation.run(table(rows)));
    assertEquals(check, e.check());
    message.forEach(part -> assertTrue(e.getMessage().contains(part), e.getMessage()));
    assertTrue(e.getMessage().contains("id = 17"), e.getMessage());
    assertTrue(e.getMessage().contains("policy(InputCheck." + check), e.getMessage());

    SliceResult dropped = evaluation.policy(check, Policy.DROP).run(table(rows)).overall();
    assertEquals(evaluation.run(table(good)).overall().metrics(), dropped.metrics());
    assertEquals(Map.of(check, 1L), dropped.ledger().counts());
    assertEquals(3, dropped.ledger().rowsSeen());
    assertEquals(2, dropped.ledger().rowsEvaluated());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array(0.5D, 0.6D) | they sum to 1.1",
        "array(-0.1D, 1.1D) | -0.1 at index 0",
        "array(2D, -1D) | -1.0 as the probability of class 1, 2.0 of class 0",
        "array(cast('Infinity' as double), 0D) | Infinity at index 0"
      })
  void probabilitiesThatAreNone(String probabilities, String message) {
    Dataset<Row> table = spark.sql("SELECT " + probabilities + " p, 1 label");
    InvalidRowException e =
        assertThrows(InvalidRowException.class, () -> Evaluation.ofProbabilities("p").run(table));
    assertEquals(InputCheck.NOT_NORMALISED, e.check());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().contains("no key column was declared"), e.getMessage());
  }

  @Test
  void fractionalLabel() {
    Dataset<Row> table = spark.sql("SELECT array(1D, 2D) logits, 0.5D label");
    InvalidRowException e =
        assertThrows(InvalidRowException.class, () -> Evaluation.ofLogits("logits").run(table));
    assertEquals(InputCheck.LABEL_OUT_OF_RANGE, e.check());
    assertTrue(e.getMessage().contains("0.5"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void rowsOfTwoLengthsFailWhereverTheyLie(int partitions) {
    Dataset<Row> table =
        table(List.of(row(1, floats(1, 2), 0, 1.0), row(2, floats(1, 2, 3), 0, 1.0)))
            .repartition(partitions, col("id"));
    Evaluation evaluation = Evaluation.ofLogits("logits");
    InvalidRowException e = assertThrows(InvalidRowException.class, () -> evaluation.run(table));
    assertEquals(InputCheck.LENGTH_MISMATCH, e.check());
    assertTrue(e.getMessage().contains("classes("), e.getMessage());
    IllegalArgumentException undeclared =
        assertThrows(
            IllegalArgumentException.class,
            () -> evaluation.policy(InputCheck.LENGTH_MISMATCH, Policy.DROP).run(table));
    assertTrue(undeclared.getMessage().contains("classes(n)"), undeclared.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing | label | no column 'missing' (logits) in the table; it has id, logits, label",
        "country | label | column 'country' (logits) is STRING, wanted ARRAY<FLOAT>",
        "logits | country | column 'country' (label) is STRING, wanted a number; cast it",
        "logits | logits | column 'logits' (label) is ARRAY<FLOAT>, wanted a number"
      })
  void columnsThatCannotBeUsed(String logits, String label, String message) {
    Dataset<Row> table = table(List.of());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Evaluation.ofLogits(logits).label(label).run(table));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void tooManySliceValues() {
    Dataset<Row> table = table(randomRows(20));
    EvaluationException e =
        assertThrows(
            EvaluationException.class,
            () -> Evaluation.ofLogits("logits").slice("id").sliceLimit(5).run(table));
    assertTrue(e.getMessage().contains("slice id has more than 5 values"), e.getMessage());
    assertTrue(e.getMessage().contains("sliceLimit"), e.getMessage());
  }

  @Test
  void settingsThatMakeNoSense() {
    Evaluation evaluation = Evaluation.ofLogits("logits");
    assertThrows(IllegalArgumentException.class, () -> evaluation.metrics("no_such_metric"));
    assertThrows(IllegalArgumentException.class, () -> evaluation.classes(0));
    assertThrows(IllegalArgumentException.class, evaluation::slice);
    assertThrows(
        IllegalArgumentException.class, () -> evaluation.policy(InputCheck.NAN, Policy.COUNT));
    assertThrows(
        IllegalArgumentException.class, () -> evaluation.policy(InputCheck.SATURATED, Policy.DROP));
  }

  @Test
  void positiveClassNeedsTwo() {
    Dataset<Row> table = table(randomRows(5));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Evaluation.ofLogits("logits").metrics("binary_calibration_error").run(table));
    assertTrue(e.getMessage().contains("needs 2 classes"), e.getMessage());
  }

  @Test
  void stateThatIsNone() {
    EvaluationSpec spec = specOf("accuracy");
    EvaluationBuffer buffer =
        new EvaluationBuffer(spec, EvaluationBuffer.groups(spec, spec.plan()));
    byte[] bytes = buffer.toBytes();
    assertEquals(0, EvaluationBuffer.of(spec, spec.plan(), bytes).groups().classes());
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThrows(
          IllegalArgumentException.class, () -> EvaluationBuffer.of(spec, spec.plan(), truncated));
    }
    assertRejected(spec, Arrays.copyOf(bytes, bytes.length + 1), "damaged or cut off");
    assertRejected(specOf("brier"), bytes, "metric=accuracy");
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 4;
      assertThrows(
          IllegalArgumentException.class, () -> EvaluationBuffer.of(spec, spec.plan(), damaged));
    }
    bytes[4] = 9;
    assertRejected(spec, bytes, "layout 9, of spark-losses 0.1.0, is too new");
    bytes[0] = 0;
    assertRejected(spec, bytes, "start with");
  }

  private static EvaluationSpec specOf(String metric) {
    return EvaluationSpec.of(
        PredictionSpec.of(InputKind.LOGITS, "logits"), List.of(MetricSpec.of(metric)));
  }

  private static void assertRejected(EvaluationSpec spec, byte[] bytes, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> EvaluationBuffer.of(spec, spec.plan(), bytes));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void recommendedReaderBatch() {
    assertEquals(4096, ReaderBatch.recommended(10));
    assertEquals(128, ReaderBatch.recommended(1000));
    assertEquals(16, ReaderBatch.recommended(50_000));
  }
}
