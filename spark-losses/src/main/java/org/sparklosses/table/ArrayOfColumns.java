// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Predictions that are an array of columns of numbers. The arrays themselves, an object a row, are
 * never made.
 */
interface ArrayOfColumns extends PredictionBatch {

  /** The number of entries. */
  int length();

  /** Says that the rows to come are those of a batch; whether their blocks can be copied. */
  boolean startBatch(ColumnarBatch batch);

  /** Reads a row; false if one of its numbers is null. */
  boolean read(InternalRow row, double[] out);
}
