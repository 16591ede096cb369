// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.kernel.RowStatistics;

/** A function that reads the columns of the row. Public because generated code calls it. */
public final class ColumnsFunction implements Serializable {

  private static final long serialVersionUID = 1;

  private final BoundFunction function;
  private final List<ColumnType> types;

  ColumnsFunction(BoundFunction function, List<ColumnType> types) {
    this.function = function;
    this.types = types;
  }

  BoundFunction function() {
    return function;
  }

  List<ColumnType> types() {
    return types;
  }

  /** Whether the column holds the class index. */
  boolean isLabel(int column) {
    ParameterType type = parameter(column).type();
    return type == ParameterType.LABEL || (type == ParameterType.TARGET && !function.softTarget());
  }

  /** The class index that a label column holds. */
  public int label(int label) {
    return label;
  }

  /** The class index that a label column holds. */
  public int label(long label) {
    try {
      return ClassIndex.of(function.name(), label);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  /** The class index that a label column holds. */
  public int label(double label) {
    try {
      return ClassIndex.of(function.name(), label);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  /** Whether rows with this label have no value. */
  public boolean ignores(int label) {
    return function.ignores(label);
  }

  /** The numbers of an array column. */
  public Object array(int column, Object value) {
    try {
      return types.get(column) == ColumnType.MATRIX
          ? ColumnType.matrix((ArrayData) value, function.name(), parameter(column).name())
          : types.get(column).doubles(value, function.name(), parameter(column).name());
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  /**
   * The value of a row.
   *
   * @param label {@link RowStatistics#NO_LABEL} for a function that reads none
   * @param statistics null for a function that does not use them
   */
  public double value(Object[] arrays, double[] numbers, int label, InternalRow statistics) {
    try {
      return function.apply(row(arrays, numbers, label, statistics));
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  /** The array of a row; null where that is undefined. */
  public ArrayData arrayValue(
      Object[] arrays, double[] numbers, int label, InternalRow statistics) {
    try {
      Row row = row(arrays, numbers, label, statistics);
      return function.result() == ResultType.CLASSES
          ? function.applyClasses(row).map(ClassesArray::of).orElse(null)
          : UnsafeArrayData.fromPrimitiveArray(function.applyArray(row));
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  private Row row(Object[] arrays, double[] numbers, int label, InternalRow statistics) {
    Row row =
        new Row(
            arrays,
            numbers,
            label,
            statistics == null ? null : StatisticsRow.of(statistics).statistics());
    if (function.readsLabel() && row.classes() > 0) {
      function.checkLabel(label, row.classes());
    }
    return row;
  }

  private Parameter parameter(int column) {
    return function.function().columns().get(column);
  }
}
