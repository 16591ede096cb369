// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.calibrate.multiclass.TemperatureMix;
import org.sparklosses.jobs.DocumentedError.Place;
import org.sparklosses.sql.SparkLosses;
import org.sparklosses.table.NamedException;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The page of errors shows what one is told of a mistake, and the mended call works. */
@ExtendWith(SharedSession.class)
class ErrorsDocumentTest {

  private static final int WIDTH = 88;

  private static final Pattern TABLE = Pattern.compile("(?s)```sql\n(.*?)```");

  /** What Spark puts around the reason for which a call is refused while it is analysed. */
  private static final Pattern REASON =
      Pattern.compile("(?s).*due to data type mismatch: (.*?)\\.?(?: SQLSTATE.*|; line .*|;\n.*)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** Folders that the page names as if jobs were run beside them. */
  private static final Set<String> FOLDERS =
      Set.of("plain", "delta_table", "report", "predictions.parquet");

  private static final String PRELUDE =
      """
      import org.apache.spark.sql.*;
      import org.sparklosses.evaluate.*;
      import org.sparklosses.ml.*;
      Dataset<Row> predictions = org.sparklosses.testing.SharedSession.get().read()
          .option("header", true).option("inferSchema", true).csv("sample/digits.csv")
          .selectExpr("*", "array(logit_0, logit_1, logit_2, logit_3, logit_4, logit_5, logit_6,"
              + " logit_7, logit_8, logit_9) AS logits");
      Dataset<Row> calibrationRows = predictions.where("split = 'calibration'");
      Dataset<Row> testRows = predictions.where("split = 'test'");
      """;

  /**
   * Messages with words of Spark's own, which differ by version; the page has those of this one.
   */
  private static final Set<String> WORDS_OF_SPARK = Set.of("where", "no-input", "delta");

  private static final String SPARK_OF_THE_PAGE = "4.1.";

  private static final String TASKS = "spark.sql.leafNodeDefaultParallelism";

  private static Notebook notebook;

  private final MarkdownPage page = new MarkdownPage("errors.md");

  @TempDir private Path folder;

  @BeforeAll
  static void openNotebook() {
    notebook = new Notebook();
    notebook.run(PRELUDE);
  }

  /** Which of several rows is refused first is a matter of which task is. */
  @BeforeAll
  static void readRowsByOneTask(SparkSession spark) {
    spark.conf().set(TASKS, 1);
  }

  @AfterAll
  static void readRowsByAllTasks(SparkSession spark) {
    spark.conf().unset(TASKS);
  }

  @AfterAll
  static void closeNotebook() {
    notebook.close();
  }

  @BeforeEach
  void createTables(SparkSession spark) {
    Matcher table = TABLE.matcher(page.part("table"));
    assertTrue(table.find());
    spark.sql(table.group(1));
    Dataset<Row> scored = spark.table("scored");
    scored.union(scored).createOrReplaceTempView("twice");
    byte[] old = scored.selectExpr("evaluation_state(logits, label)").head().getAs(0);
    old[4] = 5; // the version of the layout
    createView(spark, "old_states", "state", old);
    createView(spark, "calibrator", "model", new TemperatureMix(3, 0.5, 0.01).toBytes());
  }

  private static void createView(SparkSession spark, String name, String column, byte[] bytes) {
    spark
        .createDataFrame(
            List.of(RowFactory.create((Object) bytes)),
            new StructType().add(column, DataTypes.BinaryType))
        .createOrReplaceTempView(name);
  }

  private void writeFolders(SparkSession spark) throws IOException {
    for (String name : List.of("plain", "delta_table")) {
      spark.table("scored").write().parquet(folder.resolve(name).toString());
    }
    Path log = Files.createDirectories(folder.resolve("delta_table/_delta_log"));
    Files.writeString(log.resolve("00000000000000000000.json"), "{}");
    Path report = Files.createDirectories(folder.resolve("report"));
    Files.writeString(report.resolve("report.html"), "of last week");
  }

  static Stream<DocumentedError> inQueries() {
    return DocumentedErrors.IN_QUERIES.stream();
  }

  static Stream<DocumentedError> ofJobs() {
    return DocumentedErrors.OF_JOBS.stream();
  }

  static Stream<DocumentedError> inPrograms() {
    return DocumentedErrors.IN_PROGRAMS.stream();
  }

  @ParameterizedTest
  @MethodSource
  void inQueries(DocumentedError error, SparkSession spark) {
    Exception e = assertThrows(Exception.class, () -> spark.sql(error.wrong()).collectAsList());
    String told = NamedException.causeOf(e).map(Throwable::getMessage).orElseGet(() -> reason(e));
    Object first = spark.sql(error.mended()).head().get(0);
    assertEquals(error.outcome(), String.valueOf(first));
    // How long a state is depends on the name of the version that wrote it.
    String shown = told.replaceFirst("these \\d+ bytes", "these ... bytes");
    page.check(error.name(), part(error, error.wrong() + ";", shown));
  }

  /** The text of the library in a message of Spark, which is not the same in all its versions. */
  private static String reason(Exception e) {
    Matcher matcher = REASON.matcher(e.getMessage());
    assertTrue(matcher.matches(), e.getMessage());
    return matcher.group(1);
  }

  @ParameterizedTest
  @MethodSource
  void ofJobs(DocumentedError error, SparkSession spark) throws IOException {
    writeFolders(spark);
    CommandRun run = run(error.wrong());
    String told =
        run.err().isEmpty()
            ? run.out().lines().filter(line -> line.startsWith("warning")).toList().get(0)
            : run.err().strip();
    CommandRun mended = run(error.mended());
    assertEquals(0, mended.exitCode(), mended.err());
    assertTrue(mended.out().contains(error.outcome()), mended.out());
    assertTrue(!mended.out().contains("warning"), mended.out());
    String shown = told.replace(folder + "/", "") + "\n(exit code " + run.exitCode() + ")";
    if (!WORDS_OF_SPARK.contains(error.name()) || spark.version().startsWith(SPARK_OF_THE_PAGE)) {
      page.check(error.name(), part(error, error.wrong(), shown));
    }
  }

  private CommandRun run(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replace("\\\n", " "));
    while (word.find()) {
      String text = Stream.of(1, 2, 3).map(word::group).filter(w -> w != null).findFirst().get();
      words.add(FOLDERS.contains(text) ? folder.resolve(text).toString() : text);
    }
    return CommandRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource
  void inPrograms(DocumentedError error) {
    System.clearProperty("told");
    notebook.run(
        "try { %s } catch (RuntimeException e) { System.setProperty(\"told\", e.getMessage()); }"
            .formatted(error.wrong()));
    String told = System.getProperty("told");
    assertTrue(told != null, () -> "no exception of " + error.wrong());
    notebook.run(error.mended());
    page.check(error.name(), part(error, error.wrong(), told));
  }

  /** A session that was started without the jar has no functions, until they are registered. */
  @Test
  void functionsOfASessionWithoutTheJar(SparkSession shared) {
    SparkSession spark = shared.newSession();
    FunctionIdentifier some = FunctionRegistry.builtin().listFunction().head();
    FunctionIdentifier ours = some.copy("cross_entropy_loss", some.database(), some.catalog());
    assertTrue(spark.sessionState().functionRegistry().dropFunction(ours));
    String query = "SELECT cross_entropy_loss(array(2.0, 0.5), 0)";
    Exception e = assertThrows(Exception.class, () -> spark.sql(query));
    String mended = "org.sparklosses.sql.SparkLosses.register(spark);";
    SparkLosses.register(spark);
    assertEquals(0.201413, spark.sql(query).head().getDouble(0), 1e-6);
    String told = e.getMessage().replaceFirst("(?s) on search path.*", " on search path ...");
    if (spark.version().startsWith(SPARK_OF_THE_PAGE)) {
      page.check("no-function", part(Place.SQL, query + ";", told, Place.JAVA, mended));
    }
  }

  @Test
  void aJavaThatIsTooNew() {
    JobException e =
        JavaVersion.tooNew(
            Runtime.Version.parse("25.0.1+8"),
            "4.1.3",
            "3.4.2",
            new UnsupportedOperationException("getSubject is not supported"));
    page.check("java", "```console\n" + wrapped("error: " + e.getMessage()) + "\n```\n");
  }

  private static String part(DocumentedError error, String wrong, String told) {
    return part(error.place(), wrong, told, error.place(), error.mended());
  }

  private static String part(
      Place place, String wrong, String told, Place mendedAt, String mended) {
    return """
    ```console
    %s%s
    %s
    ```
    ```%s
    %s
    ```
    """
        .formatted(
            place.prompt(), wrong.strip(), wrapped(told), mendedAt.language(), mended.strip());
  }

  /** Broken at spaces, as a terminal would. */
  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.lines().toList()) {
      int length = 0;
      for (String word : line.split(" ", -1)) {
        if (length > 0 && length + 1 + word.length() > WIDTH) {
          lines.append("\n  ");
          length = 2;
        } else if (length > 0) {
          lines.append(' ');
          length++;
        }
        lines.append(word);
        length += word.length();
      }
      lines.append('\n');
    }
    return lines.toString().stripTrailing();
  }
}
