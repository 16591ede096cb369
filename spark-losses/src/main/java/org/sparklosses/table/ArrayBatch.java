// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.sparklosses.metric.FloatLogitBlock;
import org.sparklosses.metric.PredictionBlock;

/**
 * Arrays of numbers or MLlib's vectors in the memory of Spark's own readers, none of whose entries
 * is null.
 */
final class ArrayBatch implements PredictionBatch {

  private static final byte DENSE = 1;
  private static final int VALUES = 3;

  /** The predictions of so many rows stay in the cache while they are copied class by class. */
  private static final int AT_ONCE = 64;

  private final WritableColumnVector rows;

  /** The types of vectors, dense or sparse; null for arrays. */
  private final WritableColumnVector types;

  private final WritableColumnVector arrays;
  private final WritableColumnVector entries;
  private final boolean isFloat;
  private final boolean mayBeNull;

  /** Where the entries of each row begin, by place in the block. */
  private final int[] offsets = new int[PredictionBlock.ROWS];

  /** Of a column of arrays or vectors without a null entry. */
  ArrayBatch(WritableColumnVector rows, boolean isFloat) {
    this.rows = rows;
    boolean isOfVectors = !(rows.dataType() instanceof ArrayType);
    types = isOfVectors ? rows.getChild(0) : null;
    arrays = isOfVectors ? rows.getChild(VALUES) : rows;
    entries = arrays.getChild(0);
    this.isFloat = isFloat;
    mayBeNull = rows.hasNull();
  }

  /** Whether an entry of the arrays or vectors of a column is null. */
  static boolean holdsNull(WritableColumnVector rows) {
    return (rows.dataType() instanceof ArrayType ? rows : rows.getChild(VALUES))
        .getChild(0)
        .hasNull();
  }

  @Override
  public boolean isDense(int row, int classes) {
    return !(mayBeNull && rows.isNullAt(row))
        && (types == null || types.getByte(row) == DENSE)
        && arrays.getArrayLength(row) == classes;
  }

  @Override
  public void copy(int[] given, int size, int classes, PredictionBlock block) {
    for (int place = 0; place < size; place++) {
      offsets[place] = arrays.getArrayOffset(given[place]);
    }
    for (int first = 0; first < size; first += AT_ONCE) {
      int end = Math.min(size, first + AT_ONCE);
      if (block instanceof FloatLogitBlock logits) {
        copyFloats(logits.logits(), first, end, classes);
      } else if (isFloat) {
        copyFloats(PredictionBatch.doubles(block), first, end, classes);
      } else {
        copyDoubles(PredictionBatch.doubles(block), first, end, classes);
      }
    }
  }

  /** Copies the entries of a few rows, class by class. */
  private void copyFloats(float[] to, int first, int end, int classes) {
    for (int j = 0; j < classes; j++) {
      int column = j * PredictionBlock.STRIDE;
      for (int place = first; place < end; place++) {
        to[column + place] = entries.getFloat(offsets[place] + j);
      }
    }
  }

  private void copyFloats(double[] to, int first, int end, int classes) {
    for (int j = 0; j < classes; j++) {
      int column = j * PredictionBlock.STRIDE;
      for (int place = first; place < end; place++) {
        to[column + place] = entries.getFloat(offsets[place] + j);
      }
    }
  }

  private void copyDoubles(double[] to, int first, int end, int classes) {
    for (int j = 0; j < classes; j++) {
      int column = j * PredictionBlock.STRIDE;
      for (int place = first; place < end; place++) {
        to[column + place] = entries.getDouble(offsets[place] + j);
      }
    }
  }
}
