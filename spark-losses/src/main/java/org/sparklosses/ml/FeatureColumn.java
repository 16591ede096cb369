// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.ml.functions.array_to_vector;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** A column of features: MLlib Vectors, or arrays of numbers. */
final class FeatureColumn {

  private FeatureColumn() {}

  /** The column as Vectors; NULL where an array holds a NULL. */
  static Column vectors(Dataset<?> table, String name) {
    Column column = StageColumns.column(table, name);
    if (isVector(checked(table.schema(), name))) {
      return column;
    }
    // What makes Vectors fails at a NULL, and takes one in an array for 0.
    return functions.when(
        functions.not(functions.exists(column, Column::isNull)),
        array_to_vector(column.cast("array<double>")));
  }

  /**
   * The type of the column.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds no features
   */
  static DataType checked(StructType schema, String name) {
    DataType type = schema.apply(name).dataType();
    if (!isVector(type)
        && !(type instanceof ArrayType a && a.elementType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column '%s' holds %s; features are an MLlib Vector or an array of numbers"
              .formatted(name, type.sql()));
    }
    return type;
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }
}
