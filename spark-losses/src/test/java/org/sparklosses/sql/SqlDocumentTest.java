// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;
import org.sparklosses.testing.Shown;

/** The page on SQL shows what its examples print. */
@ExtendWith(SharedSession.class)
class SqlDocumentTest {

  private final SparkSession spark;

  SqlDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void examplesPrintWhatThePageShows() {
    List<MarkdownPage.Example> examples = new MarkdownPage("sql.md").examples();
    for (MarkdownPage.Example example : examples) {
      assertEquals(
          example.output().strip(),
          Shown.rows(spark, example.query()).strip(),
          () -> "docs/sql.md shows another output, to be changed by hand, of " + example.query());
    }
    assertEquals(9, examples.size());
  }
}
