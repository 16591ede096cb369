// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.evaluate.Evaluation;

/** What the jobs' jar is made of. */
class ProductionClassesTest {

  /** They compile beside the tests; the jar is made of the classes of both modules. */
  @Test
  void benchmarksAreNotAmongThem() throws IOException {
    List<Path> benchmarks = new ArrayList<>();
    for (Path module : List.of(Path.of("."), Path.of("../spark-losses"))) {
      benchmarks.addAll(sources(module.resolve("src/benchmark/java")));
    }
    assertNotEquals(List.of(), benchmarks);
    try (URLClassLoader jar =
        new URLClassLoader(new URL[] {home(Main.class), home(Evaluation.class)}, null)) {
      assertNotNull(jar.getResource(classFile(Path.of("org/sparklosses/jobs/Main.java"))));
      assertEquals(
          List.of(),
          benchmarks.stream().filter(s -> jar.getResource(classFile(s)) != null).toList());
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).map(root::relativize).toList();
    }
  }

  private static String classFile(Path source) {
    return source.toString().replaceFirst("\\.java$", ".class");
  }

  private static URL home(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
