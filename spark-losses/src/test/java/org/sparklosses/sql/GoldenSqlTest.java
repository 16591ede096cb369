// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.function.GoldenCases;
import org.sparklosses.function.GoldenCases.Case;
import org.sparklosses.function.NaiveLosses;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.testing.SharedSession;

/** The expected values, through SQL. */
@ExtendWith(SharedSession.class)
class GoldenSqlTest {

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);

  /** So many fit the methods that Spark generates. */
  private static final int CALLS_OF_A_QUERY = 40;

  /** Arrays that are literals of the query, not columns. */
  private static final Set<String> SETTINGS =
      RowFunctions.all().stream()
          .flatMap(function -> function.settings().stream())
          .filter(
              setting ->
                  setting.type() == ParameterType.ARRAY
                      || setting.type() == ParameterType.NULLABLE_ARRAY)
          .map(Parameter::name)
          .collect(Collectors.toSet());

  private final SparkSession spark;

  GoldenSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void fromDoubles(Engine engine, @TempDir Path directory) {
    engine.run(spark, () -> check(DOUBLES, directory));
  }

  @Test
  void fromVectors(@TempDir Path directory) {
    check(SQLDataTypes.VectorType(), directory);
  }

  /**
   * Functions of columns widen float and compute in double: as plain Java does from the same
   * numbers, which other tests hold to the expected values.
   */
  @Test
  void fromFloats() {
    int checked = 0;
    List<Case> cases = GoldenCases.all().stream().filter(GoldenSqlTest::isFinite).toList();
    for (List<Case> part : bySignature(cases, FLOATS)) {
      List<Object> actual = run(part, table(part, FLOATS));
      for (int i = 0; i < part.size(); i++) {
        Case golden = part.get(i).withArguments(rounded(part.get(i).arguments()));
        Object expected =
            NaiveLosses.has(golden.function())
                ? NaiveLosses.value(golden.function(), golden.arguments())
                : golden.evaluate();
        assertNear(expected, actual.get(i), golden.toString());
        checked++;
      }
    }
    assertEquals(cases.size(), checked);
  }

  static List<Case> failures() {
    return GoldenCases.all().stream().filter(Case::fails).toList();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void refusesWithTheFunctionsName(Case golden) {
    Exception e =
        assertThrows(
            Exception.class,
            () -> table(List.of(golden), DOUBLES).selectExpr(call(golden)).collectAsList());
    assertTrue(e.getMessage().contains(golden.function()), e.getMessage());
  }

  private void check(DataType arrays, Path directory) {
    List<Case> cases = GoldenCases.all().stream().filter(golden -> !golden.fails()).toList();
    int checked = 0;
    for (List<Case> part : bySignature(cases, arrays)) {
      String path = directory.resolve("t" + checked).toString();
      table(part, arrays).write().parquet(path);
      List<Object> actual = run(part, spark.read().parquet(path));
      for (int i = 0; i < part.size(); i++) {
        GoldenCases.assertClose(part.get(i).expected(), actual.get(i), part.get(i).toString());
        checked++;
      }
    }
    assertEquals(cases.size(), checked);
  }

  /** The cases whose columns have the same types, and so fit one table. */
  private static Collection<List<Case>> bySignature(List<Case> cases, DataType arrays) {
    return cases.stream()
        .collect(
            Collectors.groupingBy(
                golden -> columnTypes(golden, arrays), LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /** A row a case: its place, the text of its call, its columns. */
  private Dataset<Row> table(List<Case> cases, DataType arrays) {
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType).add("call", DataTypes.StringType);
    List<DataType> types = columnTypes(cases.get(0), arrays);
    for (int c = 0; c < types.size(); c++) {
      schema = schema.add("c" + c, types.get(c));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      List<Object> values = new ArrayList<>(List.of(i, call(cases.get(i))));
      List<Parameter> columns = RowFunctions.named(cases.get(i).function()).columns();
      for (int c = 0; c < types.size(); c++) {
        values.add(cell(cases.get(i).arguments().get(columns.get(c).name()), types.get(c)));
      }
      rows.add(RowFactory.create(values.toArray()));
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  /** The values of the cases; every query evaluates several calls, each on the rows of its own. */
  private List<Object> run(List<Case> cases, Dataset<Row> table) {
    Map<Integer, Object> values = new TreeMap<>();
    List<String> calls = cases.stream().map(GoldenSqlTest::call).distinct().toList();
    for (int from = 0; from < calls.size(); from += CALLS_OF_A_QUERY) {
      List<String> part = calls.subList(from, Math.min(from + CALLS_OF_A_QUERY, calls.size()));
      List<String> expressions = new ArrayList<>(List.of("id", "call"));
      for (String call : part) {
        expressions.add("CASE WHEN call = \"" + call + "\" THEN " + call + " END");
      }
      Dataset<Row> rows =
          table
              .where(table.col("call").isin(part.toArray()))
              .selectExpr(expressions.toArray(String[]::new));
      for (Row row : rows.collectAsList()) {
        int place = 2 + part.indexOf(row.getString(1));
        Object value = row.get(place);
        values.put(
            row.getInt(0),
            value instanceof scala.collection.Seq<?>
                ? row.<Double>getList(place).stream().mapToDouble(x -> x).toArray()
                : value);
      }
    }
    assertEquals(cases.size(), values.size());
    return new ArrayList<>(values.values());
  }

  /** The call of a case as SQL: its columns by place, its settings by name. */
  private static String call(Case golden) {
    RowFunction function = RowFunctions.named(golden.function());
    List<String> arguments = new ArrayList<>();
    for (int c = 0; c < function.columns().size(); c++) {
      arguments.add("c" + c);
    }
    for (Parameter setting : function.settings()) {
      Object value = golden.arguments().get(setting.name());
      if (value != null) {
        arguments.add(setting.name() + " => " + literal(value));
      }
    }
    return golden.function() + "(" + String.join(", ", arguments) + ")";
  }

  private static String literal(Object value) {
    if (value instanceof double[] array) {
      return literal(Arrays.stream(array).boxed().toList());
    }
    if (value instanceof List<?> entries) {
      return entries.stream()
          .map(GoldenSqlTest::literal)
          .collect(Collectors.joining(", ", "array(", ")"));
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? number + "D" : "double('" + number + "')";
    }
    return value instanceof String word ? "'" + word + "'" : String.valueOf(value);
  }

  private static List<DataType> columnTypes(Case golden, DataType arrays) {
    return RowFunctions.named(golden.function()).columns().stream()
        .map(column -> columnType(column, golden.arguments().get(column.name()), arrays))
        .toList();
  }

  private static DataType columnType(Parameter column, Object value, DataType arrays) {
    return switch (column.type()) {
      case LABEL, INT -> DataTypes.IntegerType;
      case TARGET -> value instanceof double[] ? arrays : DataTypes.IntegerType;
      case DOUBLE -> DataTypes.DoubleType;
      case MATRIX -> DataTypes.createArrayType(DOUBLES);
      default -> arrays;
    };
  }

  private static Object cell(Object value, DataType type) {
    if (type == DataTypes.IntegerType && value instanceof Double index) {
      return index.intValue();
    }
    if (value instanceof double[][] rows) {
      return Arrays.stream(rows).map(row -> cell(row, DOUBLES)).toList();
    }
    if (!(value instanceof double[] array)) {
      return value;
    }
    if (type == FLOATS) {
      return Arrays.stream(array).mapToObj(x -> (float) x).toList();
    }
    if (type == DOUBLES) {
      return Arrays.stream(array).boxed().toList();
    }
    Vector dense = Vectors.dense(array);
    return array.length % 2 == 0 ? dense : dense.toSparse();
  }

  private static boolean isFinite(Case golden) {
    return golden.expected() != null
        && golden.arguments().values().stream()
            .filter(double[].class::isInstance)
            .allMatch(a -> Arrays.stream((double[]) a).allMatch(Double::isFinite));
  }

  private static Map<String, Object> rounded(Map<String, Object> arguments) {
    Map<String, Object> rounded = new HashMap<>(arguments);
    rounded.replaceAll(
        (name, value) ->
            value instanceof double[] array && !SETTINGS.contains(name)
                ? Arrays.stream(array).map(x -> (float) x).toArray()
                : value);
    return rounded;
  }

  /** Within 2e-6, relative above 1. */
  private static void assertNear(Object expected, Object actual, String what) {
    if (expected instanceof double[] array) {
      double[] other = (double[]) actual;
      assertEquals(array.length, other.length, what);
      for (int i = 0; i < array.length; i++) {
        assertNear((Object) array[i], other[i], what + "[" + i + "]");
      }
    } else {
      double e = (Double) expected;
      double tolerance = Double.isFinite(e) ? 2e-6 * Math.max(1, Math.abs(e)) : 0;
      assertEquals(e, (Double) actual, tolerance, what);
    }
  }
}
