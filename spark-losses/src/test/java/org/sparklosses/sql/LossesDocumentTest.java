// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.Names;
import org.sparklosses.testing.SharedSession;

/** The page on losses says what the definitions say, and what its examples print. */
@ExtendWith(SharedSession.class)
class LossesDocumentTest {

  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  private final MarkdownPage page = new MarkdownPage("losses.md");
  private final SparkSession spark;

  LossesDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void contentsListTheFamilies() {
    page.check("contents", LossesPage.contents());
  }

  @Test
  void sectionsDescribeTheFamilies() {
    page.check("families", LossesPage.families(spark));
  }

  @Test
  void papersLeadToEveryFunction() {
    page.check("papers", LossesPage.papers());
    Set<String> all = new TreeSet<>();
    RowFunctions.all().stream().map(RowFunction::name).forEach(all::add);
    Set<String> found = new TreeSet<>();
    Matcher name = NAME.matcher(page.part("papers"));
    while (name.find()) {
      found.add(name.group(1));
    }
    Names.assertAllIn(
        found, all, "in no line of docs/losses.md, part papers; does its source name a paper?");
  }
}
