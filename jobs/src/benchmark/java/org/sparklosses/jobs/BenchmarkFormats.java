// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.sql.SparkLosses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times tables of several formats that are read in batches against the same read row by row. */
@Command(
    name = "formats",
    description =
        "Times the default metrics of ten classes, in Parquet, in Delta where a tenth of the rows"
            + " is deleted by deletion vectors, and in Iceberg where it is by delete files: in"
            + " batches, and row by row as evaluation_state in SQL reads them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkFormats implements Callable<Integer> {

  private static final int CLASSES = 10;
  private static final String COLUMNS =
      IntStream.range(0, CLASSES).mapToObj(j -> "z" + j).collect(Collectors.joining(", "));

  @Option(
      names = "--work",
      defaultValue = "target/benchmark",
      description = "folder for the tables, kept between runs (default: ${DEFAULT-VALUE})")
  private String work;

  @Option(names = "--rows", defaultValue = "20000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(
      names = "--warmup",
      defaultValue = "1",
      description = "rounds before those that count (default: ${DEFAULT-VALUE})")
  private int warmup;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String folder = Path.of(work, "formats-" + rows).toAbsolutePath().toString();
    Map.of(
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension,"
                + "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
            "spark.sql.catalog.spark_catalog",
            "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.sql.catalog.iceberg",
            "org.apache.iceberg.spark.SparkCatalog",
            "spark.sql.catalog.iceberg.type",
            "hadoop",
            "spark.sql.catalog.iceberg.warehouse",
            folder + "/iceberg")
        .forEach(System::setProperty);
    return Sessions.with(
        "spark-losses benchmark formats",
        session -> {
          SparkLosses.register(session);
          return run(session, folder);
        });
  }

  private int run(SparkSession session, String folder) {
    Map<String, Dataset<Row>> tables = tables(session, folder);
    Map<String, Runnable> cases = new LinkedHashMap<>();
    tables.forEach(
        (name, table) -> {
          cases.put(
              name + ", in batches", () -> Evaluation.ofLogits("z").classes(CLASSES).run(table));
          cases.put(
              name + ", row by row",
              () ->
                  table
                      .selectExpr("evaluation_state(z, label, 'classes=" + CLASSES + "')")
                      .collectAsList());
        });
    Map<String, BenchmarkRounds.Medians> times = new BenchmarkRounds(warmup, rounds).time(cases);
    PrintWriter out = spec.commandLine().getOut();
    BenchmarkRounds.print(out, "on " + rows + " rows", times);
    for (String name : tables.keySet()) {
      BenchmarkRounds.Medians byRows = times.get(name + ", row by row");
      BenchmarkRounds.Medians inBatches = times.get(name + ", in batches");
      out.printf(
          "%s: row by row takes %.2f times the CPU of batches, %.2f times the wall time%n",
          name, byRows.cpu() / inBatches.cpu(), byRows.wall() / inBatches.wall());
    }
    out.flush();
    return ExitCode.OK.value();
  }

  private Map<String, Dataset<Row>> tables(SparkSession session, String folder) {
    String arrays = folder + "/arrays";
    String spread = folder + "/columns";
    String delta = "delta.`" + folder + "/delta`";
    String iceberg = "iceberg.db.predictions";
    if (BenchmarkTables.isMissing(session, folder + "/done")) {
      write(session, arrays, spread, delta, iceberg);
      session.range(1).write().parquet(folder + "/done");
    }
    String array = "array(" + COLUMNS + ") AS z";
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put("Parquet, an array", session.read().parquet(arrays));
    tables.put("Delta with deletion vectors, an array", session.table(delta).select("z", "label"));
    tables.put(
        "Parquet, a column a class", session.read().parquet(spread).selectExpr(array, "label"));
    tables.put(
        "Iceberg with delete files, a column a class",
        session.table(iceberg).selectExpr(array, "label"));
    return tables;
  }

  private void write(
      SparkSession session, String arrays, String spread, String delta, String iceberg) {
    BenchmarkTables.write(
        new SyntheticTable(rows, CLASSES, 1, 2.0, 1.5, 8)
            .create(session)
            .selectExpr("id", "logits AS z", "label"),
        arrays);
    Dataset<Row> table = session.read().parquet(arrays);
    String[] columns =
        IntStream.range(0, CLASSES + 2)
            .mapToObj(j -> j < CLASSES ? "z[" + j + "] AS z" + j : j == CLASSES ? "id" : "label")
            .toArray(String[]::new);
    BenchmarkTables.write(table.selectExpr(columns), spread);
    table.createOrReplaceTempView("arrays");
    table.selectExpr(columns).createOrReplaceTempView("columns");
    session.sql(
        "CREATE TABLE %s USING delta TBLPROPERTIES ('delta.enableDeletionVectors'='true')"
                .formatted(delta)
            + " AS SELECT * FROM arrays");
    session.sql(
        "CREATE TABLE %s USING iceberg TBLPROPERTIES ('format-version'='2',".formatted(iceberg)
            + " 'write.delete.mode'='merge-on-read') AS SELECT * FROM columns");
    for (String deleted : new String[] {delta, iceberg}) {
      session.sql("DELETE FROM " + deleted + " WHERE id % 10 = 0");
    }
  }
}
