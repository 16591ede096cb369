// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.MarkdownPage;

/**
 * Every page of the guide is in the navigation of the site and in llms.txt, the list of pages for
 * programs that read documentation.
 */
class GuideTest {

  private static final Path ROOT = Path.of("..");

  private static final Path DOCS = ROOT.resolve("docs");

  private static final String ADDRESS =
      "https://github.com/spark-losses/spark-losses/blob/main/docs/";

  /** A group of pages, or a page, of the navigation. */
  private static final Pattern ENTRY =
      Pattern.compile("\\{ \"([^\"]+)\" = (?:\\[|\"([^\"]+)\" \\})");

  /** Up to the first end of a sentence; the text of a link stands for it. */
  private static final Pattern SENTENCE = Pattern.compile("^(.*?[.:?!])(?:\\s|$)", Pattern.DOTALL);

  private static List<MatchResult> navigation() throws IOException {
    return ENTRY.matcher(Files.readString(ROOT.resolve(".zensical.toml"))).results().toList();
  }

  private static String summary(String page) throws IOException {
    String prose =
        Files.readString(DOCS.resolve(page))
            .lines()
            .dropWhile(line -> !line.startsWith("# "))
            .skip(1)
            .dropWhile(String::isBlank)
            .takeWhile(line -> !line.isBlank())
            .collect(Collectors.joining(" "))
            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
    Matcher sentence = SENTENCE.matcher(prose);
    assertTrue(sentence.find(), page + " begins with no sentence: " + prose);
    return sentence.group(1);
  }

  @Test
  void everyPageIsInTheNavigation() throws IOException {
    List<String> named =
        navigation().stream().map(entry -> entry.group(2)).filter(page -> page != null).toList();
    try (Stream<Path> pages = Files.list(DOCS)) {
      assertEquals(
          pages
              .map(page -> page.getFileName().toString())
              .filter(page -> page.endsWith(".md"))
              .collect(Collectors.toCollection(TreeSet::new)),
          new TreeSet<>(named));
    }
    assertEquals(new TreeSet<>(named).size(), named.size(), "a page is named twice");
  }

  @Test
  void llmsTxtHasEveryPageWithItsFirstSentence() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# spark-losses");
    lines.add("");
    lines.add(
        "> " + summary("index.md") + " A Java library on Apache Spark for tables of predictions.");
    for (MatchResult entry : navigation()) {
      if (entry.group(2) == null) {
        lines.addAll(List.of("", "## " + entry.group(1), ""));
      } else if (!entry.group(2).equals("index.md")) {
        lines.add(
            "- [%s](%s%s): %s"
                .formatted(entry.group(1), ADDRESS, entry.group(2), summary(entry.group(2))));
      }
    }
    String expected = String.join("\n", lines) + "\n";
    Path file = DOCS.resolve("llms.txt");
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(file, expected);
    }
    assertEquals(
        expected,
        Files.readString(file),
        () -> "to write docs/llms.txt: " + MarkdownPage.command(GuideTest.class));
  }
}
