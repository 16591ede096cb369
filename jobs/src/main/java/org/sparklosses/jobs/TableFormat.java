// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import scala.util.Properties;

/** Formats that a table can be read in. */
enum TableFormat {
  PARQUET,
  CSV,
  JSON,
  ORC,
  AVRO,
  DELTA,
  ICEBERG,
  HUDI;

  /** Where no release for this Spark is known. */
  private static final String ANY_VERSION = "VERSION";

  private static final String DELTA_SETTINGS =
      " --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension"
          + " --conf spark.sql.catalog.spark_catalog="
          + "org.apache.spark.sql.delta.catalog.DeltaCatalog";

  /** Of tables whose folder also holds files of rows that were removed from the table. */
  private static final Set<TableFormat> OF_FOLDERS = Set.of(DELTA, ICEBERG, HUDI);

  /** What Spark calls it. */
  String sparkName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, as text. */
  static String names() {
    return Stream.of(values()).map(TableFormat::sparkName).collect(Collectors.joining(", "));
  }

  /**
   * The format of a name, in upper or lower case.
   *
   * @throws JobException if there is none
   */
  static TableFormat named(String name) {
    return Stream.of(values())
        .filter(format -> format.sparkName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(ExitCode.USAGE, "--format '" + name + "' is none of " + names()));
  }

  /** What the end of a path says, else Parquet. */
  static TableFormat ofName(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(format -> !OF_FOLDERS.contains(format))
        .filter(
            f -> name.endsWith("." + f.sparkName()) || name.endsWith("." + f.sparkName() + ".gz"))
        .findFirst()
        .orElse(PARQUET);
  }

  /** Whether a folder is a table of this format, whatever files it holds. */
  boolean isIn(FileSystem files, Path folder) throws IOException {
    return switch (this) {
      case DELTA -> files.exists(new Path(folder, "_delta_log"));
      case ICEBERG -> isIceberg(files, new Path(folder, "metadata"));
      case HUDI -> files.exists(new Path(folder, ".hoodie"));
      default -> false;
    };
  }

  private static boolean isIceberg(FileSystem files, Path metadata) throws IOException {
    if (!files.exists(metadata)) {
      return false;
    }
    for (FileStatus file : files.listStatus(metadata)) {
      String name = file.getPath().getName();
      if (name.endsWith(".metadata.json") || name.endsWith(".metadata.json.gz")) {
        return true;
      }
    }
    return false;
  }

  /** What to start the job with where the session cannot read the format. */
  String remedy(SparkSession session) {
    String spark = session.version();
    String minor = spark.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    String scala = Properties.versionNumberString().replaceFirst("\\.\\d+$", "");
    return "--packages "
        + switch (this) {
          case AVRO -> "org.apache.spark:spark-avro_%s:%s".formatted(scala, spark);
          case DELTA -> deltaLibrary(minor, scala) + DELTA_SETTINGS;
          case ICEBERG ->
              "org.apache.iceberg:iceberg-spark-runtime-%s_%s:%s"
                  .formatted(minor, scala, icebergVersion(minor));
          case HUDI ->
              "org.apache.hudi:hudi-spark%s-bundle_%s:%s"
                  .formatted(minor, scala, minor.equals("3.5") ? "1.1.1" : ANY_VERSION);
          default -> throw new IllegalStateException("Spark itself reads " + this);
        };
  }

  private static String deltaLibrary(String minor, String scala) {
    return switch (minor) {
      case "3.5" -> "io.delta:delta-spark_%s:3.3.2".formatted(scala);
      case "4.0", "4.1", "4.2" -> "io.delta:delta-spark_%s_%s:4.4.0".formatted(minor, scala);
      default -> "io.delta:delta-spark_%s_%s:%s".formatted(minor, scala, ANY_VERSION);
    };
  }

  private static String icebergVersion(String minor) {
    return switch (minor) {
      case "3.5", "4.0" -> "1.11.0";
      case "4.1" -> "1.12.0";
      default -> ANY_VERSION;
    };
  }
}
