// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.jobs.CommandRun;
import org.sparklosses.jobs.ExecutorKiller;
import org.sparklosses.jobs.JavaProcess;
import org.sparklosses.jobs.JobJar;
import org.sparklosses.jobs.TaskEnds;
import org.sparklosses.testing.SharedSession;

/**
 * Executors that are lost, tasks that are done twice, and what clusters are tuned by leave the
 * result as it is: no row is counted twice.
 */
@Tag("cluster")
@ExtendWith(SharedSession.class)
class UnreliableClusterTest {

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Path plugins;
  private static List<String> job;
  private static Map<String, String> quiet;

  @BeforeAll
  static void start(SparkSession spark) throws Exception {
    Path table = folder.resolve("table");
    ClusterTable.of(spark).repartition(ExecutorKiller.TASKS).write().parquet(table.toString());
    job = new ArrayList<>(List.of("evaluate", "--input", table.toString(), "--logits", "logits"));
    job.addAll(List.of("--weight", "weight", "--slice", "country", "--bootstrap", "id"));
    job.addAll(List.of("--replicates", "20", "--standard-errors", "--figures", "--output"));
    String output = folder.resolve("quiet").toString();
    CommandRun run = CommandRun.of(with(output).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    quiet = Reports.withoutKernel(Path.of(output));
    plugins =
        JobJar.ofClasses(folder.resolve("plugins.jar"), ExecutorKiller.class, Straggler.class);
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void killedExecutor() throws Exception {
    TaskEnds ends =
        run(
            "killed",
            List.of(
                "spark.plugins=" + ExecutorKiller.class.getName(),
                "spark.executor.cores=1",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer"));
    ends.assertExecutorLost();
  }

  @Test
  void killedExecutorOfDynamicAllocationWithTasksOfTwoCores() throws Exception {
    TaskEnds ends =
        run(
            "dynamic",
            List.of(
                "spark.plugins=" + ExecutorKiller.class.getName(),
                "spark.task.cpus=2",
                "spark.executor.cores=2",
                "spark.dynamicAllocation.enabled=true",
                "spark.dynamicAllocation.shuffleTracking.enabled=true"));
    ends.assertExecutorLost();
  }

  @Test
  void taskThatIsDoneTwice() throws Exception {
    TaskEnds ends =
        run(
            "speculation",
            List.of(
                "spark.plugins=" + Straggler.class.getName(),
                "spark.executor.cores=2",
                "spark.speculation=true",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer"));
    assertTrue(
        ends.ends().stream()
            .anyMatch(
                end -> end.task() == Straggler.TASK && end.isSpeculative() && end.isSuccess()),
        ends.toString());
  }

  /** Runs the job with these settings and compares the result. */
  private static TaskEnds run(String name, Collection<String> settings) throws Exception {
    Path log = Files.createDirectory(folder.resolve(name + "-log"));
    List<String> all = new ArrayList<>(TaskEnds.settings(log));
    all.addAll(settings);
    // One task a file, however small files are.
    all.add("spark.sql.files.openCostInBytes=" + (128 << 20));
    Path output = folder.resolve(name);
    String command =
        "spark-submit --master $MASTER --jars %s --conf %s $JOBS %s"
            .formatted(
                plugins, String.join(" --conf ", all), String.join(" ", with(output.toString())));
    JavaProcess.Output ran = cluster.run(folder, command).succeeded();
    assertEquals(quiet, Reports.withoutKernel(output), ran::err);
    return TaskEnds.read(log);
  }

  private static List<String> with(String output) {
    List<String> arguments = new ArrayList<>(job);
    arguments.add(output);
    return arguments;
  }
}
