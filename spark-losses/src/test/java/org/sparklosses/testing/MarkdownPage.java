// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import static java.lang.StackWalker.Option.RETAIN_CLASS_REFERENCE;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation. Parts of it between {@code <!-- name -->} and {@code <!-- /name -->}
 * are generated: tests compare them with what they should be, or write them when run with {@code
 * -Ddocs.write=true}.
 */
public final class MarkdownPage {

  private static final Pattern EXAMPLE =
      Pattern.compile("```sql\n(.*?)```\n```text\n(.*?)```\n", Pattern.DOTALL);

  private final Path path;

  /** The page of this name in the folder {@code docs}. */
  public MarkdownPage(String name) {
    path = Path.of("..", "docs", name);
  }

  /**
   * A query and what it prints.
   *
   * @param query SQL
   * @param output as {@code Dataset.show} prints it
   */
  public record Example(String query, String output) {}

  /** The queries on the page that are followed by their output. */
  public List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(text());
    while (matcher.find()) {
      examples.add(new Example(matcher.group(1), matcher.group(2)));
    }
    return examples;
  }

  /** A generated part. */
  public String part(String name) {
    Matcher matcher = pattern(name).matcher(text());
    if (!matcher.find()) {
      fail(
          "%s has no part %s; add the lines <!-- %2$s --> and <!-- /%2$s --> where it belongs"
              .formatted(shown(), name));
    }
    return matcher.group(1);
  }

  /** Compares a generated part, or writes it. */
  public void check(String name, String expected) {
    Class<?> test = StackWalker.getInstance(RETAIN_CLASS_REFERENCE).getCallerClass();
    if (Boolean.getBoolean("docs.write")) {
      write(name, expected);
    }
    String actual = part(name);
    if (!expected.equals(actual)) {
      fail(
          "%s, part %s, %sto write it: %s"
              .formatted(shown(), name, FirstDifference.of(expected, actual), command(test)));
    }
  }

  /** As seen from the root of the project; tests run in the folder of a module. */
  private String shown() {
    return "docs/" + path.getFileName();
  }

  /** What is run to write the parts that a test compares. */
  public static String command(Class<?> test) {
    return ("mvn -B -ntp -pl %s -am verify -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Ddocs.write=true")
        .formatted(Path.of("").toAbsolutePath().getFileName(), test.getSimpleName());
  }

  private void write(String name, String part) {
    String block = "<!-- " + name + " -->\n" + part + "<!-- /" + name + " -->";
    String text = pattern(name).matcher(text()).replaceFirst(Matcher.quoteReplacement(block));
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pattern pattern(String name) {
    return Pattern.compile("<!-- " + name + " -->\n(.*?)<!-- /" + name + " -->", Pattern.DOTALL);
  }
}
