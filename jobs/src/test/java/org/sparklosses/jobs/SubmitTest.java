package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.testing.SharedSession;

/** A job submitted to a cluster of two executors, each a JVM of its own that has the job's jar. */
@ExtendWith(SharedSession.class)
class SubmitTest {

  @TempDir private Path folder;

  @Test
  void sameBitsAsInOneProcess(SparkSession spark) throws Exception {
    Path table = folder.resolve("table");
    new SyntheticTable(2000, 20, 7, 2, 1.5, 4).create(spark).write().parquet(table.toString());

    List<String> job =
        List.of(
            "evaluate",
            "--input",
            table.toString(),
            "--logits",
            "logits",
            "--weight",
            "weight",
            "--slice",
            "segment",
            "--output");
    String here = folder.resolve("here").toString();
    String there = folder.resolve("there").toString();
    CommandRun run = CommandRun.of(with(job, here).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    submit(with(job, there));

    JsonNode expected = ReportFile.read(Path.of(here)).root();
    JsonNode found = ReportFile.read(Path.of(there)).root();
    assertEquals(expected.get("overall").toString(), found.get("overall").toString());
    assertEquals(expected.get("slices").toString(), found.get("slices").toString());
    assertEquals(2000, found.get("overall").get("rows").get("evaluated").asLong());
    assertEquals(8, found.get("slices").size());
  }

  private void submit(List<String> job) throws IOException, InterruptedException {
    Path home = folder.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    List<Path> own = new ArrayList<>();
    for (Path entry : JavaProcess.classPath()) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry) || name.matches("(spark-losses|picocli)-.*\\.jar")) {
        own.add(entry);
      } else {
        Files.createSymbolicLink(jars.resolve(name), entry);
      }
    }
    Path jar = JobJar.write(folder.resolve("job.jar"), own);

    List<String> submit =
        new ArrayList<>(
            List.of(
                "org.apache.spark.launcher.Main",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local-cluster[2,1,1024]",
                "--class",
                Main.class.getName(),
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=1g",
                "--conf",
                "spark.driver.memory=1g",
                jar.toString()));
    submit.addAll(job);
    // The launcher prints the command that spark-submit would run, with the module options.
    JavaProcess launcher = JavaProcess.in(folder, home);
    String printed = launcher.java(List.of("-cp", jars + "/*"), submit);
    List<String> command =
        Arrays.stream(printed.split("\0")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    launcher.run(command);
  }

  private static List<String> with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }
}
