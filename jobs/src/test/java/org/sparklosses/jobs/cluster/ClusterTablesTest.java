// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.jobs.CommandRun;
import org.sparklosses.jobs.JavaProcess;
import org.sparklosses.jobs.JobJar;
import org.sparklosses.testing.SharedSession;

/** Tables of Delta, Iceberg and PostgreSQL, and SQL, on executors that get the libraries sent. */
@Tag("cluster")
@ExtendWith(SharedSession.class)
class ClusterTablesTest {

  /** What the page says of the database. */
  private static final String DATABASE = "jdbc:postgresql://database:5432/models";

  private static final boolean HAS_ICEBERG =
      System.getProperty("table.formats").contains("iceberg");

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static PostgresServer postgres;
  private static Path program;

  @BeforeAll
  static void start(SparkSession spark) throws Exception {
    ClusterTable.write(spark, folder);
    program = JobJar.ofClasses(folder.resolve("script.jar"), SqlScript.class);
    postgres = PostgresServer.start(Path.of(System.getProperty("postgres.programs")));
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")));
    writeTables();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  /** Here the library is on the class path of the JVMs, beside others that are sent to them. */
  private static void writeTables() throws Exception {
    String source = "parquet.`" + folder.resolve(ClusterTable.NAME) + "`";
    List<String> statements = new ArrayList<>();
    String delta = "delta.`" + folder.resolve("predictions.delta") + "`";
    statements.add(
        ("CREATE TABLE %s USING delta PARTITIONED BY (country)"
                + " TBLPROPERTIES ('delta.enableDeletionVectors' = true) AS SELECT * FROM %s")
            .formatted(delta, source));
    statements.add("DELETE FROM " + delta + " WHERE id % 10 = 3");
    statements.add("ALTER TABLE " + delta + " ADD CONSTRAINT sure CHECK (confidence(logits) > 0)");
    if (HAS_ICEBERG) {
      statements.add(
          ("CREATE TABLE lake.models.predictions USING iceberg PARTITIONED BY (country)"
                  + " TBLPROPERTIES ('write.delete.mode' = 'merge-on-read') AS SELECT * FROM ")
              + source);
      statements.add("DELETE FROM lake.models.predictions WHERE id % 10 = 3");
    }
    statements.add("CREATE TABLE models.public.predictions AS SELECT * FROM " + source);
    statements.add("SELECT avg(losses.cross_entropy_loss(logits, label)) FROM " + delta);
    Path script = Files.writeString(folder.resolve("tables.sql"), String.join(";\n", statements));
    String extensions =
        "io.delta.sql.DeltaSparkSessionExtension"
            + (HAS_ICEBERG
                ? ",org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
                : "");
    Stream<String> settings =
        Stream.of(
            "spark.driver.extraClassPath=$LIBRARY",
            "spark.executor.extraClassPath=$LIBRARY",
            "spark.sql.extensions=" + extensions,
            "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.sql.catalog.losses=org.sparklosses.sql.LossCatalog",
            "spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog",
            "spark.sql.catalog.lake.type=hadoop",
            "spark.sql.catalog.lake.warehouse=" + folder.resolve("lake"),
            "spark.sql.catalog.models="
                + "org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog",
            "spark.sql.catalog.models.url=" + postgres.url(),
            "spark.sql.catalog.models.user=models",
            "spark.sql.catalog.models.driver=org.postgresql.Driver");
    submit(
        "--jars " + libraries() + settings.map(s -> " --conf " + s).collect(Collectors.joining()),
        script);
    assertTrue(exists("deletion_vector_.*\\.bin"), "no deletion vectors");
    assertEquals(HAS_ICEBERG, exists(".*-deletes\\.(parquet|puffin)"), "delete files of Iceberg");
  }

  private static String libraries() {
    return Stream.of(new File(System.getProperty("table.libraries")).listFiles())
        .map(File::toString)
        .filter(jar -> !jar.contains("comet"))
        .collect(Collectors.joining(","));
  }

  private static boolean exists(String name) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(name));
    }
  }

  private static JavaProcess.Output submit(String options, Path script) throws Exception {
    String command =
        "spark-submit --master $MASTER %s --class %s %s %s"
            .formatted(options, SqlScript.class.getName(), program, script);
    return cluster.run(folder, command).succeeded();
  }

  static Stream<String> formats() {
    return HAS_ICEBERG ? Stream.of("delta", "iceberg") : Stream.of("delta");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void deletedRowsAreLeftOut(String format) throws Exception {
    Path there = folder.resolve(format + "-report");
    cluster.run(folder, ClusterPage.command(format, folder, there)).succeeded();
    assertSame(format, there, "id % 10 <> 3");
  }

  @Test
  void tableOfADatabase() throws Exception {
    Path there = folder.resolve("postgres-report");
    cluster.run(folder, inDatabase(ClusterPage.command("postgres", folder, there))).succeeded();
    assertSame("postgres", there, "true");
  }

  /** What a view reads in parts, and a table whose arrays have no dimension in the catalog. */
  @Test
  void sqlWithTheLibraryAlone(SparkSession spark) throws Exception {
    execute("CREATE TABLE copies AS SELECT * FROM predictions");
    String query = ClusterPage.text("sql");
    String file = "/data/" + ClusterTable.NAME;
    assertTrue(query.contains(file));
    Path script =
        Files.writeString(folder.resolve("losses.sql"), query.replace("/data", folder.toString()));
    String view = inDatabase(ClusterPage.text("view"));
    String statements = view + ";" + query.replace("parquet.`" + file + "`", "predictions");
    Path ofView = Files.writeString(folder.resolve("view.sql"), statements);
    Path ofCopies =
        Files.writeString(
            folder.resolve("copies.sql"), statements.replace("'predictions'", "'copies'"));
    String expected = shown(spark, query.replace("/data", folder.toString()));

    String command = ClusterPage.command("spark-sql", folder, folder);
    String start = "spark-sql --master $MASTER --jars $LIBRARY";
    assertEquals(start + " -f " + folder + "/losses.sql\n", command);
    assertEquals(expected, submit("--jars $LIBRARY", script).out().strip());
    String driver = "--jars $LIBRARY," + jar("postgresql");
    for (Path ofDatabase : List.of(ofView, ofCopies)) {
      String out = submit(driver, ofDatabase).out();
      assertTrue(out.endsWith(expected + "\n\n") || out.strip().endsWith(expected), out);
    }
  }

  private static String jar(String start) {
    return Stream.of(new File(System.getProperty("table.libraries")).listFiles())
        .filter(file -> file.getName().startsWith(start))
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static String inDatabase(String text) {
    assertTrue(text.contains(DATABASE), text);
    return text.replace(DATABASE, postgres.url());
  }

  private static void execute(String sql) throws Exception {
    URL driver = Path.of(jar("postgresql")).toUri().toURL();
    Properties user = new Properties();
    user.setProperty("user", "models");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {driver})) {
      Driver postgresql =
          (Driver) loader.loadClass("org.postgresql.Driver").getConstructor().newInstance();
      try (Connection connection = postgresql.connect(postgres.url(), user);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** What a query prints in one process. */
  private static String shown(SparkSession spark, String query) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    scala.Console.withOut(
        printed,
        () -> {
          spark.sql(query).show(1000, false);
          return null;
        });
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  /** Compares with an evaluation of the Parquet file in one process. */
  private static void assertSame(String name, Path there, String where) throws Exception {
    Path here = folder.resolve(name + "-local");
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--input",
            folder.resolve(ClusterTable.NAME).toString(),
            "--where",
            where,
            "--logits",
            "logits",
            "--slice",
            "country",
            "--output",
            here.toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode expected = Reports.read(here.resolve("evaluation.json"));
    JsonNode found = Reports.read(there.resolve("evaluation.json"));
    assertEquals(expected.get("overall").toString(), found.get("overall").toString());
    assertEquals(expected.get("slices").toString(), found.get("slices").toString());
    assertEquals(4, found.get("slices").size());
  }
}
