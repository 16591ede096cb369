// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Columns that stages read and add: named by their whole names, which may hold dots. */
final class StageColumns {

  private StageColumns() {}

  /** How Spark and evaluations are asked for the column of that name. */
  static String reference(String name) {
    boolean isPlain = name.chars().noneMatch(c -> c == '.' || c == '`');
    return isPlain ? name : "`" + name.replace("`", "``") + "`";
  }

  /** The column of that name. */
  static Column column(Dataset<?> table, String name) {
    return table.col(reference(name));
  }

  /**
   * The schema with one column more.
   *
   * @param what is in it, for the message
   * @param setter what gives it another name, for the message
   * @throws IllegalArgumentException if there is a column of that name
   */
  static StructType with(
      StructType schema, String name, DataType type, String what, String setter) {
    if (Arrays.stream(schema.fieldNames()).anyMatch(isSame(name))) {
      throw new IllegalArgumentException(
          "the table has a column '%s' already; call the %s otherwise: %s"
              .formatted(name, what, setter));
    }
    return schema.add(name, type, true);
  }

  /** Whether Spark takes a name for this one, as its session tells apart capitals or not. */
  private static Predicate<String> isSame(String name) {
    return SQLConf.get().caseSensitiveAnalysis() ? name::equals : name::equalsIgnoreCase;
  }
}
