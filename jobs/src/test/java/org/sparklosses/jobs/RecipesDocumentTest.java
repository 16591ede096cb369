// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;
import org.sparklosses.testing.Shown;

/**
 * The queries and commands of the recipes run as they stand, from the first line of the page to its
 * last, and print what the page shows.
 */
@ExtendWith(SharedSession.class)
class RecipesDocumentTest {

  /** A fence, and the part of the page that shows what comes of it. */
  private static final Pattern STEP =
      Pattern.compile("(?s)```(sql|sh)\n(.*?)```\n(?:<!-- ([a-z-]+) -->)?");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** Of the commands whose gates are violated; those of all others are 0. */
  private static final Map<String, Integer> EXIT_CODES = Map.of("alert", 5, "demand", 5);

  /** A table that is not there: this command is read and not run. */
  private static final String WIDE = "--input tokens.parquet";

  /** What an implementation in Python gives for the tables of the page. */
  private static final Map<String, List<String>> EXPECTED =
      Map.of(
          "weeks",
              List.of(
                  "0.8429", "0.6171", "0.3719", "0.0199", "0.3731", "0.0235", "0.3943", "0.0113",
                  "0.8831"),
          "tokens", List.of("|4.0 ", "2.34528"),
          "fraud", List.of("|98 ", "0.949 ", "0.0078", "0.2143", "14.9", "1.07 "),
          "corrected", List.of("8.5E-5", "4.6E-5"),
          "answers",
              List.of("0.753", "0.752", "0.015", "0.099", "0.621", "0.368", "0.385", "0.548"),
          "costs", List.of("|693 ", "|995 ", "|9045 "),
          "demand", List.of("0.832"),
          "orders", List.of("2.2513", "2.5416"));

  private final MarkdownPage page = new MarkdownPage("recipes.md");

  private final SparkSession spark;

  @TempDir private Path folder;

  RecipesDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void stepsPrintWhatThePageShows() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "recipes.md"));
    Set<String> shown = new TreeSet<>();
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      String printed =
          step.group(1).equals("sql")
              ? ofQuery(step.group(2), step.group(3))
              : ofCommand(step.group(2), step.group(3));
      if (step.group(3) != null) {
        shown.add(step.group(3));
        for (String number : EXPECTED.getOrDefault(step.group(3), List.of())) {
          assertTrue(printed.contains(number), () -> number + " in " + printed);
        }
        page.check(step.group(3), "```text\n" + printed.strip() + "\n```\n");
      }
    }
    assertEquals(13, shown.size(), shown.toString());
  }

  private String ofQuery(String query, String part) {
    if (part == null) {
      spark.sql(query);
      return "";
    }
    return Shown.rows(spark, query);
  }

  private String ofCommand(String command, String part) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replace("\\\n", " "));
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    words.replaceAll(w -> w.replaceFirst("^jobs/", ""));
    words.replaceAll(w -> w.equals("report") ? folder.resolve("of_" + part).toString() : w);
    String[] arguments = words.toArray(String[]::new);
    if (command.contains(WIDE)) {
      Main.commandLine().parseArgs(arguments);
      return "";
    }
    CommandRun run = CommandRun.of(arguments);
    assertEquals(EXIT_CODES.getOrDefault(part + "", 0), run.exitCode(), run.err());
    return run.out().lines().filter(line -> !line.contains(folder.toString())).toList().stream()
            .reduce("", (a, b) -> a + b.stripTrailing() + "\n")
        + run.err();
  }
}
