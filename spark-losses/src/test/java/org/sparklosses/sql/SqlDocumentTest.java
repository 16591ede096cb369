package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.testing.SharedSession;

/** The page on SQL shows what the functions are and what its examples print. */
@ExtendWith(SharedSession.class)
class SqlDocumentTest {

  private static final Path PAGE = Path.of("..", "docs", "sql.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```sql\n(.*?)```\n```text\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern TABLE =
      Pattern.compile("<!-- functions -->\n(.*?)<!-- /functions -->", Pattern.DOTALL);

  private final SparkSession spark;

  SqlDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void examplesPrintWhatThePageShows() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
    int count = 0;
    while (examples.find()) {
      assertEquals(examples.group(2).strip(), printed(examples.group(1)).strip());
      count++;
    }
    assertEquals(4, count);
  }

  @Test
  void tableListsEveryFunction() throws IOException {
    Matcher table = TABLE.matcher(Files.readString(PAGE));
    assertTrue(table.find());
    assertEquals(table(), table.group(1));
  }

  private static String table() {
    StringBuilder rows = new StringBuilder();
    for (RowFunction function : RowFunctions.all()) {
      rows.append("- `").append(function.signature()).append("`  \n  ");
      rows.append(function.summary()).append(" `").append(function.formula()).append("`  \n  ");
      rows.append("Range: ").append(function.range()).append(".\n");
    }
    return rows.toString();
  }

  private String printed(String query) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    scala.Console.withOut(
        out,
        () -> {
          spark.sql(query).show(false);
          return null;
        });
    return out.toString(StandardCharsets.UTF_8);
  }
}
