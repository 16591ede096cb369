package org.sparklosses.jobs;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
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
    Dataset<Row> table =
        analyzed(
            ExitCode.IO,
            "cannot read " + name(),
            () -> source.table != null ? session.table(source.table) : load(session, source.path));
    return where == null
        ? table
        : analyzed(ExitCode.USAGE, "--where '" + where + "'", () -> table.where(where));
  }

  private static Dataset<Row> analyzed(
      ExitCode exitCode, String what, Supplier<Dataset<Row>> reading) {
    try {
      return reading.get();
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      if (e instanceof AnalysisException) {
        throw new JobException(exitCode, what + ": " + Messages.firstLine(e), e);
      }
      throw e;
    }
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
