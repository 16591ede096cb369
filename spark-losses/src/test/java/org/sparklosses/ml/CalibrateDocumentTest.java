// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.multiclass.ClassCalibrator;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.calibrate.multiclass.TemperatureMix;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;
import org.sparklosses.testing.Shown;

/** The table of methods and the example of SQL on the page of calibrators. */
@ExtendWith(SharedSession.class)
class CalibrateDocumentTest {

  @Test
  void examplesPrintWhatThePageShows(SparkSession spark) {
    CalibratorModel model =
        new CalibratorModel()
            .setFit(
                new ClassFit(new TemperatureMix(3, 0.5, 0.01), "", 99, 99, 2, 1, 0.9, Double.NaN));
    spark
        .range(1)
        .select(lit("sides").as("name"), lit(model.toBytes()).as("model"))
        .createOrReplaceTempView("calibrators");
    List<MarkdownPage.Example> examples = new MarkdownPage("calibrate.md").examples();
    for (MarkdownPage.Example example : examples) {
      assertEquals(
          example.output().strip(),
          Shown.rows(spark, example.query()).strip(),
          () -> "docs/calibrate.md shows another output, to be changed by hand");
    }
    assertEquals(2, examples.size());
  }

  @Test
  void methods() {
    List<String> ofTwoClasses =
        BinaryCalibrators.all().stream().map(calibrator -> calibrator.name()).toList();
    StringBuilder table =
        new StringBuilder("| method | classes | what | map | source |\n|---|---|---|---|---|\n");
    for (ClassCalibrator calibrator : ClassCalibrators.all()) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  calibrator.name(),
                  ofTwoClasses.contains(calibrator.name()) ? "2" : "any",
                  calibrator.summary(),
                  calibrator.formula().replace("|", "\\|"),
                  calibrator.source()));
    }
    new MarkdownPage("calibrate.md").check("methods", table.toString());
  }
}
