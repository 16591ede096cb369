// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.Names;

/** The floors of the page on the architecture are those of the code. */
class ArchitectureTest {

  private static final String OWN = "org.sparklosses.";

  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/java"), Path.of("../jobs/src/main/java"));

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\|[^|]*\\|([^|]*)\\|([^|]*)\\|$", Pattern.MULTILINE);

  private static final Pattern JDK = Pattern.compile("(java|javax|com\\.sun|jdk)\\.");

  /** Within a unit in the last place, and so not the same everywhere. */
  private static final Pattern ROUNDED =
      Pattern.compile(
          "(?<!Strict)\\bMath\\.(a?(sin|cos|tan)h?|atan2|cbrt|exp|expm1|hypot|log|log10|log1p|pow)\\b");

  /** By how their packages begin, the longest first; Scala comes with Spark. */
  private static final Map<String, String> LIBRARIES = new LinkedHashMap<>();

  static {
    LIBRARIES.put("org.apache.spark.ml.", "MLlib");
    LIBRARIES.put("org.apache.spark.", "Spark");
    LIBRARIES.put("scala.", "Spark");
    LIBRARIES.put("org.apache.hadoop.", "Hadoop");
    LIBRARIES.put("org.apache.commons.math3.", "commons-math3");
    LIBRARIES.put("com.fasterxml.jackson.", "Jackson");
    LIBRARIES.put("org.apache.parquet.", "Parquet");
    LIBRARIES.put("org.apache.logging.log4j.", "Log4j");
    LIBRARIES.put("org.slf4j.", "SLF4J");
    LIBRARIES.put("picocli.", "picocli");
  }

  /** Packages of the page, from the ground up. */
  private final Map<String, Set<String>> floors = new LinkedHashMap<>();

  ArchitectureTest() {
    Matcher row = ROW.matcher(new MarkdownPage("architecture.md").part("floors"));
    while (row.find()) {
      Set<String> imports = names(row.group(2).replace("`", ""));
      imports.addAll(names(row.group(3)));
      floors.put(row.group(1), imports);
    }
  }

  private static Set<String> names(String cell) {
    return Arrays.stream(cell.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyPackageHasItsFloor() {
    Names.assertSame(
        floors.keySet(),
        imports().keySet(),
        "on docs/architecture.md, part floors, but no package",
        "a package without a line on docs/architecture.md, part floors");
  }

  @Test
  void packagesImportWhatThePageSays() {
    imports()
        .forEach(
            (name, found) ->
                Names.assertSame(
                    floors.get(name),
                    found.keySet(),
                    "docs/architecture.md, part floors, lists it for %s, which does not import it"
                        .formatted(name),
                    "imported by %s, for which docs/architecture.md, part floors, does not list it (%s)"
                        .formatted(name, found)));
  }

  @Test
  void nothingImportsWhatIsAboveIt() {
    Set<String> below = new TreeSet<>();
    floors.forEach(
        (name, imports) -> {
          Set<String> above = new TreeSet<>(imports);
          above.removeAll(LIBRARIES.values());
          above.removeAll(below);
          assertTrue(above.isEmpty(), () -> name + " imports " + above + ", which is not below it");
          below.add(name);
        });
    assertEquals(floors.keySet(), below);
  }

  /** What a report draws, and rows that a job makes up, need not be the same to the last bit. */
  @Test
  void valuesAreTheSameOnEveryCpu() {
    Set<String> uses = new TreeSet<>();
    Path root = SOURCES.get(0);
    for (Path file : files(root)) {
      Matcher use = ROUNDED.matcher(text(file));
      boolean isDrawn = root.relativize(file).getName(2).toString().equals("report");
      while (!isDrawn && use.find()) {
        uses.add(file.getFileName() + " " + use.group());
      }
    }
    Names.assertAllIn(Set.of(), uses, "not the same on every CPU: take it from StrictMath");
  }

  /** Of each package what it imports, with a file that does. */
  private static Map<String, Map<String, String>> imports() {
    Map<String, Map<String, String>> imports = new TreeMap<>();
    for (Path root : SOURCES) {
      for (Path file : files(root)) {
        String name = root.relativize(file).getName(2).toString();
        Map<String, String> found = imports.computeIfAbsent(name, key -> new TreeMap<>());
        Matcher line = IMPORT.matcher(text(file));
        while (line.find()) {
          String imported = imported(line.group(1));
          if (!imported.isEmpty() && !imported.equals(name)) {
            found.putIfAbsent(imported, file.getFileName().toString());
          }
        }
      }
    }
    return imports;
  }

  /** The package of this library, or the library; empty of the JDK. */
  private static String imported(String type) {
    if (type.startsWith(OWN)) {
      return type.split("\\.", -1)[2];
    }
    return LIBRARIES.entrySet().stream()
        .filter(library -> type.startsWith(library.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> JDK.matcher(type).lookingAt() ? "" : "unknown " + type);
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
