// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.testing.SharedSession;

/** What the log of a job says while it runs. */
@ExtendWith(SharedSession.class)
class StageProgressTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  StageProgressTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void stagesTellTasksRowsAndRate() throws Exception {
    String path = folder.resolve("rows").toString();
    spark
        .range(0, 900, 1, 3)
        .selectExpr("array(float(id % 7), 3F) AS z", "int(id % 2) AS label")
        .write()
        .parquet(path);
    // A file a task.
    spark.conf().set("spark.sql.files.openCostInBytes", "1g");
    List<String> lines = new CopyOnWriteArrayList<>();
    StageProgress progress = new StageProgress(0, lines::add);
    spark.sparkContext().addSparkListener(progress);
    try {
      Dataset<Row> rows = spark.read().parquet(path);
      spark.sparkContext().listenerBus().waitUntilEmpty();
      lines.clear();
      Evaluation.ofLogits("z").metrics("log_loss").run(rows);
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(progress);
      spark.conf().unset("spark.sql.files.openCostInBytes");
    }
    List<String> stages =
        lines.stream().map(line -> line.replaceAll("\\d+\\.\\d s.*", "t")).toList();
    String stage = "stage \\d+";
    assertTrue(
        stages
            .get(0)
            .matches(stage + " started: 3 tasks \\(evaluate: pass 1 of 1, 1 metric, 0 slices\\)"),
        stages.toString());
    assertTrue(stages.get(1).matches(stage + ": 1 of 3 tasks, 300 rows in t"), stages.toString());
    assertTrue(stages.get(2).matches(stage + ": 2 of 3 tasks, 600 rows in t"), stages.toString());
    assertTrue(stages.get(3).matches(stage + " done: 3 tasks, 900 rows in t"), stages.toString());
  }

  @Test
  void theClosingLine() {
    assertEquals(
        "1,200,000 rows in 2.5 s, 480,000 rows/s, kernel vector-256",
        StageProgress.line(new StageProgress.Done(1_200_000, Optional.of("vector-256")), 2.5));
    assertEquals(
        "3 rows in 0.0 s", StageProgress.line(new StageProgress.Done(3, Optional.empty()), 0));
  }
}
