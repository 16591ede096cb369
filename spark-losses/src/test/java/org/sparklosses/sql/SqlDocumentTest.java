// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;
import org.sparklosses.testing.Shown;

/** The pages show what their SQL prints. */
@ExtendWith(SharedSession.class)
class SqlDocumentTest {

  private final SparkSession spark;

  SqlDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @CsvSource({"sql.md, 9", "index.md, 1"})
  void examplesPrintWhatThePageShows(String page, int examples) {
    List<MarkdownPage.Example> found = new MarkdownPage(page).examples();
    for (MarkdownPage.Example example : found) {
      assertEquals(
          example.output().strip(),
          Shown.rows(spark, example.query()).strip(),
          () ->
              "docs/%s shows another output, to be changed by hand, of %s"
                  .formatted(page, example.query()));
    }
    assertEquals(examples, found.size());
  }
}
