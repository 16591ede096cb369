// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.Names;

/** The pages lead to files, headings and tests that are there. */
class LinksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<Path> FOLDERS =
      List.of(
          ROOT,
          ROOT.resolve("docs"),
          ROOT.resolve("docker"),
          ROOT.resolve("notebooks"),
          ROOT.resolve(".github"),
          Path.of("src/main/python"),
          Path.of("src/test/python"));

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern TEST = Pattern.compile("(?<![*\\w])[A-Z]\\w*Test\\b");

  /** The pages by where they are from the root, without their examples. */
  private final Map<Path, String> pages = new TreeMap<>();

  LinksTest() throws IOException {
    for (Path folder : FOLDERS) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
          pages.put(page.toAbsolutePath().normalize(), Files.readString(page));
        }
      }
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Map.Entry<Path, String> page : pages.entrySet()) {
      Matcher link = LINK.matcher(CODE.matcher(page.getValue()).replaceAll(""));
      while (link.find()) {
        links++;
        Path target = page.getKey().resolveSibling(link.group(1)).normalize();
        target = link.group(1).isEmpty() ? page.getKey() : target;
        if (!Files.exists(target) || !hasHeading(target, link.group(2))) {
          broken.add(ROOT.relativize(page.getKey()) + " links to " + link.group());
        }
      }
    }
    assertTrue(broken.isEmpty(), () -> "no such file or heading: " + String.join("; ", broken));
    assertTrue(links > 100, "links: " + links);
  }

  private static boolean hasHeading(Path page, String anchor) throws IOException {
    // An image says after the hash when the site shows it.
    return anchor == null
        || !page.toString().endsWith(".md")
        || HEADING
            .matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
            .results()
            .anyMatch(heading -> anchorOf(heading.group(1)).equals(anchor));
  }

  /** As GitHub makes it. */
  private static String anchorOf(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  @Test
  void namedTestsAreThere() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String page : List.of("CONTRIBUTING.md", "docs/architecture.md")) {
      TEST.matcher(pages.get(ROOT.resolve(page)))
          .results()
          .forEach(test -> named.add(test.group()));
    }
    Set<String> tests = new TreeSet<>();
    for (Path folder : List.of(Path.of("src/test/java"), Path.of("../jobs/src/test/java"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.map(file -> file.getFileName().toString().replace(".java", "")).forEach(tests::add);
      }
    }
    Names.assertAllIn(
        tests, named, "named on CONTRIBUTING.md or docs/architecture.md, but no test");
  }
}
