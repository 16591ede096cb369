// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassMap;
import org.sparklosses.calibrate.multiclass.TemperatureMix;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.NamedException;
import org.sparklosses.table.Policy;
import org.sparklosses.table.SparkBridge;
import org.sparklosses.testing.OtherJvm;
import org.sparklosses.testing.SharedSession;

/** Calibrated probabilities by the bytes of a model, wherever SQL is. */
@ExtendWith(SharedSession.class)
class CalibrateSqlTest {

  /** So many that an object a class would show in what is allocated. */
  private static final int CLASSES = 1000;

  private static final double BETA = 0.5;
  private static final double EPSILON = 0.01;
  private static final ClassMap MAP = new TemperatureMix(3, BETA, EPSILON);
  private static final ClassMap OTHER = new TemperatureMix(3, 2, EPSILON);

  private static final List<String> SETTINGS =
      List.of(
          "spark.sql.ansi.enabled", "true",
          "spark.sql.ansi.enabled", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.parquet.enableVectorizedReader", "false",
          "spark.sql.subexpressionElimination.enabled", "false",
          "spark.sql.optimizer.excludedRules",
              "org.apache.spark.sql.catalyst.optimizer.ConstantFolding,"
                  + "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation");

  private final SparkSession spark;

  @TempDir private Path folder;

  CalibrateSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  private static String text(ClassMap map) {
    return "unbase64('" + Base64.getEncoder().encodeToString(map.toBytes()) + "')";
  }

  /** Over a table that the optimizer cannot fold, so that the engine under test evaluates it. */
  private Object value(String call) {
    return spark
        .sql("SELECT " + call + " FROM (SELECT /*+ REPARTITION(1) */ id FROM range(1))")
        .first()
        .get(0);
  }

