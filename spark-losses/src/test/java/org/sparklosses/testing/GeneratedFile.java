// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import static java.lang.StackWalker.Option.RETAIN_CLASS_REFERENCE;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is generated as a whole: tests compare it with what it should be, or write it when
 * run with {@code -Ddocs.write=true}.
 */
public final class GeneratedFile {

  private final Path path;

  /** The file at a path of this module. */
  public GeneratedFile(String path) {
    this.path = Path.of(path);
  }

  /** Compares the file, or writes it. */
  public void check(String expected) throws IOException {
    Class<?> test = StackWalker.getInstance(RETAIN_CLASS_REFERENCE).getCallerClass();
    if (Boolean.getBoolean("docs.write")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    String actual = Files.exists(path) ? Files.readString(path) : "";
    if (!expected.equals(actual)) {
      fail(
          "%s %sto write it: %s"
              .formatted(path, FirstDifference.of(expected, actual), MarkdownPage.command(test)));
    }
  }
}
