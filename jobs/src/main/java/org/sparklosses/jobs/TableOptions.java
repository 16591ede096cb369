package org.sparklosses.jobs;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the table of predictions comes from. */
final class TableOptions {

  private static final Set<String> FORMATS = Set.of("parquet", "csv", "json", "orc");

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
          "of --input: parquet, csv (with a header line), json or orc; by default what the path"
              + " ends in, else parquet")
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
    String chosen = format == null ? formatOf(path) : format.toLowerCase(Locale.ROOT);
    if (!FORMATS.contains(chosen)) {
      throw new JobException(
          ExitCode.USAGE, "--format '" + format + "' is none of parquet, csv, json, orc");
    }
    return session
        .read()
        .format(chosen)
        .option("header", "true")
        .option("inferSchema", "true")
        .load(path);
  }

  private static String formatOf(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return FORMATS.stream()
        .filter(f -> name.endsWith("." + f) || name.endsWith("." + f + ".gz"))
        .findFirst()
        .orElse("parquet");
  }
}
