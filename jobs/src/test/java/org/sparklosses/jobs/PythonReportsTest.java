// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.testing.SharedSession;

/**
 * Evaluations, comparisons and forecasts from Python beside those of this JVM: on classic Spark,
 * and by clients without the jar of a real server of Spark Connect.
 */
@Tag("python")
@ExtendWith(SharedSession.class)
class PythonReportsTest {

  private static final Path CHECKS = Path.of("src", "test", "python").toAbsolutePath();

  private static final Path SOURCES = Path.of("../spark-losses/src/main/python").toAbsolutePath();

  private static final Path PAGE = Path.of("../docs/connect.md").toAbsolutePath();

  /** Those of Spark that a client in Java does not have. */
  private static final Pattern OF_SERVER =
      Pattern.compile(
          "spark-(sql_|catalyst|connect_|mllib|graphx|streaming|hive|pipelines|repl|launcher).*");

  @TempDir private static Path folder;
  private static Path jar;

  @BeforeAll
  static void writeExpected(SparkSession spark) throws IOException {
    PythonHome.assumeAny();
    List<Path> own =
        JavaProcess.classPath().stream()
            .filter(
                entry ->
                    entry.getFileName().toString().matches("spark-losses-[^-]*(-SNAPSHOT)?\\.jar")
                        || Files.exists(
                            entry.resolve("META-INF/services/org.apache.spark.ml.Estimator")))
            .toList();
    jar = JobJar.write(folder.resolve("spark-losses.jar"), own);
    PythonRuns.write(spark, folder);
  }

  static Stream<PythonHome> homes() throws IOException {
    return PythonHome.all();
  }

  /** Those with a server of Spark Connect. */
  static Stream<PythonHome> servers() throws IOException {
    return PythonHome.all().filter(PythonHome::hasConnect);
  }

  private static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PYTHONPATH", SOURCES + File.pathSeparator + CHECKS);
    environment.put("SPARK_LOSSES_EXPECTED", folder.toString());
    return environment;
  }

  private static List<String> checks(PythonHome python, String... modules) {
    List<String> command = new ArrayList<>(List.of(python.program("python"), "-m", "unittest"));
    for (String module : modules) {
      command.add("sparklosses_reports." + module);
    }
    return command;
  }

  @ParameterizedTest
  @MethodSource("homes")
  void onClassicSpark(PythonHome python) throws Exception {
    String output =
        new PythonProcess(python, folder)
            .output(
                environment(Map.of("SPARK_LOSSES_JAR", jar.toString())),
                checks(python, "check_reports"));
    assertTrue(output.contains("OK"), output);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void onAServerOfSparkConnect(PythonHome python) throws Exception {
    PythonProcess processes = new PythonProcess(python, folder);
    Path spark =
        Path.of(
            processes
                .output(
                    Map.of(),
                    List.of(
                        python.program("python"),
                        "-c",
                        "import os, pyspark; print(os.path.dirname(pyspark.__file__))"))
                .strip());
    try (ConnectServer server = ConnectServer.start(processes, spark, jar)) {
      String output =
          processes.output(
              environment(
                  Map.of(
                      "SPARK_LOSSES_REMOTE", server.address(),
                      "SPARK_LOSSES_PAGE", PAGE.toString())),
              checks(python, "check_reports", "check_connect", "check_connect_page"));
      assertTrue(output.contains("OK"), output);
      assertTheJavaApiSaysWhatWorks(processes, spark, server);
    }
  }

  private static void assertTheJavaApiSaysWhatWorks(
      PythonProcess processes, Path spark, ConnectServer server) throws Exception {
    List<String> jars = new ArrayList<>();
    jars.add(jar.toString());
    jars.add(
        Path.of(ConnectClient.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString());
    try (Stream<Path> files = Files.list(spark.resolve("jars/connect-repl"))) {
      files
          .filter(file -> file.toString().contains("client-jvm"))
          .forEach(f -> jars.add(f.toString()));
    }
    try (Stream<Path> files = Files.list(spark.resolve("jars"))) {
      files
          .filter(file -> !OF_SERVER.matcher(file.getFileName().toString()).matches())
          .forEach(file -> jars.add(file.toString()));
    }
    String output =
        processes.output(
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, jars),
                ConnectClient.class.getName(),
                server.address()));
    List<String> said =
        output.lines().filter(line -> line.matches("(sql|refused|result): .*")).toList();
    String refused =
        "refused: the table is one of Spark Connect, whose rows only the server reads: ask the"
            + " server in SQL, SELECT evaluation_metric(evaluation_state(predictions, label),"
            + " 'log_loss'), from Python by sparklosses.Evaluation, or submit the job evaluate to"
            + " the cluster";
    assertEquals(
        List.of("sql: 1.0", refused, refused, refused),
        said,
        () -> said.stream().collect(Collectors.joining("\n")) + output);
  }
}
