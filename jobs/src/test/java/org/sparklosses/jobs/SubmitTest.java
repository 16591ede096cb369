package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
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
    new SparkSubmit(folder, List.of(), List.of()).run(with(job, there));

    JsonNode expected = ReportFile.read(Path.of(here)).root();
    JsonNode found = ReportFile.read(Path.of(there)).root();
    assertEquals(expected.get("overall").toString(), found.get("overall").toString());
    assertEquals(expected.get("slices").toString(), found.get("slices").toString());
    assertEquals(2000, found.get("overall").get("rows").get("evaluated").asLong());
    assertEquals(8, found.get("slices").size());
  }

  private static List<String> with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }
}
