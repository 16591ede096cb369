// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a note in a process of its own and writes it with its outputs. The working folder is that of
 * the checkout. Arguments: the note, the file to write, the class path for paragraphs of Scala.
 */
final class NoteRun {

  private final SparkSession spark;
  private final Path classes;
  private final String classPath;
  private ScalaShell shell;

  private NoteRun(SparkSession spark, Path classes, String classPath) {
    this.spark = spark;
    this.classes = classes;
    this.classPath = classPath;
  }

  public static void main(String[] arguments) throws IOException {
    Note note = Note.read(Path.of(arguments[0]));
    Path classes = Files.createTempDirectory(Path.of(arguments[1]).getParent(), "repl");
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName(note.name())
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.repl.class.outputDir", classes.toString())
            .config("spark.sql.warehouse.dir", classes.resolveSibling("warehouse").toString())
            .getOrCreate();
    NoteRun run = new NoteRun(spark, classes, arguments[2]);
    for (Note.Paragraph paragraph : note.paragraphs()) {
      paragraph.setMessages(Display.messages(run.output(paragraph.code())));
    }
    note.write(Path.of(arguments[1]));
    spark.stop();
  }

  private String output(ParagraphCode code) {
    return switch (code.interpreter()) {
      case "md" -> Markdown.html(code.script());
      case "spark.sql" -> sql(code.filled());
      case "spark" -> shell().run(code.script());
      default -> throw new IllegalArgumentException("no interpreter %" + code.interpreter());
    };
  }

  private String sql(String script) {
    StringBuilder output = new StringBuilder();
    for (String statement : SqlStatements.of(script)) {
      output.append(TableText.of(spark.sql(statement), TableText.ROWS));
    }
    return output.toString();
  }

  /** Started by the first paragraph of Scala, as that takes seconds. */
  private ScalaShell shell() {
    if (shell == null) {
      shell = new ScalaShell(spark, classes, classPath);
    }
    return shell;
  }
}
