// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inside a package files stand on one another, and none on itself. */
class FileCirclesTest {

  private static final Path SOURCES = Path.of("src/main/java/org/sparklosses");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exact",
        "metric",
        "metric/family",
        "table",
        "evaluate",
        "compare",
        "forecast",
        "regression",
        "calibrate",
        "conformal",
        "inference",
        "score",
        "report",
        "sql",
        "ml"
      })
  void noFileLeadsBackToItself(String name) {
    SourcePackage files = new SourcePackage(SOURCES.resolve(name));

    assertTrue(files.files().size() > 3);
    assertEquals(
        Set.of(), files.circles(), "files of " + name + " each of which leads back to itself");
  }

  @Test
  void aCircleIsFoundWhateverItsLength(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Row.java"), "record Row(Block block) {}");
    Files.writeString(folder.resolve("Block.java"), "class Block { Column[] columns; }");
    Files.writeString(folder.resolve("Column.java"), "interface Column { void of(Row row); }");
    Files.writeString(folder.resolve("Sum.java"), "class Sum { void add(Row row) {} }");

    assertEquals(Set.of(Set.of("Row", "Block", "Column")), new SourcePackage(folder).circles());
  }

  @Test
  void anImportOfWhatIsInAFileIsAUseOfIt(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Bins.java"),
        """
        package own;
        final class Bins {
          enum Norm { L1, L2 }
          Errors errors;
        }
        """);
    Files.writeString(
        folder.resolve("Errors.java"),
        """
        package own;
        import own.Bins.Norm;
        record Errors(Norm norm) {}
        """);

    assertEquals(Set.of(Set.of("Bins", "Errors")), new SourcePackage(folder).circles());
  }

  @Test
  void whatIsNoUseOfAnotherFileIsNoCircle(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Table.java"),
        """
        import other.Spec;
        /** See {@link Bins}. */
        sealed interface Table permits Bins {
          String NAME = "Bins"; // of Bins
          Spec spec();
        }
        """);
    Files.writeString(folder.resolve("Bins.java"), "final class Bins implements Table {}");
    Files.writeString(folder.resolve("Spec.java"), "record Spec(Table table) {}");

    assertEquals(Set.of(), new SourcePackage(folder).circles());
  }
}
