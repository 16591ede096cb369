// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The Python environments that {@code .ci/python} made, one a version of PySpark; those of another
 * folder with {@code -Dpython.home}.
 *
 * @param folder with {@code bin/python}
 */
public record PythonHome(Path folder) {

  private static final Path DEFAULT = Path.of("..", "target", "python");

  /** Skips the test where there is none; where CI is set, fails it. */
  static void assumeAny() throws IOException {
    assume(all().findAny().isPresent(), "");
  }

  /** That of a version of PySpark; as above where there is none. */
  public static PythonHome of(String version) {
    PythonHome home = new PythonHome(home().resolve(version));
    assume(Files.isExecutable(Path.of(home.program("python"))), version);
    return home;
  }

  private static void assume(boolean isThere, String version) {
    String remedy =
        "no Python in %s; run .ci/python %s".formatted(home().resolve(version), version).strip();
    assertFalse(!isThere && "true".equals(System.getenv("CI")), remedy);
    assumeTrue(isThere, remedy);
  }

  /** All there are, by version. */
  static Stream<PythonHome> all() throws IOException {
    if (!Files.isDirectory(home())) {
      return Stream.of();
    }
    try (Stream<Path> folders = Files.list(home())) {
      return folders
          .filter(folder -> Files.isExecutable(folder.resolve("bin/python")))
          .sorted()
          .map(PythonHome::new)
          .toList()
          .stream();
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("python.home", DEFAULT.toString()))
        .toAbsolutePath()
        .normalize();
  }

  /** The version of PySpark. */
  String version() {
    return folder.getFileName().toString();
  }

  /** Whether PySpark can start a server of Spark Connect by itself. */
  boolean hasConnect() {
    return !version().startsWith("3.");
  }

  /** The path of one of its programs. */
  public String program(String name) {
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
