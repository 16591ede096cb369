// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

/**
 * How many rows of a wide array column Spark's Parquet reader should decode at once. It holds 12
 * bytes an element of a whole batch; with the default of 4096 rows, rows of 50,000 classes need
 * more than 2 GB a task.
 */
public final class ReaderBatch {

  /** The setting of Spark, in rows. */
  public static final String SETTING = "spark.sql.parquet.columnarReaderBatchSize";

  /** The setting without which arrays are read by a reader that is ten times slower. */
  public static final String NESTED_READER_SETTING =
      "spark.sql.parquet.enableNestedColumnVectorizedReader";

  private static final int DEFAULT_ROWS = 4096;
  private static final int LEAST_ROWS = 16;
  private static final int ELEMENTS = 1 << 17;

  private ReaderBatch() {}

  /**
   * The rows a batch for rows of that many classes: the largest power of two of at most 2^17
   * elements, in [16, 4096].
   */
  public static int recommended(int classes) {
    int rows = Integer.highestOneBit(Math.max(1, ELEMENTS / Math.max(1, classes)));
    return Math.max(LEAST_ROWS, Math.min(DEFAULT_ROWS, rows));
  }
}
