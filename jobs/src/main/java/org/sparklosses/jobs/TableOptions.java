// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the table of predictions comes from. */
final class TableOptions {

  private static final Pattern LACKS_LIBRARY =
      Pattern.compile(
          "DATA_SOURCE_NOT_FOUND|Failed to find (the )?data source"
              + "|DELTA_CONFIGURE_SPARK_SESSION_WITH_EXTENSION_AND_CATALOG");

  @ArgGroup(multiplicity = "1")
  private Source source;

  private static final class Source {
    @Option(names = "--input", paramLabel = "PATH", description = "file or folder to read")
    private String path;

    @Option(
        names = "--table",
        paramLabel = "NAME",
        description = "table or view of the session's catalogs")
    private String table;
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "of --input: parquet, csv (with a header line), json, orc, avro, delta, iceberg or hudi;"
              + " by default what the folder is or the path ends in, else parquet")
  private String format;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "evaluate only the rows for which this is true")
  private String where;

  /** What the user calls it. */
  String name() {
    return source.path != null ? source.path : source.table;
  }

  Dataset<Row> read(SparkSession session) {
    return filtered(source(session));
  }

  /** Reads another path in the same way. */
  Dataset<Row> read(SparkSession session, String path) {
    return filtered(loaded(session, path));
  }

  private Dataset<Row> filtered(Dataset<Row> table) {
    if (where == null) {
      return table;
    }
    try {
      return table.where(where);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      if (e instanceof AnalysisException) {
        throw new JobException(
            ExitCode.USAGE, "--where '" + where + "': " + Messages.firstLine(e), e);
      }
      throw e;
    }
  }

  private Dataset<Row> source(SparkSession session) {
    if (source.table == null) {
      return loaded(session, source.path);
    }
    try {
      return session.table(source.table);
    } catch (Exception e) {
      throw unreadable(source.table, e);
    }
  }

  private Dataset<Row> loaded(SparkSession session, String path) {
    try {
      return load(session, path);
    } catch (JobException e) {
      throw e;
    } catch (Exception e) {
      throw unreadable(path, e);
    }
  }

  private static JobException unreadable(String name, Exception cause) {
    return new JobException(
        ExitCode.IO, "cannot read " + name + ": " + Messages.cause(cause), cause);
  }

  private Dataset<Row> load(SparkSession session, String path) {
    Optional<TableFolder> folder = TableFolder.of(path, hadoopConf(session));
    TableFormat chosen =
        format != null
            ? TableFormat.named(format)
            : folder.map(TableFolder::format).orElseGet(() -> TableFormat.ofName(path));
    folder.ifPresent(table -> check(table, path, chosen));
    // By its full name: Iceberg takes a bare name for one of its catalog.
    String read = folder.map(table -> table.root().toString()).orElse(path);
    try {
      return session
          .read()
          .format(chosen.sparkName())
          .option("header", "true")
          .option("inferSchema", "true")
          .load(read);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      if (LACKS_LIBRARY.matcher(String.valueOf(e.getMessage())).find()) {
        throw new JobException(
            ExitCode.IO,
            "cannot read %s: it is %s, which this session is not set up for; start the job with %s"
                .formatted(path, named(chosen), chosen.remedy(session)),
            e);
      }
      throw e;
    }
  }

  /** Files of a table folder are not read as if they were the table. */
  private static void check(TableFolder table, String path, TableFormat chosen) {
    if (chosen != table.format()) {
      throw new JobException(
          ExitCode.USAGE,
          ("--format %s: %s is %s, whose folder also holds rows that were removed from it; leave"
                  + " --format out, or name the files: %s/*.%1$s")
              .formatted(chosen.sparkName(), path, named(table.format()), path));
    }
    if (!table.isWhole()) {
      throw new JobException(
          ExitCode.USAGE,
          "%s lies in %s; give the table, --input %s, and choose its rows by --where"
              .formatted(path, named(table.format()), table.root()));
    }
  }

  private static String named(TableFormat format) {
    String name = format.sparkName();
    boolean isVowel = "aeiou".indexOf(name.charAt(0)) >= 0;
    return (isVowel ? "an " : "a ") + name + " table";
  }

  private static Configuration hadoopConf(SparkSession session) {
    return session.sparkContext().hadoopConfiguration();
  }
}
