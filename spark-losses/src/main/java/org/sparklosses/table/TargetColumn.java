// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of arrays of numbers or truth values, or of MLlib's vectors, read as numbers into a
 * buffer that is used again, without an object an entry.
 */
public final class TargetColumn {

  private final Expression targets;

  /** Reads what predictions may be too; null for other types. */
  private final PredictionColumn predictions;

  private final Entries entries;
  private double[] values = new double[0];
  private int length;

  /** Reads an entry of an array. */
  @FunctionalInterface
  private interface Entries {
    double get(ArrayData array, int j);
  }

  /**
   * A column.
   *
   * @param targets of a type that {@link #isSupported}
   */
  public TargetColumn(Expression targets) {
    this.targets = targets;
    boolean isOfPredictions = PredictionColumn.isSupported(targets.dataType());
    predictions = isOfPredictions ? new PredictionColumn(targets) : null;
    entries = isOfPredictions ? null : entries(targets.dataType());
  }

  /** Whether columns of a type can be read. */
  public static boolean isSupported(DataType type) {
    return PredictionColumn.isSupported(type) || entries(type) != null;
  }

  private static Entries entries(DataType type) {
    DataType element = type instanceof ArrayType array ? array.elementType() : DataTypes.NullType;
    if (element.equals(DataTypes.BooleanType)) {
      return (array, j) -> array.getBoolean(j) ? 1 : 0;
    }
    if (element.equals(DataTypes.ByteType)) {
      return ArrayData::getByte;
    }
    if (element.equals(DataTypes.ShortType)) {
      return ArrayData::getShort;
    }
    if (element.equals(DataTypes.IntegerType)) {
      return ArrayData::getInt;
    }
    return element.equals(DataTypes.LongType) ? ArrayData::getLong : null;
  }

  /** Reads a row; false if it is null or holds a null. */
  public boolean read(InternalRow row) {
    if (predictions != null) {
      return predictions.read(row);
    }
    ArrayData array = (ArrayData) targets.eval(row);
    if (array == null) {
      return false;
    }
    length = array.numElements();
    values = values.length < length ? new double[length] : values;
    for (int j = 0; j < length; j++) {
      if (array.isNullAt(j)) {
        return false;
      }
      values[j] = entries.get(array, j);
    }
    return true;
  }

  /** The number of entries of the row. */
  public int length() {
    return predictions == null ? length : predictions.length();
  }

  /** The number at an index. */
  public double get(int j) {
    return predictions == null ? values[j] : predictions.get(j);
  }
}
