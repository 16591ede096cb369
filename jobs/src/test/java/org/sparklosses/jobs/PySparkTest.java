// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.testing.SharedSession;

/**
 * Runs the tests of the Python package in real PySpark, on classic Spark and on Spark Connect, with
 * nothing but the jar, beside values of this JVM.
 */
@Tag("python")
@ExtendWith(SharedSession.class)
class PySparkTest {

  private static final Path TESTS = Path.of("src", "test", "python").toAbsolutePath();

  private static final Path SOURCES = Path.of("..", "spark-losses", "src", "main", "python");

  @TempDir private static Path folder;
  private static Path jar;

  static Stream<PythonHome> homes() throws IOException {
    return PythonHome.all();
  }

  /** Those of PySpark 4, which can start a server of Spark Connect. */
  static Stream<PythonHome> servers() throws IOException {
    return PythonHome.all().filter(PythonHome::hasConnect);
  }

  @BeforeAll
  static void writeExpectedValues(SparkSession spark) throws IOException {
    PythonHome.assumeAny();
    List<Path> own =
        JavaProcess.classPath().stream()
            .filter(Files::exists)
            .filter(
                entry ->
                    entry.getFileName().toString().matches("spark-losses-[^-]*(-SNAPSHOT)?\\.jar")
                        || Files.exists(entry.resolve("sparklosses")))
            .toList();
    jar = JobJar.write(folder.resolve("spark-losses.jar"), own);
    String table = folder.resolve("table").toString();
    spark.sql(FunctionCalls.TABLE).coalesce(1).write().parquet(table);
    List<FunctionCalls.Call> calls = FunctionCalls.all();
    assertTrue(calls.size() > 300);
    String[] columns =
        IntStream.range(0, calls.size())
            .mapToObj(i -> calls.get(i).sql() + " AS c" + i)
            .toArray(String[]::new);
    Dataset<Row> read = spark.read().parquet(table).orderBy("id");
    List<Row> rows = read.selectExpr(columns).collectAsList();
    List<Map<String, Object>> expected = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      int column = i;
      Map<String, Object> call = new LinkedHashMap<>();
      call.put("function", calls.get(i).function());
      call.put("columns", calls.get(i).columns());
      call.put("settings", calls.get(i).settings());
      call.put("values", rows.stream().map(row -> plain(row.get(column))).toList());
      expected.add(call);
    }
    new ObjectMapper().writeValue(folder.resolve("calls.json").toFile(), expected);
  }

  /** Numbers by their bits. */
  private static Object plain(Object value) {
    if (value instanceof Number number && !(value instanceof Integer || value instanceof Long)) {
      return "%016x".formatted(Double.doubleToLongBits(number.doubleValue()));
    }
    if (value instanceof Row row) {
      return IntStream.range(0, row.length()).mapToObj(i -> plain(row.get(i))).toList();
    }
    if (value instanceof scala.collection.Seq<?> entries) {
      return IntStream.range(0, entries.length()).mapToObj(i -> plain(entries.apply(i))).toList();
    }
    return value;
  }

  @ParameterizedTest
  @MethodSource("homes")
  void onClassicSpark(PythonHome python) throws Exception {
    runTests(python, Map.of());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void onSparkConnect(PythonHome python) throws Exception {
    runTests(python, Map.of("SPARK_LOSSES_REMOTE", "local[2]"));
  }

  /** By the types of PySpark 4. */
  @ParameterizedTest
  @MethodSource("servers")
  void sourcesAreTypedAndLaidOut(PythonHome python) throws Exception {
    Path config = SOURCES.resolve("pyproject.toml").toAbsolutePath();
    List<String> folders = List.of(SOURCES.toAbsolutePath().toString(), TESTS.toString());
    PythonProcess process = new PythonProcess(python, folder);
    String ruff = python.program("ruff");
    String given = "--config=" + config;
    process.output(
        Map.of(), command(List.of(ruff, "format", "--check", "--no-cache", given), folders));
    process.output(Map.of(), command(List.of(ruff, "check", "--no-cache", given), folders));
    String mypy = python.program("mypy");
    String cache = "--cache-dir=" + folder.resolve("mypy-" + python.version());
    process.output(
        Map.of(),
        command(
            List.of(mypy, "--config-file=" + config, cache),
            List.of(SOURCES.resolve("sparklosses").toAbsolutePath().toString())));
  }

  private static List<String> command(List<String> program, List<String> arguments) {
    return Stream.concat(program.stream(), arguments.stream()).toList();
  }

  /** The tests, with nothing of the library but the jar. */
  private static void runTests(PythonHome python, Map<String, String> more) throws Exception {
    Map<String, String> environment = new LinkedHashMap<>(more);
    environment.put("PYTHONPATH", jar.toString());
    environment.put("SPARK_LOSSES_EXPECTED", folder.toString());
    new PythonProcess(python, folder)
        .output(
            environment,
            List.of(
                python.program("python"),
                "-m",
                "unittest",
                "discover",
                "-v",
                "-s",
                TESTS.toString()));
  }
}
