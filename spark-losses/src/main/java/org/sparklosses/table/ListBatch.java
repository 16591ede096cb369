// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.sparklosses.metric.FloatLogitBlock;
import org.sparklosses.metric.PredictionBlock;

/**
 * Arrays of numbers in a column vector of any source, such as Arrow's lists, or of Spark's where
 * some entries are null.
 */
final class ListBatch implements PredictionBatch {

  private final ColumnVector rows;
  private final boolean isFloat;

  /** Of a column of arrays. */
  ListBatch(ColumnVector rows, boolean isFloat) {
    this.rows = rows;
    this.isFloat = isFloat;
  }

  @Override
  public boolean isDense(int row, int classes) {
    if (rows.isNullAt(row)) {
      return false;
    }
    ColumnarArray entries = rows.getArray(row);
    if (entries.numElements() != classes) {
      return false;
    }
    for (int j = 0; j < classes; j++) {
      if (entries.isNullAt(j)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void copy(int[] given, int size, int classes, PredictionBlock block) {
    if (block instanceof FloatLogitBlock logits) {
      copyFloats(given, size, classes, logits.logits());
    } else if (isFloat) {
      copyFloats(given, size, classes, PredictionBatch.doubles(block));
    } else {
      copyDoubles(given, size, classes, PredictionBatch.doubles(block));
    }
  }

  private void copyFloats(int[] given, int size, int classes, float[] to) {
    for (int place = 0; place < size; place++) {
      ColumnarArray entries = rows.getArray(given[place]);
      for (int j = 0; j < classes; j++) {
        to[j * PredictionBlock.STRIDE + place] = entries.getFloat(j);
      }
    }
  }

  private void copyFloats(int[] given, int size, int classes, double[] to) {
    for (int place = 0; place < size; place++) {
      ColumnarArray entries = rows.getArray(given[place]);
      for (int j = 0; j < classes; j++) {
        to[j * PredictionBlock.STRIDE + place] = entries.getFloat(j);
      }
    }
  }

  private void copyDoubles(int[] given, int size, int classes, double[] to) {
    for (int place = 0; place < size; place++) {
      ColumnarArray entries = rows.getArray(given[place]);
      for (int j = 0; j < classes; j++) {
        to[j * PredictionBlock.STRIDE + place] = entries.getDouble(j);
      }
    }
  }
}
