// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.ml.Calibrator;
import org.sparklosses.testing.SharedSession;

/** A pipeline with a calibrator gives the same bits in another process. */
@ExtendWith(SharedSession.class)
class SavedPipelineTest {

  private static final int ROWS = 300;

  @TempDir private Path folder;

  @Test
  void sameBitsInAnotherProcess(SparkSession spark) throws Exception {
    String path = folder.resolve("table").toString();
    spark
        .range(0, ROWS, 1, 2)
        .selectExpr(
            "id",
            "CAST(id % 3 AS DOUBLE) AS three",
            "CAST(id % 2 AS DOUBLE) AS two",
            "sin(id) + id % 3 AS a",
            "cos(id * 7) - id % 2 AS b")
        .write()
        .parquet(path);
    Dataset<Row> table = spark.read().parquet(path);
    List<String> arguments = new ArrayList<>(List.of(SavedPipeline.class.getName(), path));
    List<String> expected = new ArrayList<>();
    for (String method :
        List.of("structured_matrix_scaling", "temperature", "venn_abers", "auto")) {
      String label = method.equals("venn_abers") ? "two" : "three";
      PipelineModel model = pipeline(label, method).fit(table);
      String saved = folder.resolve(method).toString();
      model.save(saved);
      arguments.add(saved);
      expected.addAll(SavedPipeline.bits(model.transform(table)));
    }
    List<String> options = new ArrayList<>(JavaProcess.moduleOptions());
    options.addAll(List.of("-Xmx1g", "-Dspark.master=local[3]", "-Dspark.ui.enabled=false"));
    Path ownClasses =
        Path.of(SavedPipeline.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    options.add("-cp");
    options.add(
        Stream.concat(JavaProcess.classPath().stream(), Stream.of(ownClasses))
            .map(entry -> entry.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    JavaProcess.Output output = JavaProcess.in(folder, folder).java(options, arguments).succeeded();
    List<String> bits = output.out().lines().filter(line -> line.startsWith("bits ")).toList();
    assertEquals(4 * ROWS, bits.size());
    assertEquals(expected, bits);
    assertTrue(expected.stream().distinct().count() > ROWS);
  }

  private static Pipeline pipeline(String label, String method) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("raw"),
              new StandardScaler().setInputCol("raw").setOutputCol("features"),
              new LogisticRegression().setLabelCol(label),
              new Calibrator()
                  .setRawPredictionCol("rawPrediction")
                  .setLabelCol(label)
                  .setMethod(method)
            });
  }
}
