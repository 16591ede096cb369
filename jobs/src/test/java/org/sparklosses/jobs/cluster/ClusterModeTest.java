// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.jobs.CommandRun;
import org.sparklosses.jobs.JavaProcess;
import org.sparklosses.testing.SharedSession;

/** The driver is a process of a worker's, and spark-submit only waits for it. */
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

  @Test
  void violatedGateIsSeenByTheLinesOnThePageOnly() throws Exception {
    Path there = folder.resolve("there");
    Path here = folder.resolve("here");
    String command = ClusterPage.command("cluster mode", folder, there);
    JavaProcess.Output output = cluster.run(folder, command);
    assertEquals(0, output.exitCode(), "what spark-submit itself ends with\n" + output.err());
    assertTrue(output.err().contains(" is FAILED"), output.err());

    CommandRun run = CommandRun.of(cluster.arguments(ClusterPage.command("cluster mode", folder, here)));
    assertEquals(5, run.exitCode(), run.err());
    assertEquals(Reports.withoutKernel(here), Reports.withoutKernel(there));
    assertEquals(List.of("FAILED"), states());

    for (String check : List.of("gates", "driver")) {
      JavaProcess.Output checked = cluster.run(folder, ClusterPage.command(check, folder, there));
      assertNotEquals(0, checked.exitCode(), check + checked.out() + checked.err());
    }
  }

  private static List<String> states() throws Exception {
    List<String> states = new ArrayList<>();
    for (JsonNode driver : cluster.status().get("completeddrivers")) {
      states.add(driver.get("state").asText());
    }
    return states;
  }
}
