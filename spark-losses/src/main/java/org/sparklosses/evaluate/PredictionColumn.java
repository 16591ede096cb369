package org.sparklosses.evaluate;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.Platform;
import org.sparklosses.metric.PredictionRow;

/** Copies the predictions of a row out of Spark's memory into a buffer that is used again. */
final class PredictionColumn {

  private static final byte DENSE = 1;
  private static final int VECTOR_FIELDS = 4;
  private static final int NULL_BITS_OFFSET = 8;

  private final boolean isFloat;
  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private int length;

  /** Whether arrays come out of a column vector that holds no null entry. */
  private boolean isVectorWithoutNulls;

  private WritableColumnVector arraysOfFloats;

  /** The column of the batch, if it holds no null entry. */
  private WritableColumnVector rows;

  private PredictionColumn(boolean isFloat) {
    this.isFloat = isFloat;
  }

  static boolean isSupported(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array
            && (array.elementType().equals(DataTypes.FloatType)
                || array.elementType().equals(DataTypes.DoubleType)));
  }

  static PredictionColumn of(DataType type) {
    return new PredictionColumn(
        type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType));
  }

  /**
   * Says that the rows to come lie in a column vector. Those of Spark's Parquet reader and cache
   * know at once whether they hold nulls; those of other sources are asked entry by entry.
   *
   * @param vector null when the rows do not lie in one
   */
  void startBatch(ColumnVector vector) {
    rows = null;
    isVectorWithoutNulls =
        vector instanceof WritableColumnVector
            && !(vector.dataType() instanceof ArrayType
                    ? vector.getChild(0)
                    : vector.getChild(VECTOR_FIELDS - 1).getChild(0))
                .hasNull();
    if (isVectorWithoutNulls) {
      rows = (WritableColumnVector) vector;
    }
    arraysOfFloats = isFloat ? rows : null;
  }

  /**
   * The column vector of the batch, if it is of arrays of floats none of which is null; or null.
   */
  WritableColumnVector arraysOfFloats() {
    return arraysOfFloats;
  }

  /** Whether entries are floats. */
  boolean isFloat() {
    return isFloat;
  }

  /** The column of the batch, if no entry of an array or a vector in it is null; or null. */
  WritableColumnVector rows() {
    return rows;
  }

  /**
   * Of {@link #rows} the arrays: of vectors their values.
   *
   * @see #isDense
   */
  WritableColumnVector arrays() {
    return isOfVectors() ? rows.getChild(VECTOR_FIELDS - 1) : rows;
  }

  private boolean isOfVectors() {
    return !(rows.dataType() instanceof ArrayType);
  }

  /** Whether the array of a row that is not null has all its entries. */
  boolean isDense(int row) {
    return !isOfVectors() || rows.getChild(0).getByte(row) == DENSE;
  }

  /** Copies a row that is not null; false if it holds a null. */
  boolean read(Object value) {
    return value instanceof ArrayData array ? readArray(array) : readVector((InternalRow) value);
  }

  int length() {
    return length;
  }

  /** The probability or logit at an index. */
  double get(int j) {
    return isFloat ? floats[j] : doubles[j];
  }

  void readInto(PredictionRow row, InputKind kind, int label, double weight) {
    if (kind == InputKind.PROBABILITIES) {
      if (isFloat) {
        doubles = doubles.length < length ? new double[length] : doubles;
        for (int j = 0; j < length; j++) {
          doubles[j] = floats[j];
        }
      }
      row.readProbabilities(doubles, length, label, weight);
    } else if (isFloat) {
      row.readLogits(floats, length, label, weight);
    } else {
      row.readLogits(doubles, length, label, weight);
    }
  }

  private boolean readArray(ArrayData array) {
    length = array.numElements();
    ensureCapacity();
    if (isVectorWithoutNulls && array instanceof ColumnarArray columnar) {
      copy(columnar);
      return true;
    }
    if (array instanceof UnsafeArrayData unsafe) {
      return readUnsafe(unsafe);
    }
    for (int j = 0; j < length; j++) {
      if (array.isNullAt(j)) {
        return false;
      }
      if (isFloat) {
        floats[j] = array.getFloat(j);
      } else {
        doubles[j] = array.getDouble(j);
      }
    }
    return true;
  }

  /**
   * Entry by entry: the compiler makes a block copy of it. The array's own bulk method allocates,
   * and memory that was never touched before costs more than the copy.
   */
  private void copy(ColumnarArray array) {
    if (isFloat) {
      float[] to = floats;
      for (int j = 0; j < length; j++) {
        to[j] = array.getFloat(j);
      }
    } else {
      double[] to = doubles;
      for (int j = 0; j < length; j++) {
        to[j] = array.getDouble(j);
      }
    }
  }

  private boolean readUnsafe(UnsafeArrayData array) {
    Object base = array.getBaseObject();
    long offset = array.getBaseOffset();
    int header = UnsafeArrayData.calculateHeaderPortionInBytes(length);
    for (int at = NULL_BITS_OFFSET; at < header; at += Long.BYTES) {
      if (Platform.getLong(base, offset + at) != 0) {
        return false;
      }
    }
    if (isFloat) {
      Platform.copyMemory(
          base, offset + header, floats, Platform.FLOAT_ARRAY_OFFSET, (long) length * Float.BYTES);
    } else {
      Platform.copyMemory(
          base,
          offset + header,
          doubles,
          Platform.DOUBLE_ARRAY_OFFSET,
          (long) length * Double.BYTES);
    }
    return true;
  }

  /** A struct of type, size, indices, values: indices and size of sparse vectors only. */
  private boolean readVector(InternalRow vector) {
    ArrayData values = vector.getArray(VECTOR_FIELDS - 1);
    if (vector.getByte(0) == DENSE) {
      return readArray(values);
    }
    length = vector.getInt(1);
    ensureCapacity();
    Arrays.fill(doubles, 0, length, 0.0);
    ArrayData indices = vector.getArray(2);
    for (int i = 0; i < indices.numElements(); i++) {
      doubles[indices.getInt(i)] = values.getDouble(i);
    }
    return true;
  }

  private void ensureCapacity() {
    if (isFloat && floats.length < length) {
      floats = new float[length];
    } else if (!isFloat && doubles.length < length) {
      doubles = new double[length];
    }
  }
}
