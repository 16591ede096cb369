// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the Java of the guide as it stands on its pages, from the first line of a page to its last.
 */
class DocumentedJavaTest {

  private static final Path DOCS = Path.of("..", "docs");

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import java.util.*;
      import org.apache.spark.sql.*;
      import static org.apache.spark.sql.functions.*;
      import org.sparklosses.calibrate.multiclass.ClassFit;
      import org.sparklosses.compare.*;
      import org.sparklosses.conformal.*;
      import org.sparklosses.evaluate.*;
      import org.sparklosses.forecast.*;
      import org.sparklosses.metric.*;
      import org.sparklosses.ml.*;
      import org.sparklosses.table.*;
      SparkSession spark = org.sparklosses.testing.SharedSession.get();
      Dataset<Row> predictions = spark.read().option("header", true).option("inferSchema", true)
          .csv("sample/digits.csv")
          .selectExpr("*", "array(logit_0, logit_1, logit_2, logit_3, logit_4, logit_5, logit_6,"
              + " logit_7, logit_8, logit_9) AS logits", "monotonically_increasing_id() AS row_id")
          .selectExpr("*", "transform(logits, z -> z / 2) AS halved", "row_id % 3 AS site");
      predictions = predictions.localCheckpoint();
      Dataset<Row> table = predictions;
      Dataset<Row> calibrationRows = predictions.where("split = 'calibration'");
      Dataset<Row> testRows = predictions.where("split = 'test'");
      """;

  /** What a page takes for granted, by its name. */
  private static final Map<String, String> BEFORE =
      Map.of(
          "calibrate.md",
          """
          byte[] stateOfMarch = spark.sql("SELECT evaluation_state(p, y, 'input=probabilities; metrics=recalibration_gain') FROM"
              + " (SELECT (id % 97 + 1) / 99D AS p, int(id % 3 = 0) AS y FROM range(400))").head().getAs(0);
          spark.sql("DROP TABLE IF EXISTS calibrators");
          org.apache.commons.io.FileUtils.deleteQuietly(
              new java.io.File("target/spark-warehouse/calibrators"));
          Dataset<Row> rows = spark.range(4000).selectExpr(
              "id % 2 AS discounted", "0.5D AS probabilityOfDiscount", "double(id % 40) AS predictedGain",
              "double(id % 7) AS expectedWithout", "double(id % 7 + id % 40) AS expectedWith",
              "double(id % 7 + (id % 2) * (id % 40) / 2) AS spent");
          Dataset<Row> others = rows;
          """,
          "conformal.md",
          """
          calibrationRows = calibrationRows.selectExpr("*", "label + logits[0] / 9 - 2D AS q05",
              "label + logits[0] / 9 + 2D AS q95", "array(0.9D, 0.4D, 0.01D) AS losses");
          testRows = testRows.selectExpr("*", "label - 2D AS q05", "label + 2D AS q95");
          """,
          "outliers.md",
          """
          import org.apache.spark.ml.feature.VectorAssembler;
          Dataset<Row> features = spark.range(600).selectExpr("sin(id) AS x", "cos(3 * id) AS y",
              "int(id % 2) AS label", "int(id % 3 > 0) AS inside");
          Dataset<Row> training = new VectorAssembler().setInputCols(new String[] {"x", "y"})
              .setOutputCol("features").transform(features);
          Dataset<Row> mixed = training;
          """,
          "regression.md",
          """
          spark.sql("CREATE OR REPLACE TEMPORARY VIEW forecasts AS SELECT id, y + 0.75D * (id % 7 - 3) AS mu,"
              + " IF(id % 4 = 0, 2D, 1D) AS sigma, y, IF(id % 2 = 0, 'coast', 'inland') AS site"
              + " FROM (SELECT id, CAST(id % 10 AS DOUBLE) AS y FROM range(0, 200))");
          """);

  static Stream<String> pages() throws IOException {
    try (Stream<Path> pages = Files.list(DOCS)) {
      return pages
          .filter(page -> page.toString().endsWith(".md"))
          .filter(page -> JAVA.matcher(text(page)).find())
          .map(page -> page.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void runs(String page) {
    try (Notebook notebook = new Notebook()) {
      notebook.run(IMPORTS);
      notebook.run(BEFORE.getOrDefault(page, ""));
      JAVA.matcher(text(DOCS.resolve(page)))
          .results()
          .forEach(block -> notebook.run(block.group(1)));
    }
  }

  @Test
  void aStatementThatFailsEndsTheTest() {
    try (Notebook notebook = new Notebook()) {
      notebook.run(IMPORTS);
      assertEquals("1079", notebook.value("predictions.count()"));
      for (String wrong :
          new String[] {"int x = \"text\";", "noSuchName.run();", "Integer.parseInt(\"x\");"}) {
        boolean isRefused = false;
        try {
          notebook.run(wrong);
        } catch (AssertionError e) {
          isRefused = true;
        }
        assertEquals(true, isRefused, wrong);
      }
    }
  }
}
