// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.table.ReaderBatch;

/** Learns from a Parquet footer how long the arrays of a column are, without reading a row. */
final class RowWidth {

  private RowWidth() {}

  /** Runs a pass over a table with a reader batch that suits the width of its rows. */
  static <T> T suited(SparkSession session, Dataset<?> rows, String column, Supplier<T> pass) {
    OptionalInt width = of(rows, column);
    if (width.isEmpty()) {
      return pass.get();
    }
    String before = session.conf().get(ReaderBatch.SETTING);
    session.conf().set(ReaderBatch.SETTING, ReaderBatch.recommended(width.getAsInt()));
    try {
      return pass.get();
    } finally {
      session.conf().set(ReaderBatch.SETTING, before);
    }
  }

  /**
   * The mean length of the arrays of a top-level column in the first row group of the first file;
   * empty when the table is not made of Parquet files or the column holds no array. Upper and lower
   * case of the column are the same, as they are for Spark.
   */
  static OptionalInt of(Dataset<?> table, String column) {
    Configuration conf = table.sparkSession().sparkContext().hadoopConfiguration();
    for (String file : table.inputFiles()) {
      if (file.endsWith(".parquet")) {
        // Spark gives URIs: the space of a path is %20 here.
        return ofFile(new Path(URI.create(file)), column, conf);
      }
    }
    return OptionalInt.empty();
  }

  private static OptionalInt ofFile(Path file, String column, Configuration conf) {
    try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, conf))) {
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          String[] path = chunk.getPath().toArray();
          boolean indices = path.length > 1 && path[1].equals("indices");
          if (path.length > 1
              && path[0].equalsIgnoreCase(column)
              && !indices
              && block.getRowCount() > 0) {
            long width = chunk.getValueCount() / block.getRowCount();
            if (width > 1) {
              return OptionalInt.of((int) Math.min(width, Integer.MAX_VALUE));
            }
          }
        }
      }
      return OptionalInt.empty();
    } catch (IOException e) {
      throw new JobException(ExitCode.IO, "cannot read " + file + ": " + Messages.firstLine(e), e);
    }
  }
}
