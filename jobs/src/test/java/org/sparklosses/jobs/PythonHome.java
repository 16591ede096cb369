// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Python environments that {@code .ci/python} made, one a version of PySpark; those of another
 * folder with {@code -Dpython.home}.
 *
 * @param folder with {@code bin/python}
 */
record PythonHome(Path folder) {

  private static final Path DEFAULT = Path.of("..", "target", "python");

  /** All there are; without any the test is skipped, where CI is not set. */
  static Stream<PythonHome> all() throws IOException {
    Path home = Path.of(System.getProperty("python.home", DEFAULT.toString())).toAbsolutePath();
    List<PythonHome> found = List.of();
    if (Files.isDirectory(home)) {
      try (Stream<Path> folders = Files.list(home)) {
        found =
            folders
                .filter(folder -> Files.isExecutable(folder.resolve("bin/python")))
                .sorted()
                .map(PythonHome::new)
                .toList();
      }
    }
    String remedy = "no Python in %s; run .ci/python".formatted(home.normalize());
    assertFalse(found.isEmpty() && "true".equals(System.getenv("CI")), remedy);
    assumeFalse(found.isEmpty(), remedy);
    return found.stream();
  }

  /** The version of PySpark. */
  String version() {
    return folder.getFileName().toString();
  }

  /** Whether PySpark can start a server of Spark Connect by itself. */
  boolean hasConnect() {
    return !version().startsWith("3.");
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  /** A Spark for Scala 2.13, of a PySpark that comes with another; null of any other. */
  String sparkHome() {
    Path spark = folder.resolve("spark");
    return Files.isDirectory(spark) ? spark.toString() : null;
  }

  @Override
  public String toString() {
    return "PySpark " + version();
  }
}
