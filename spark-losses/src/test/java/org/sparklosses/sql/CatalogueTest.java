// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.GoldenCases;
import org.sparklosses.function.RowFunction;
import org.sparklosses.softmax.PredictionFamily;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.Names;
import org.sparklosses.testing.SharedSession;

/**
 * The catalogue of losses, the functions of SQL, the documentation and the expected values agree.
 */
@ExtendWith(SharedSession.class)
class CatalogueTest {

  private static final String LOSSES = "spark-losses/src/test/resources/catalogue/losses.txt";

  private static final Pattern SIGNATURE = Pattern.compile("^\\*\\*`(\\w+)\\(", Pattern.MULTILINE);

  @Test
  void everyEntryHasExpectedValues() throws IOException {
    Names.assertSame(
        catalogue("losses"),
        GoldenCases.functions(),
        "without expected values in golden/losses.json; write the formula into"
            + " spark-losses/src/test/python/reference/losses, then run: python"
            + " spark-losses/src/test/python/generate.py losses",
        "with expected values, but without a line in " + LOSSES);
  }

  @Test
  void sqlShowsTheCatalogueAndNoMore(SparkSession spark) throws IOException {
    List<String> shown =
        spark.sql("SHOW FUNCTIONS").collectAsList().stream().map(row -> row.getString(0)).toList();
    Set<String> ours = new TreeSet<>();
    for (Function function : spark.catalog().listFunctions().collectAsList()) {
      if (RowFunction.class.getName().equals(function.className())) {
        ours.add(function.name());
      }
    }
    ours.retainAll(shown);
    Names.assertSame(
        entries(),
        ours,
        "in %s or scores.txt, but not in SQL; is its family in %s?"
            .formatted(
                LOSSES,
                "spark-losses/src/main/resources/META-INF/services/"
                    + FunctionFamily.class.getName()),
        "in SQL, but without a line in %s, or in scores.txt if golden/losses.json is not to have"
                .formatted(LOSSES)
            + " values of it");
  }

  @Test
  void documentationDescribesTheCatalogueAndNoMore() throws IOException {
    Set<String> described = new TreeSet<>();
    Matcher signature = SIGNATURE.matcher(new MarkdownPage("losses.md").part("families"));
    while (signature.find()) {
      described.add(signature.group(1));
    }
    Names.assertSame(
        entries(),
        described,
        "not on docs/losses.md; to write it: " + MarkdownPage.command(LossesDocumentTest.class),
        "on docs/losses.md, but without a line in " + LOSSES + " or scores.txt");
  }

  /** The losses, the scores and the functions that say what a row predicts. */
  private static Set<String> entries() throws IOException {
    Set<String> names = catalogue("losses");
    names.addAll(catalogue("scores"));
    new PredictionFamily().functions().forEach(function -> names.add(function.name()));
    return names;
  }

  private static Set<String> catalogue(String part) throws IOException {
    String path = "/catalogue/" + part + ".txt";
    try (InputStream in = CatalogueTest.class.getResourceAsStream(path)) {
      String names = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TreeSet<>(names.lines().toList());
    }
  }
}
