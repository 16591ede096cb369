// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.jobs.CommandRun;
import org.sparklosses.jobs.ExitCode;
import org.sparklosses.jobs.JavaProcess;
import org.sparklosses.jobs.JobJar;
import org.sparklosses.testing.SharedSession;

/** The driver is spark-submit's own process, the executors are the workers'. */
@Tag("cluster")
@ExtendWith(SharedSession.class)
class ClientModeTest {

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start(SparkSession spark) throws Exception {
    ClusterTable.write(spark, folder);
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The executors read rows by another kernel than the driver would. */
  @ParameterizedTest
  @ValueSource(strings = {"evaluate", "calibrate", "compare", "forecast"})
  void resultsAreThoseOfLocalMode(String job) throws Exception {
    Path there = Files.createDirectory(folder.resolve(job));
    Path here = Files.createDirectory(folder.resolve(job + "-local"));
    String onExecutors = " --conf spark.executor.extraJavaOptions=-Dlosses.kernel=scalar";
    String command = ClusterPage.command(job, folder, there);
    JavaProcess.Output output =
        cluster.run(folder, command.replace("$MASTER", "$MASTER" + onExecutors)).succeeded();
    CommandRun run = CommandRun.of(cluster.arguments(ClusterPage.command(job, folder, here)));
    assertEquals(0, run.exitCode(), run.err());

    assertEquals(Reports.withoutKernel(here), Reports.withoutKernel(there));
    for (String document : Reports.withoutKernel(there).keySet()) {
      JsonNode kernel = Reports.read(there.resolve(document)).get("settings").get("kernel");
      // Of forecasts, which have no rows of classes, nothing is said.
      assertEquals(job.equals("forecast") ? null : TextNode.valueOf("scalar"), kernel);
    }
    assertIsQuiet(output);
  }

  private static void assertIsQuiet(JavaProcess.Output output) {
    assertEquals(
        List.of(), output.err().lines().filter(line -> line.contains(" INFO Task")).toList());
  }

  @Test
  void exitCodesAreThoseOfTheJob() throws Exception {
    String report = folder.resolve("violated").toString();
    String evaluate =
        "spark-submit --master $MASTER $JOBS evaluate --input %s --logits logits --label label"
            .formatted(folder.resolve(ClusterTable.NAME));
    assertEquals(
        ExitCode.GATE, exitCode(evaluate + " --fail-if 'accuracy < 0.99' --output " + report));
    assertEquals(ExitCode.USAGE, exitCode(evaluate + " --metric no_such"));
  }

  /** Not by spark-submit, which would send the library to the executors. */
  @Test
  void programThatStartsItsOwnSessionNamesTheJar() throws Exception {
    Path program = JobJar.ofClasses(folder.resolve("script.jar"), SqlScript.class);
    Path script =
        Files.writeString(
            folder.resolve("losses.sql"),
            ClusterPage.text("sql").replace("/data", folder.toString()));
    String start =
        "\"$JAVA_HOME/bin/java\" "
            + String.join(" ", JavaProcess.moduleOptions())
            + " -Dspark.master=$MASTER -Dspark.driver.host=127.0.0.1 -Dspark.ui.enabled=false";
    String end =
        " -cp \"$SPARK_HOME/jars/*:$LIBRARY:%s\" %s %s"
            .formatted(program, SqlScript.class.getName(), script);
    JavaProcess.Output lost = cluster.run(folder, start + end);
    assertEquals(1, lost.exitCode(), lost.err());
    assertTrue(
        lost.err()
            .matches(
                "(?s).*(ClassCastException: cannot assign instance of \\S+SerializationProxy"
                    + "|ClassNotFoundException: org\\.sparklosses).*"),
        lost.err());
    JavaProcess.Output sent =
        cluster.run(folder, start + " -Dspark.jars=$LIBRARY" + end).succeeded();
    assertTrue(sent.out().contains("|PL "), sent.out());
  }

  private static ExitCode exitCode(String command) throws IOException, InterruptedException {
    JavaProcess.Output output = cluster.run(folder, command);
    for (ExitCode code : ExitCode.values()) {
      if (code.value() == output.exitCode()) {
        return code;
      }
    }
    throw new AssertionError(output.exitCode() + ": " + output.err());
  }
}
