package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    engine.run(spark, () -> check(DOUBLES, directory.resolve(engine.name())));
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
    for (Map.Entry<Query, List<Case>> group : groups().entrySet()) {
      List<Case> cases = group.getValue().stream().filter(GoldenSqlTest::isFinite).toList();
      if (cases.isEmpty()) {
        continue;
      }
      Map<Integer, Object> actual = run(group.getKey(), cases, table(cases, FLOATS));
      for (int i = 0; i < cases.size(); i++) {
        Case golden = cases.get(i).withArguments(rounded(cases.get(i).arguments()));
        Object expected =
            NaiveLosses.has(golden.function())
                ? NaiveLosses.value(golden.function(), golden.arguments())
                : golden.evaluate();
        assertNear(expected, actual.get(i), golden.toString());
        checked++;
      }
    }
    assertTrue(checked > 200, "cases checked: " + checked);
  }

  static List<Case> failures() {
    return GoldenCases.all().stream().filter(Case::fails).toList();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void refusesWithTheFunctionsName(Case golden) {
    Query query = Query.of(golden);
    Exception e =
        assertThrows(
            Exception.class,
            () -> table(List.of(golden), DOUBLES).selectExpr(query.sql()).collectAsList());
    assertTrue(e.getMessage().contains(golden.function()), e.getMessage());
  }

  private void check(DataType type, Path directory) {
    int checked = 0;
    for (Map.Entry<Query, List<Case>> group : groups().entrySet()) {
      List<Case> cases = group.getValue();
      String path = directory.resolve("t" + checked).toString();
      table(cases, type).write().parquet(path);
      Map<Integer, Object> actual = run(group.getKey(), cases, spark.read().parquet(path));
      for (int i = 0; i < cases.size(); i++) {
        GoldenCases.assertClose(cases.get(i).expected(), actual.get(i), cases.get(i).toString());
        checked++;
      }
    }
    assertEquals(GoldenCases.all().size() - failures().size(), checked);
  }

  /** A call with fixed settings, and whether its target is soft. */
  private record Query(String function, boolean soft, String settings) {

    static Query of(Case golden) {
      RowFunction function = RowFunctions.named(golden.function());
      String settings =
          function.settings().stream()
              .filter(p -> golden.arguments().get(p.name()) != null)
              .map(p -> ", " + p.name() + " => " + literal(golden.arguments().get(p.name())))
              .collect(Collectors.joining());
      return new Query(golden.function(), target(golden) instanceof double[], settings);
    }

    String sql() {
      return RowFunctions.named(function).columns().stream()
          .map(Parameter::name)
          .collect(Collectors.joining(", ", function + "(", settings + ") AS value"));
    }

    private static String literal(Object value) {
      if (value instanceof double[] array) {
        return literal(Arrays.stream(array).boxed().toList());
      }
      if (value instanceof List<?> entries) {
        return entries.stream()
            .map(Query::literal)
            .collect(Collectors.joining(", ", "array(", ")"));
      }
      if (value instanceof Double number) {
        return numberLiteral(number);
      }
      return value instanceof String word ? "'" + word + "'" : String.valueOf(value);
    }

    private static String numberLiteral(double number) {
      return Double.isFinite(number) ? number + "D" : "double('" + number + "')";
    }
  }

  private static Map<Query, List<Case>> groups() {
    Map<Query, List<Case>> groups = new LinkedHashMap<>();
    for (Case golden : GoldenCases.all()) {
      if (!golden.fails()) {
        groups.computeIfAbsent(Query.of(golden), q -> new ArrayList<>()).add(golden);
      }
    }
    return groups;
  }

  private static Object target(Case golden) {
    return RowFunctions.named(golden.function())
        .labelColumn()
        .map(column -> golden.arguments().get(column.name()))
        .orElse(null);
  }

  private Dataset<Row> table(List<Case> cases, DataType type) {
    List<Parameter> columns = RowFunctions.named(cases.get(0).function()).columns();
    boolean soft = target(cases.get(0)) instanceof double[];
    StructType schema = new StructType().add("id", DataTypes.IntegerType);
    for (Parameter column : columns) {
      schema = schema.add(column.name(), type(column, soft, type));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Object[] values = new Object[1 + columns.size()];
      values[0] = i;
      for (int c = 0; c < columns.size(); c++) {
        Object value = cases.get(i).arguments().get(columns.get(c).name());
        boolean index = schema.fields()[1 + c].dataType().equals(DataTypes.IntegerType);
        values[1 + c] = index && value != null ? ((Double) value).intValue() : column(value, type);
      }
      rows.add(RowFactory.create(values));
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  private static DataType type(Parameter column, boolean soft, DataType arrays) {
    return switch (column.type()) {
      case LABEL, INT -> DataTypes.IntegerType;
      case TARGET -> soft ? arrays : DataTypes.IntegerType;
      case DOUBLE -> DataTypes.DoubleType;
      case MATRIX -> DataTypes.createArrayType(DOUBLES);
      default -> arrays;
    };
  }

  private static Object column(Object value, DataType type) {
    if (value instanceof double[][] rows) {
      return Arrays.stream(rows).map(row -> column(row, DOUBLES)).toList();
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

  private Map<Integer, Object> run(Query query, List<Case> cases, Dataset<Row> table) {
    Map<Integer, Object> values = new HashMap<>();
    for (Row row : table.selectExpr("id", query.sql()).collectAsList()) {
      Object value = row.get(1);
      values.put(
          row.getInt(0),
          value instanceof scala.collection.Seq<?>
              ? row.<Double>getList(1).stream().mapToDouble(x -> x).toArray()
              : value);
    }
    assertEquals(cases.size(), values.size());
    return values;
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
