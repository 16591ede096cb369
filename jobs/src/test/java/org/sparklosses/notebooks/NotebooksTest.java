// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.package$;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.jobs.PythonHome;
import org.sparklosses.testing.OtherJvm;

/**
 * Every note runs from a fresh checkout, and the outputs that are saved in it are those of the run;
 * with {@code -Ddocs.write=true} they are written. A note in Python has a copy for Jupyter from the
 * same run.
 */
class NotebooksTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path NOTES = ROOT.resolve("notebooks");
  private static final Path PYTHON = ROOT.resolve("spark-losses/src/main/python");
  private static final boolean WRITE = Boolean.getBoolean("docs.write");
  private static final String REWRITE =
      "run NotebooksTest with -Ddocs.write=true and look at what changes";

  /** For a process that hangs: they take half a minute, minutes on a machine that is busy. */
  private static final long TIMEOUT_MINUTES = 30;

  @TempDir Path folder;

  static List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(NOTES)) {
      return files.filter(file -> file.toString().endsWith(".zpln")).sorted().toList();
    }
  }

  private static List<Path> notes(boolean inPython) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : notes()) {
      if (Note.read(file).uses("spark.pyspark") == inPython) {
        found.add(file);
      }
    }
    return found;
  }

  static List<Path> notesOfTheJvm() throws IOException {
    return notes(false);
  }

  static List<Path> notesInPython() throws IOException {
    return notes(true);
  }

  @ParameterizedTest
  @MethodSource("notesOfTheJvm")
  void savedOutputsAreThoseOfTheRun(Path file) throws IOException, InterruptedException {
    Path out = folder.resolve("run.zpln");
    run(javaCommand(file, out), Map.of());
    compare(file, Note.read(file), Note.read(out));
  }

  @Tag("python")
  @ParameterizedTest
  @MethodSource("notesInPython")
  void savedOutputsAreThoseOfPython(Path file) throws IOException, InterruptedException {
    Note saved = Note.read(file);
    Path out = folder.resolve("run.zpln");
    Path notebook = folder.resolve("run.ipynb");
    run(
        List.of(
            PythonHome.of(package$.MODULE$.SPARK_VERSION()).program("python"),
            ROOT.resolve("jobs/src/test/python/note_run.py").toString(),
            file.toString(),
            out.toString(),
            notebook.toString()),
        Map.of(
            "PYTHONPATH",
            PYTHON.toString(),
            "PYSPARK_SUBMIT_ARGS",
            "--master local[2] --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=4"
                + " --conf spark.sql.session.timeZone=UTC"
                + (" --conf spark.sql.warehouse.dir=" + folder.resolve("warehouse"))
                + (" --driver-class-path " + library() + " pyspark-shell")));
    Note made = Note.read(out);
    for (Note.Paragraph paragraph : made.paragraphs()) {
      if (paragraph.code().interpreter().equals("md")) {
        paragraph.setMessages(Display.messages(Markdown.html(paragraph.code().script())));
      }
    }
    compare(file, saved, made);
    Path copy = Path.of(file.toString().replaceFirst("_[^_]*[.]zpln$", ".ipynb"));
    String fresh = Files.readString(notebook);
    String kept = Files.exists(copy) ? Files.readString(copy) : "";
    if (WRITE && !Steady.text(fresh).equals(Steady.text(kept))) {
      Files.copy(notebook, copy, StandardCopyOption.REPLACE_EXISTING);
    } else {
      assertEquals(Steady.text(kept), Steady.text(fresh), () -> copy + ": " + REWRITE);
    }
  }

  private static void compare(Path file, Note saved, Note made) throws IOException {
    List<Note.Paragraph> before = saved.paragraphs();
    List<Note.Paragraph> after = made.paragraphs();
    boolean changed = false;
    for (int i = 0; i < before.size(); i++) {
      List<Note.Message> kept = Steady.messages(before.get(i).messages());
      List<Note.Message> fresh = Steady.messages(after.get(i).messages());
      if (!kept.equals(fresh)) {
        if (!WRITE) {
          assertEquals(kept, fresh, file.getFileName() + ", paragraph " + i + ": " + REWRITE);
        }
        before.get(i).setMessages(after.get(i).messages());
        changed = true;
      }
    }
    if (changed) {
      saved.write(file);
    }
  }

  /** The file's name ends with the identifier, by which Zeppelin finds it. */
  @ParameterizedTest
  @MethodSource("notes")
  void notesAreAsZeppelinReadsThem(Path file) throws IOException {
    Note note = Note.read(file);
    assertEquals(
        note.name() + "_" + note.json().get("id").asText() + ".zpln",
        file.getFileName().toString());
    Set<String> ids = new HashSet<>();
    for (Note.Paragraph paragraph : note.paragraphs()) {
      assertTrue(ids.add(paragraph.json().get("id").asText()), "a paragraph's id twice");
      boolean isText = paragraph.code().interpreter().equals("md");
      assertEquals(isText, paragraph.json().at("/config/editorHide").asBoolean());
      assertEquals(isText, paragraph.title().isEmpty(), "code has a title, text has none");
      for (Note.Message message : paragraph.messages()) {
        assertFalse(
            message.type().equals("HTML") && !isText && restyles(message.data()),
            () -> paragraph.title() + " would restyle the notebook: put the page in an iframe");
      }
    }
  }

  /** Whether rules of style stand in the notebook itself. */
  private static boolean restyles(String html) {
    String outside = html.replaceAll("srcdoc=\"[^\"]*\"", "");
    return outside.contains("<body") || outside.matches("(?s).*<style[^>]*>(?!\\s*[.#@]).*");
  }

  /** Charts name columns that the table has, in their places. */
  @ParameterizedTest
  @MethodSource("notes")
  void chartsFitTheirTables(Path file) throws IOException {
    for (Note.Paragraph paragraph : Note.read(file).paragraphs()) {
      for (Note.Message message : paragraph.messages()) {
        if (message.type().equals("TABLE")) {
          List<String> columns = List.of(message.data().lines().findFirst().orElse("").split("\t"));
          for (String role : List.of("keys", "values")) {
            paragraph
                .json()
                .at("/config/results/0/graph/" + role)
                .forEach(
                    column ->
                        assertEquals(
                            column.get("name").asText(),
                            columns.get(column.get("index").asInt()),
                            paragraph::title));
          }
        }
      }
    }
  }

  @Test
  void thereAreFive() throws IOException {
    assertEquals(5, notes().size());
  }

  /** Python says 0.96 and 0.2341 where Scala was told to print 0.9600 and 0.234. */
  @Test
  void pythonGivesTheNumbersOfScala() throws IOException {
    List<List<Double>> scala = numbers("3-", "Accuracy by digit");
    List<List<Double>> python = numbers("4-", "Accuracy by digit");
    assertEquals(10, scala.size());
    assertEquals(scala.size(), python.size());
    for (int row = 0; row < scala.size(); row++) {
      for (int column = 0; column < 4; column++) {
        double places = column == 3 ? 5e-4 : 0;
        assertEquals(scala.get(row).get(column), python.get(row).get(column), places + 1e-12);
      }
    }
  }

  /** The rows of a table that is saved in a note. */
  private static List<List<Double>> numbers(String note, String title) throws IOException {
    Path file =
        notes().stream().filter(f -> f.getFileName().toString().startsWith(note)).findFirst().get();
    return Note.read(file).paragraphs().stream()
        .filter(paragraph -> paragraph.title().equals(title))
        .flatMap(paragraph -> paragraph.messages().stream())
        .filter(message -> message.type().equals("TABLE"))
        .flatMap(message -> message.data().lines().skip(1))
        .map(line -> Stream.of(line.split("\t")).map(Double::valueOf).toList())
        .toList();
  }

  private static List<String> javaCommand(Path note, Path out) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OtherJvm.moduleOptions());
    command.addAll(
        List.of(
            "-Xmx2g",
            "-Duser.timezone=UTC",
            "-cp",
            classPath,
            NoteRun.class.getName(),
            note.toString(),
            out.toString(),
            classPath));
    return command;
  }

  /** Runs a process in the folder of the checkout, where the notes are run from. */
  private void run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES), "no end of " + command);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String printed = Files.readString(log, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), () -> printed);
  }

  /** The library's jar or classes, among what the tests run with. */
  private static String library() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
        .filter(NotebooksTest::holdsLibrary)
        .findFirst()
        .orElseThrow();
  }

  private static boolean holdsLibrary(String entry) {
    return Files.exists(Path.of(entry, "org/sparklosses/sql/SparkLosses.class"))
        || Path.of(entry).getFileName().toString().matches("spark-losses-[0-9].*[.]jar");
  }
}
