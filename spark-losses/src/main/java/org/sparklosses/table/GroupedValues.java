// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Columns by whose text rows are grouped, so that values which GROUP BY and joins take for the same
 * have the same text: -0.0 and 0.0, in arrays and structs too, and texts of a collation without
 * case. (All NaN have one text anyway.)
 */
final class GroupedValues {

  private GroupedValues() {}

  /**
   * A column of the same groups, each with one text.
   *
   * @param role what the column is for
   * @param name what it is called
   * @throws IllegalArgumentException if texts are equal by a collation that has no such text
   */
  static Column of(String role, String name, Column column, DataType type) {
    if (isCollated(type)) {
      return withoutCase(role, name, column, type);
    }
    return hasFractions(type) ? withoutNegativeZero(column, type) : column;
  }

  private static boolean hasFractions(DataType type) {
    if (type instanceof ArrayType array) {
      return hasFractions(array.elementType());
    }
    if (type instanceof StructType fields) {
      return Arrays.stream(fields.fields()).anyMatch(field -> hasFractions(field.dataType()));
    }
    return type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
  }

  private static Column withoutNegativeZero(Column column, DataType type) {
    if (!hasFractions(type)) {
      return column;
    }
    if (type instanceof ArrayType array) {
      return transform(column, entry -> withoutNegativeZero(entry, array.elementType()));
    }
    if (type instanceof StructType fields) {
      Column[] all =
          Arrays.stream(fields.fields())
              .map(field -> field(column, field).as(field.name()))
              .toArray(Column[]::new);
      return when(column.isNotNull(), struct(all));
    }
    return column.plus(type.equals(DataTypes.FloatType) ? lit(0.0f) : lit(0.0));
  }

  private static Column field(Column column, StructField field) {
    return withoutNegativeZero(column.getField(field.name()), field.dataType());
  }

  private static boolean isCollated(DataType type) {
    return type instanceof StringType && type.sql().contains(" COLLATE ");
  }

  private static Column withoutCase(String role, String name, Column column, DataType type) {
    if (!type.sql().toUpperCase(Locale.ROOT).endsWith(" UTF8_LCASE")) {
      throw new IllegalArgumentException(
          "column '%s' (%s) is %s: which of its texts are equal depends on a language; cast it to"
                  .formatted(name, role, type.sql())
              + " STRING COLLATE UTF8_BINARY or UTF8_LCASE");
    }
    // The collation knows one small sigma, lower() two.
    return translate(lower(column).cast(DataTypes.StringType), "ς", "σ");
  }
}
