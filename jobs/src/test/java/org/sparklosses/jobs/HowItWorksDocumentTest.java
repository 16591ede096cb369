// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;
import org.sparklosses.testing.Shown;
import org.w3c.dom.Document;

/** The examples of the page on how it works print what it shows; its picture can be drawn. */
@ExtendWith(SharedSession.class)
class HowItWorksDocumentTest {

  private static final Path DOCS = Path.of("..", "docs");

  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```sql\n(.*?)```\n<!-- ([a-z-]+) -->");

  @Test
  void examplesPrintWhatThePageShows(SparkSession spark) throws IOException {
    spark
        .sql(
            "SELECT id, array(sin(id), cos(id), 0D) AS logits, id % 3 AS label FROM range(0, 1000)")
        .createOrReplaceTempView("scores");
    MarkdownPage page = new MarkdownPage("how-it-works.md");
    List<String> shown = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(DOCS.resolve("how-it-works.md")));
    while (example.find()) {
      shown.add(example.group(2));
      String printed =
          example.group(2).equals("statistics")
              ? Shown.columns(spark, example.group(1))
              : Shown.rows(spark, example.group(1));
      page.check(example.group(2), "```text\n" + printed.strip() + "\n```\n");
    }
    assertEquals(List.of("statistics", "orders", "states"), shown);
    assertTrue(page.part("states").contains("|1     |"), "one state");
  }

  @Test
  void pictureStandsAloneInLightAndDark() throws Exception {
    Path file = DOCS.resolve("images/how-it-works.svg");
    Document picture =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertEquals("0 0 760 300", picture.getDocumentElement().getAttribute("viewBox"));
    String text = Files.readString(file);
    assertTrue(text.contains("prefers-color-scheme: dark"));
    assertFalse(Pattern.compile("(?:href|src)=\"(?!#)|url\\((?!#)").matcher(text).find());
  }
}
