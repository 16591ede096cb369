// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.table.KeyColumn;
import org.sparklosses.table.NumberColumn;

/** Reads the fold of a row out of a column of numbers or of text. */
final class FoldReader {

  private final NumberColumn number;
  private final KeyColumn text;
  private long fold;

  FoldReader(Expression column) {
    boolean isNumber = column.dataType().equals(DataTypes.DoubleType);
    number = isNumber ? new NumberColumn(column) : null;
    text = isNumber ? null : new KeyColumn(column);
  }

  void startBatch(ColumnarBatch batch) {
    if (number != null) {
      number.startBatch(batch);
    } else {
      text.startBatch(batch);
    }
  }

  /** Reads a row; false if it is of no fold, its number being NULL. */
  boolean hasFold(InternalRow row) {
    fold = number == null ? text.hash(row) : (long) number.read(row);
    return number == null || !number.isNull();
  }

  /** That of the row which was read last: the same of rows of the same value. */
  long fold() {
    return fold;
  }
}
