// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.jobs.CommandRun;
import org.sparklosses.jobs.ExitCode;
import org.sparklosses.jobs.JavaProcess;
import org.sparklosses.testing.SharedSession;

/** The driver is a process of a worker's, and spark-submit only waits for it. */
@Tag("cluster")
@ExtendWith(SharedSession.class)
class ClusterModeTest {

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

  /** The gate of the page holds: the model is right in fewer rows than that. */
  @Test
  void violatedGateIsSeenOnlyByTheLinesThatLook() throws Exception {
    assertSubmitted("0.01", ExitCode.OK, "FINISHED", 0);
    assertSubmitted("0.99", ExitCode.GATE, "FAILED", 1);
  }

  /** Whatever the job ends with, spark-submit ends with 0. */
  private static void assertSubmitted(String least, ExitCode job, String state, int looked)
      throws Exception {
    Path there = folder.resolve("there-" + least);
    Path here = folder.resolve("here-" + least);
    JavaProcess.Output output = cluster.run(folder, command(there, least)).succeeded();
    assertTrue(output.err().matches("(?s).* is +" + state + "\\b.*"), output.err());
    assertEquals(state, states().get(states().size() - 1));

    CommandRun run = CommandRun.of(cluster.arguments(command(here, least)));
    assertEquals(job.value(), run.exitCode(), run.err());
    assertEquals(Reports.withoutKernel(here), Reports.withoutKernel(there));
    for (String check : List.of("gates", "driver")) {
      JavaProcess.Output checked = cluster.run(folder, ClusterPage.command(check, folder, there));
      assertEquals(looked, checked.exitCode(), checked.err());
      assertEquals("", checked.err());
    }
  }

  private static String command(Path reports, String least) {
    return ClusterPage.command("cluster mode", folder, reports).replace("0.99", least);
  }

  /** Of the drivers that have ended, in the order in which they were submitted. */
  private static List<String> states() throws Exception {
    Map<String, String> states = new TreeMap<>();
    for (JsonNode driver : cluster.status().get("completeddrivers")) {
      states.put(driver.get("id").asText(), driver.get("state").asText());
    }
    return List.copyOf(states.values());
  }
}
