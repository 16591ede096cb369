// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import org.sparklosses.metric.PredictionRow;

/** Copies the predictions of a row out of Spark's memory into a buffer that is used again. */
public final class PredictionColumn {

  private static final byte DENSE = 1;
  private static final int VECTOR_FIELDS = 4;
  private static final int NULL_BITS_OFFSET = 8;

  private final Expression predictions;

  /** Where arrays are a column of the row; -1 if they are computed, or are no arrays. */
  private final int ordinal;

  private final Optional<ArrayOfColumns> columns;
  private final boolean isFloat;
  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private int length;

  /** Whether arrays come out of a column vector that holds no null entry. */
  private boolean isVectorWithoutNulls;

  private WritableColumnVector arraysOfFloats;
  private Optional<PredictionBatch> batch = Optional.empty();

  /** Of an expression of a type that {@link #isSupported}. */
  public PredictionColumn(Expression predictions) {
    this.predictions = predictions;
    DataType type = predictions.dataType();
    isFloat = type instanceof ArrayType array && array.elementType().equals(DataTypes.FloatType);
    ordinal =
        predictions instanceof BoundReference reference && type instanceof ArrayType
            ? reference.ordinal()
            : -1;
    columns =
        PositiveColumn.of(predictions)
            .<ArrayOfColumns>map(column -> column)
            .or(() -> ColumnPerClass.of(predictions));
  }

  /** Whether columns of a type can be read. */
  public static boolean isSupported(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array
            && (array.elementType().equals(DataTypes.FloatType)
                || array.elementType().equals(DataTypes.DoubleType)));
  }

  /**
   * Says that the rows to come are those of a batch. Column vectors of Spark's Parquet reader and
   * cache know at once whether they hold nulls; those of other sources are asked entry by entry.
   */
  public void startBatch(ColumnarBatch newBatch) {
    ColumnVector vector =
        predictions instanceof BoundReference reference
            ? newBatch.column(reference.ordinal())
            : null;
    WritableColumnVector own =
        vector instanceof WritableColumnVector writable && !ArrayBatch.holdsNull(writable)
            ? writable
            : null;
    isVectorWithoutNulls = own != null;
    arraysOfFloats = isFloat ? own : null;
    if (columns.isPresent()) {
      batch = columns.filter(found -> found.startBatch(newBatch)).map(found -> found);
    } else if (own != null) {
      batch = Optional.of(new ArrayBatch(own, isFloat));
    } else {
      boolean isOfArrays = vector != null && predictions.dataType() instanceof ArrayType;
      batch = isOfArrays ? Optional.of(new ListBatch(vector, isFloat)) : Optional.empty();
    }
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

  /** What blocks are copied from; empty where rows are to be read one by one. */
  Optional<PredictionBatch> batch() {
    return batch;
  }

  /** Copies a row; false if it is null or holds a null. */
  public boolean read(InternalRow row) {
    if (columns.isPresent()) {
      return readColumns(columns.get(), row);
    }
    if (ordinal >= 0) {
      return !row.isNullAt(ordinal) && readArray(row.getArray(ordinal));
    }
    Object value = predictions.eval(row);
    return value instanceof ArrayData array
        ? readArray(array)
        : value != null && readVector((InternalRow) value);
  }

  /** The number of entries of the row. */
  public int length() {
    return length;
  }

  /** The probability or logit at an index. */
  public double get(int j) {
    return isFloat ? floats[j] : doubles[j];
  }

  /** Gives the row that was read to who evaluates it. */
  public void readInto(PredictionRow row, InputKind kind, int label, double weight) {
    if (!kind.isLogits()) {
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

  private boolean readColumns(ArrayOfColumns entries, InternalRow row) {
    length = entries.length();
    ensureCapacity();
    if (!isFloat) {
      return entries.read(row, doubles);
    }
    doubles = doubles.length < length ? new double[length] : doubles;
    boolean isWhole = entries.read(row, doubles);
    for (int j = 0; j < length; j++) {
      floats[j] = (float) doubles[j];
    }
    return isWhole;
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
