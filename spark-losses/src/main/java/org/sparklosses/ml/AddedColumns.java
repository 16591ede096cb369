// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Columns that a stage adds to a schema. */
final class AddedColumns {

  private AddedColumns() {}

  /**
   * The schema with one column more.
   *
   * @param setter what gives it another name, for the message
   * @throws IllegalArgumentException if there is a column of that name
   */
  static StructType with(StructType schema, String name, DataType type, String setter) {
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "the table has a column '%s' already; call the new one otherwise: %s"
              .formatted(name, setter));
    }
    return schema.add(name, type, true);
  }
}
