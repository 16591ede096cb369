// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of Avro, Delta and Iceberg, written and read by their libraries for this Spark, and what
 * Comet reads.
 */
class TableLibrariesTest {

  private static final List<String> FORMATS =
      List.of(System.getProperty("table.formats").split(","));

  @TempDir private Path folder;

  @Test
  void removedRowsAreNotRead() throws Exception {
    List<String> program = new ArrayList<>(List.of(TableLibraries.class.getName()));
    program.add(folder.toString());
    program.addAll(FORMATS);
    process(tableOptions(), program).succeeded();

    double logLoss = 0;
    for (int id = 1; id < TableLibraries.WRITTEN; id += 2) {
      logLoss += Math.log1p(Math.exp(-id / 4.0)) / TableLibraries.LEFT;
    }
    assertTrue(FORMATS.containsAll(List.of("avro", "delta")), FORMATS.toString());
    for (String format : FORMATS) {
      ReportFile report = ReportFile.read(folder.resolve(format).resolve("report"));
      assertEquals(
          TableLibraries.LEFT,
          report.overall().get("rows").get("seen").asInt(),
          () -> format + " is read with rows that were removed");
      assertEquals(logLoss, report.value("log_loss"), 1e-14, format);
    }
    sessionThatDoesNotKnowDelta();
  }

  /** What Delta and Iceberg have to be told of in a session. */
  private List<String> tableOptions() {
    return List.of(
        "-Dspark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension"
            + (FORMATS.contains("iceberg")
                ? ",org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
                : ""),
        "-Dspark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "-Dspark.sql.catalog.default_iceberg=org.apache.iceberg.spark.SparkCatalog",
        "-Dspark.sql.catalog.default_iceberg.type=hadoop",
        "-Dspark.sql.catalog.default_iceberg.warehouse=" + folder.resolve("iceberg"));
  }

  @Test
  void batchesHoldTheRowsThatAreLeft() throws Exception {
    List<String> sources = List.of(System.getProperty("batch.sources").split(","));
    List<String> formats = sources.stream().filter(source -> !source.equals("comet")).toList();
    assertTrue(formats.contains("delta"), sources.toString());
    List<String> lines = batches(tableOptions(), formats);
    // Delta has arrays and columns, Iceberg columns alone, either of them an added column.
    assertEquals(1 + 2 * formats.size(), lines.size(), lines.toString());
    if (sources.contains("comet")) {
      List<String> comet =
          List.of(
              "-Dspark.plugins=org.apache.spark.CometPlugin",
              "-Dspark.memory.offHeap.enabled=true",
              "-Dspark.memory.offHeap.size=512m");
      assertEquals(2, batches(comet, List.of("parquet")).size());
    }
  }

  /** Runs {@link LibraryBatches}, whose every line is to hold the right rows and log loss. */
  private List<String> batches(List<String> options, List<String> formats) throws Exception {
    List<String> program = new ArrayList<>(List.of(LibraryBatches.class.getName()));
    program.add(folder.toString());
    program.addAll(formats);
    List<String> lines =
        process(options, program)
            .succeeded()
            .out()
            .lines()
            .filter(line -> formats.contains(line.split("\\.", 2)[0]))
            .toList();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      boolean isOfAdded = words[0].endsWith(".added");
      double rows = 0;
      double weights = 0;
      double sum = 0;
      int first = isOfAdded ? LibraryBatches.WRITTEN : 0;
      int last = LibraryBatches.WRITTEN + (isOfAdded ? LibraryBatches.ADDED : 0);
      for (int id = first; id < last; id++) {
        boolean isDeleted = !isOfAdded && id % LibraryBatches.DELETED == 0;
        if (!isDeleted && id % 11 != 3 && id % 13 != 5 && id % 17 != 6) {
          double weight = isOfAdded ? 1 + id % 2 : 1;
          rows++;
          weights += weight;
          sum += weight * Math.log1p(Math.exp(id % 2 == 1 ? -Math.sin(id) : Math.sin(id)));
        }
      }
      assertEquals(rows, Double.parseDouble(words[1]), line);
      assertEquals(sum / weights, Double.parseDouble(words[2]), 1e-13, line);
    }
    return lines;
  }

  /** The library alone does not suffice for Delta. */
  private void sessionThatDoesNotKnowDelta() throws Exception {
    String table = folder.resolve("delta/table").toString();
    List<String> job = List.of(Main.class.getName(), "evaluate", "--input", table, "--logits", "z");
    JavaProcess.Output output = process(List.of(), job);
    assertEquals(ExitCode.IO.value(), output.exitCode(), output.err());
    assertTrue(
        output.err().contains(": it is a delta table, which this session is not set up for"),
        output.err());
    assertTrue(
        output.err().contains("--conf spark.sql.extensions=io.delta.sql.DeltaSparkSession"),
        output.err());
  }

  /** Runs with the libraries of {@code table.libraries} on the class path. */
  private JavaProcess.Output process(List<String> settings, List<String> program) throws Exception {
    List<String> options = new ArrayList<>(JavaProcess.moduleOptions());
    options.addAll(List.of("-Xmx1g", "-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    options.addAll(settings);
    String classPath =
        Stream.concat(JavaProcess.classPath().stream(), Stream.of(ownClasses()))
            .map(path -> path.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    String libraries = System.getProperty("table.libraries") + "/*";
    options.addAll(List.of("-cp", classPath + File.pathSeparator + libraries));
    return JavaProcess.in(folder, folder).java(options, program);
  }

  private static Path ownClasses() throws URISyntaxException {
    return Path.of(
        TableLibraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