  /** By the formula of the map. */
  private static double[] expected(double beta, double... z) {
    double[] e = Arrays.stream(z).map(x -> Math.exp(beta * x)).toArray();
    double sum = Arrays.stream(e).sum();
    return Arrays.stream(e).map(x -> (1 - EPSILON) * x / sum + EPSILON / z.length).toArray();
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Dataset<Row> table(int rows) {
    return spark
        .range(0, rows, 1, 3)
        .withColumn("z", expr("transform(sequence(1, 3), k -> round(3 * sin(id * k * k), 3))"))
        .withColumn("floats", expr("CAST(z AS ARRAY<FLOAT>)"))
        .withColumn("decimals", expr("CAST(z AS ARRAY<DECIMAL(9, 3)>)"))
        .withColumn("ints", expr("CAST(transform(z, x -> round(x)) AS ARRAY<INT>)"))
        .withColumn("vector", functions.array_to_vector(col("z")))
        .withColumn("p", expr("softmax(z)"))
        .withColumn("label", expr("CAST(id % 3 AS INT)"))
        .withColumn("model", lit(MAP.toBytes()));
  }

  @ParameterizedTest
  @EnumSource
  void ofAnyArrayAndVector(Engine engine) {
    table(50).createOrReplaceTempView("predictions");
    String model = text(MAP);
    engine.run(
        spark,
        () -> {
          List<Row> rows =
              spark
                  .sql(
                      "SELECT z, calibrate(model, z), calibrate(model, floats), calibrate(model,"
                          + " decimals), calibrate(model, vector), calibrate_probabilities(model,"
                          + " p), calibrate(%1$s, z), ints, calibrate(%1$s, ints), floats"
                              .formatted(model)
                          + " FROM predictions")
                  .collectAsList();
          assertEquals(50, rows.size());
          for (Row row : rows) {
            double[] z = numbers(row.getList(0));
            double[] p = expected(BETA, z);
            for (int column : new int[] {1, 3, 4, 5, 6}) {
              assertArrayEquals(p, numbers(row.getList(column)), 1e-14);
            }
            double[] floats =
                row.<Float>getList(9).stream().mapToDouble(Float::doubleValue).toArray();
            assertArrayEquals(expected(BETA, floats), numbers(row.getList(2)), 1e-14);
            double[] ints =
                row.<Integer>getList(7).stream().mapToDouble(Integer::doubleValue).toArray();
            assertArrayEquals(expected(BETA, ints), numbers(row.getList(8)), 1e-14);
            assertEquals(row.getList(1), row.getList(6));
            assertArrayEquals(MAP.ofLogits(z).orElseThrow(), numbers(row.getList(1)));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void modelsThatDifferFromRowToRow(Engine engine) {
    Dataset<Row> models =
        spark.createDataFrame(
            List.of(
                RowFactory.create(0L, MAP.toBytes()),
                RowFactory.create(1L, OTHER.toBytes()),
                RowFactory.create(2L, null)),
            new StructType().add("k", DataTypes.LongType).add("given", DataTypes.BinaryType));
    Dataset<Row> joined = table(60).join(models, expr("id % 3 = k"));
    engine.run(
        spark,
        () -> {
          List<Row> rows = joined.selectExpr("k", "z", "calibrate(given, z)").collectAsList();
          assertEquals(60, rows.size());
          for (Row row : rows) {
            if (row.getLong(0) == 2) {
              assertTrue(row.isNullAt(2));
            } else {
              assertArrayEquals(
                  expected(row.getLong(0) == 0 ? BETA : 2, numbers(row.getList(1))),
                  numbers(row.getList(2)),
                  1e-14);
            }
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calibrate(NULL, array(1D, 2D, 3D))",
        "calibrate(CAST(NULL AS BINARY), array(1D, 2D, 3D))",
        "calibrate(MODEL, NULL)",
        "calibrate(MODEL, CAST(NULL AS ARRAY<FLOAT>))",
        "calibrate(MODEL, array(1D, NULL, 2D))",
        "calibrate(MODEL, array(1F, NULL, 2F))",
        "calibrate(MODEL, array(1D, double('NaN'), 2D))",
        "calibrate(MODEL, array(1D, double('Infinity'), 2D))",
        "calibrate(MODEL, array_repeat(double('-Infinity'), 3))",
        "calibrate_probabilities(MODEL, NULL)",
        "calibrate_probabilities(MODEL, array(0.5D, NULL, 0.5D))",
        "calibrate_probabilities(MODEL, array(0D, 0D, 0D))",
        "calibrate_probabilities(MODEL, array(0.5D, -0.5D, 1D))",
        "calibrate_probabilities(MODEL, array(0.5D, double('NaN'), 1D))",
        "calibrate_probabilities(MODEL, array(0.5D, double('Infinity'), 1D))"
      })
  void givesNull(String call) {
    for (Engine engine : Engine.values()) {
      engine.run(
          spark, () -> assertNull(value(call.replace("MODEL", text(MAP))), engine.toString()));
    }
  }

  @Test
  void certainRowsHaveProbabilitiesAboveZero() {
    List<Double> p =
        spark
            .sql(
                "SELECT calibrate(%s, array(0D, -1e300, double('-Infinity')))".formatted(text(MAP)))
            .first()
            .getList(0);
    assertEquals(1 - EPSILON + EPSILON / 3, p.get(0), 1e-15);
    assertEquals(EPSILON / 3, p.get(1), 1e-15);
    List<Double> ofZero =
        spark
            .sql("SELECT calibrate_probabilities(%s, array(0, 1, 0))".formatted(text(MAP)))
            .first()
            .getList(0);
    assertEquals(EPSILON / 3, ofZero.get(0), 1e-15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calibrate(X'00', array(1D, 2D)) | calibrate needs a calibrator as model: no calibrator in"
            + " these 1 bytes: they are too few; give the bytes of CalibratorModel.toBytes(), or a"
            + " column that holds them",
        "calibrate(X'000000000000000000', array(1D, 2D)) | they start with 00000000",
        "calibrate('model', array(1D, 2D)) | calibrate takes the bytes of a calibrator (BINARY) as"
            + " model, not STRING; give the bytes of CalibratorModel.toBytes()",
        "calibrate(MODEL, 1D) | calibrate takes ARRAY<FLOAT>, ARRAY<DOUBLE> or an MLlib Vector as"
            + " logits, not DOUBLE; of two classes give array(0, z) of a logit z",
        "calibrate_probabilities(MODEL, 0.5D) | as probabilities, not DOUBLE; of two classes give"
            + " array(1 - p, p) of a probability p",
        "calibrate(MODEL, array('1', '2')) | not ARRAY<STRING>; cast it if it holds numbers",
        "calibrate(MODEL, array(true, false)) | as logits, not ARRAY<BOOLEAN>",
        "calibrate(MODEL) | calibrate does not take these 1 arguments; it is calibrate(model,"
            + " logits)",
        "calibrate(model => MODEL, logits => array(1D)) | takes its arguments by place",
        "losses.calibrate('model', array(1D, 2D)) | calibrate takes the bytes of a calibrator",
        "losses.calibrate(MODEL, 1D) | as logits, not DOUBLE"
      })
  void refusesCallsWhenTheQueryIsAnalysed(String call, String message) {
    AnalysisException e =
        assertThrows(
            AnalysisException.class,
            () -> spark.sql("SELECT " + call.replace("MODEL", text(MAP))),
            call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void refusesRowsByName(Engine engine) {
    engine.run(
        spark,
        () -> {
          assertRefused(
              "calibrate(%s, array(1D, 2D))".formatted(text(MAP)),
              "calibrate: a row has 2 classes, the calibrator was fitted to 3; to keep a row");
          assertRefused(
              "calibrate_probabilities(%s, array(0.5D, 0.5D))".formatted(text(MAP)),
              "calibrate_probabilities: a row has 2 classes, the calibrator was fitted to 3");
          // Of a function that Spark replaces by others, the optimizer alone knows the value.
          assertRefused(
              "calibrate(to_binary('AAAA', 'base64'), array(1D, 2D))",
              "calibrate: no calibrator in these 3 bytes: they are too few");
          assertRefused(
              "calibrate(CAST(CAST(id AS STRING) AS BINARY), array(1D, 2D))",
              "calibrate: no calibrator in these 1 bytes: they are too few; give the bytes of"
                  + " CalibratorModel.toBytes(), or a column that holds them");
        });
  }

  private void assertRefused(String call, String message) {
    Exception e = assertThrows(Exception.class, () -> value(call));
    NamedException cause = NamedException.causeOf(e).orElseThrow(() -> new AssertionError(e));
    assertEquals("SPARK_LOSSES_ARGUMENT", cause.getCondition());
    assertTrue(cause.getMessage().contains(message), cause.getMessage());
  }

  @Test
  void anywhereInAQuery() {
    String path = folder.resolve("predictions").toString();
    table(300).write().parquet(path);
    for (int i = 0; i < SETTINGS.size(); i += 2) {
      SparkSession session = spark.newSession();
      session.conf().set(SETTINGS.get(i), SETTINGS.get(i + 1));
      session.read().parquet(path).createOrReplaceTempView("predictions");
      String setting = SETTINGS.get(i) + "=" + SETTINGS.get(i + 1);
      List<Row> rows =
          session
              .table("predictions")
              .orderBy("id")
              .select(col("z"), call_function("calibrate", col("model"), col("z")))
              .collectAsList();
      double[][] p =
          rows.stream()
              .map(row -> expected(BETA, numbers(row.getList(0))))
              .toArray(double[][]::new);
      for (int r = 0; r < p.length; r++) {
        assertArrayEquals(p[r], numbers(rows.get(r).getList(1)), 1e-14, setting);
      }
      assertEquals(
          Arrays.stream(p).filter(row -> row[1] > 0.5).count(),
          session
              .sql("SELECT count(*) FROM predictions WHERE calibrate(model, z)[1] > 0.5")
              .first()
              .getLong(0),
          setting);
      double loss = 0;
      for (int r = 0; r < p.length; r++) {
        loss -= Math.log(p[r][r % 3]) / p.length;
      }
      session.sql(
          "CREATE OR REPLACE TEMP VIEW calibrated AS SELECT *, calibrate(model, z) AS c,"
              + " calibrate((SELECT max(model) FROM predictions), z) AS d FROM predictions");
      Row state =
          session
              .sql(
                  "SELECT evaluation_metric(evaluation_state(c, label, 'input=probabilities'),"
                      + " 'log_loss'), evaluation_metric(evaluation_state(d, label,"
                      + " 'input=probabilities'), 'log_loss') FROM calibrated")
              .first();
      assertEquals(loss, state.getDouble(0), 1e-13, setting);
      assertEquals(state.getDouble(0), state.getDouble(1), setting);
      Evaluation evaluation = Evaluation.ofProbabilities("c").label("label").metrics("log_loss");
      EvaluationResult result = evaluation.run(session.table("calibrated"));
      assertEquals(loss, result.value("log_loss"), 1e-13, setting);
      assertEquals(result, evaluation.run(session.table("calibrated").repartition(3)), setting);
    }
  }

  /** NULLs of any kind, of models too, read in batches and row by row. */
  @Test
  void nullsInBatches() {
    String path = folder.resolve("holed").toString();
    table(300)
        .selectExpr(
            "id",
            "label",
            "CASE WHEN id % 10 = 3 THEN NULL WHEN id % 10 = 7 THEN array(1D, NULL, 2D) ELSE z END"
                + " AS z",
            "CASE WHEN id % 10 = 7 THEN NULL ELSE vector END AS vector",
            "IF(id % 10 = 9, NULL, model) AS model")
        .write()
        .parquet(path);
    Dataset<Row> stored = spark.read().parquet(path);
    for (String column : List.of("z", "vector")) {
      Dataset<Row> calibrated =
          stored.withColumn("c", expr("calibrate(model, " + column + ")")).drop("id");
      Evaluation evaluation =
          Evaluation.ofProbabilities("c")
              .label("label")
              .metrics("log_loss")
              .policy(InputCheck.NULL_PREDICTION, Policy.DROP);
      assertTrue(ColumnarPass.of(calibrated.select("c", "label")).isPresent());
      EvaluationResult result = evaluation.run(calibrated);
      assertEquals(result, evaluation.run(calibrated.repartition(3)));
      long nulls = column.equals("z") ? 90 : 60;
      assertEquals(nulls, result.overall().ledger().count(InputCheck.NULL_PREDICTION));
    }
  }

  @Test
  void aModelAsAParameterOfAQuery() {
    Row row =
        spark
            .sql(
                "SELECT calibrate(:model, array(1, 2, 3))",
                Map.<String, Object>of("model", MAP.toBytes()))
            .first();
    assertArrayEquals(expected(BETA, 1, 2, 3), numbers(row.getList(0)), 1e-15);
  }

  @Test
  void columnsAreNotNamedAfterAllBytes() {
    Dataset<Row> calibrated =
        table(3).selectExpr("calibrate(" + text(MAP) + ", z)", "calibrate(model, z)");
    assertEquals("calibrate(model, z)", calibrated.columns()[1]);
    Dataset<Row> literal =
        table(3).select(call_function("calibrate", lit(MAP.toBytes()), col("z")));
    assertEquals("calibrate(temperature of 3 classes, z)", literal.columns()[0]);
    String plan = SparkBridge.execution(literal).toString();
    assertTrue(plan.contains("calibrate(temperature of 3 classes, z#"), plan);
  }

  @Test
  void describesItself() {
    for (StateFunction function :
        List.of(StateFunction.CALIBRATE, StateFunction.CALIBRATE_PROBABILITIES)) {
      String text =
          spark.sql("DESCRIBE FUNCTION EXTENDED " + function.sqlName()).collectAsList().stream()
              .map(row -> row.getString(0))
              .collect(Collectors.joining("\n"));
      assertTrue(text.contains(function.description()), text);
      String example = text.substring(text.indexOf("> SELECT ") + 2, text.indexOf(";\n"));
      double[] p = numbers(spark.sql(example).first().getList(0));
      double odds = function == StateFunction.CALIBRATE ? Math.exp(0.75) : 2;
      assertEquals(0.99 * odds / (1 + odds) + 0.005, p[0], 1e-15);
    }
  }

  @Test
  void ofTheCatalog() {
    table(20).createOrReplaceTempView("predictions");
    List<Row> rows =
        spark
            .sql(
                "SELECT calibrate(model, z), losses.calibrate(model, z),"
                    + " losses.calibrate_probabilities(model, p) FROM predictions")
            .collectAsList();
    for (Row row : rows) {
      assertEquals(row.getList(0), row.getList(1));
      assertArrayEquals(numbers(row.getList(0)), numbers(row.getList(2)), 1e-14);
    }
    spark.sql(
        "CREATE OR REPLACE VIEW kept AS SELECT losses.calibrate(%s, array(1, 2, 3)) AS p"
            .formatted(text(MAP)));
    try {
      assertArrayEquals(
          expected(BETA, 1, 2, 3),
          numbers(spark.newSession().table("kept").first().getList(0)),
          1e-15);
    } finally {
      spark.sql("DROP VIEW kept");
    }
  }

  /** What Spark calls in a session without the extension. */
  @Test
  void ofTheCatalogAlone() {
    CatalogCalibration function =
        new CatalogCalibration(
            StateFunction.CALIBRATE,
            new StructType()
                .add("model", DataTypes.BinaryType)
                .add("z", DataTypes.createArrayType(DataTypes.DoubleType)));
    for (ClassMap map : List.of(MAP, OTHER, MAP)) {
      double[] z = {1, -2, 0.5};
      ArrayData result = (ArrayData) function.produceResult(row(map.toBytes(), z));
      assertArrayEquals(map.ofLogits(z).orElseThrow(), result.toDoubleArray());
    }
    assertNull(function.produceResult(row(null, 1, 2, 3)));
  }

  private static InternalRow row(byte[] model, double... z) {
    return new GenericInternalRow(new Object[] {model, UnsafeArrayData.fromPrimitiveArray(z)});
  }

  @Test
  void bytesAreReadOnceForEachMap() {
    MapCache cache = new MapCache();
    ClassMap first = cache.map(MAP.toBytes());
    ClassMap second = cache.map(OTHER.toBytes());
    assertNotSame(first, second);
    for (int i = 0; i < 5; i++) {
      assertSame(first, cache.map(MAP.toBytes()));
      assertSame(second, cache.map(OTHER.toBytes()));
    }
    for (int k = 2; k < 200; k++) {
      assertEquals(k, cache.map(new TemperatureMix(k, 1, 0.1).toBytes()).classes());
    }
    assertNotSame(first, cache.map(MAP.toBytes()));
    for (byte[] none : List.of(new byte[0], new byte[3], new byte[9])) {
      assertThrows(IllegalArgumentException.class, () -> cache.map(none));
    }
  }

  /** Prints the bytes that are allocated for a row; run in a JVM of its own by the test below. */
  static final class AllocationOfRow {
    public static void main(String[] args) {
      byte[] model = new TemperatureMix(CLASSES, 0.7, 0.01).toBytes();
      UnsafeArrayData z =
          UnsafeArrayData.fromPrimitiveArray(new Random(3).doubles(CLASSES).toArray());
      Calibration calibration = new Calibration(true, ColumnType.DOUBLES, false);
      calibration.value(model, z);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        calibration.value(model, z);
      }
      long ofRow = (threads.getThreadAllocatedBytes(thread) - before) / 100;
      System.out.println("allocated " + ofRow);
    }
  }

  /**
   * Of K doubles: those that are read, the two that the map makes of them, and the result. By the
   * scalar kernel: vectors are objects where their loops are not compiled.
   */
  @Test
  void rowsAreReadWithoutBoxing() throws Exception {
    List<String> options = new ArrayList<>(OtherJvm.moduleOptions());
    options.add("-Dlosses.kernel=scalar");
    List<String> lines = OtherJvm.lines(AllocationOfRow.class, options);
    List<Long> allocated =
        lines.stream()
            .filter(line -> line.startsWith("allocated "))
            .map(line -> Long.valueOf(line.substring("allocated ".length())))
            .toList();
    assertEquals(1, allocated.size(), lines.toString());
    assertTrue(allocated.get(0) < 4 * Double.BYTES * CLASSES + 1000, lines.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aScaleAndAShiftOfEachClass(int classes) {
    double[] shift = {0.1, -0.2, 0.3, 0};
    ClassMap map =
        ClassCalibrators.map(
            ClassCalibrators.named("structured_vector_scaling")
                .map(
                    classes,
                    MAP.numbers()
                        .with("scale", Arrays.copyOf(new double[] {1, 0.9, 1.2, 1}, classes))
                        .with("bias", Arrays.copyOf(shift, classes)))
                .toBytes());
    double[] z = Arrays.copyOf(new double[] {0.5, -1.25, 2, 0.75}, classes);
    Optional<double[]> expected = map.ofLogits(z);
    String array = Arrays.stream(z).mapToObj(x -> x + "D").collect(Collectors.joining(", "));
    for (Engine engine : Engine.values()) {
      engine.run(
          spark,
          () -> {
            @SuppressWarnings("unchecked")
            scala.collection.Seq<Double> p =
                (scala.collection.Seq<Double>)
                    value("calibrate(%s, array(%s))".formatted(text(map), array));
            assertArrayEquals(
                expected.orElseThrow(), numbers(scala.jdk.javaapi.CollectionConverters.asJava(p)));
          });
    }
  }
}
