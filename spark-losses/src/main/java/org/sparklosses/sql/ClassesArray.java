// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.function.ClassProbabilities;

/** Classes and their probabilities as a SQL array of structs, written as Spark stores it. */
final class ClassesArray {

  static final ArrayType TYPE =
      DataTypes.createArrayType(
          new StructType()
              .add("class", DataTypes.IntegerType, false)
              .add("p", DataTypes.DoubleType, false),
          false);

  /** Of an entry: where it lies, which of its fields are null, and the fields. */
  private static final int ENTRY_BYTES = 4 * Long.BYTES;

  private ClassesArray() {}

  static UnsafeArrayData of(ClassProbabilities listed) {
    int[] classes = listed.classes();
    int header = UnsafeArrayData.calculateHeaderPortionInBytes(classes.length);
    UnsafeRowWriter row = new UnsafeRowWriter(1, header + ENTRY_BYTES * classes.length);
    row.reset();
    int start = row.cursor();
    UnsafeArrayWriter array = new UnsafeArrayWriter(row, Long.BYTES);
    array.initialize(classes.length);
    UnsafeRowWriter entry = new UnsafeRowWriter(array, 2);
    for (int i = 0; i < classes.length; i++) {
      int from = row.cursor();
      entry.resetRowWriter();
      entry.write(0, classes[i]);
      entry.write(1, listed.probabilities()[i]);
      array.setOffsetAndSizeFromPreviousCursor(i, from);
    }
    row.setOffsetAndSizeFromPreviousCursor(0, start);
    return row.getRow().getArray(0);
  }
}
