// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.FloatLogitBlock;
import org.sparklosses.metric.PredictionBlock;
import scala.jdk.javaapi.CollectionConverters;

/** Predictions by one column a class: {@code array(logit_0, logit_1, ...)}. */
final class ColumnPerClass implements ArrayOfColumns {

  private final List<NumberColumn> columns;

  private ColumnPerClass(List<NumberColumn> columns) {
    this.columns = columns;
  }

  /** Of an expression that makes such arrays; none of any other. */
  static Optional<ColumnPerClass> of(Expression predictions) {
    if (!(predictions instanceof CreateArray array) || array.children().isEmpty()) {
      return Optional.empty();
    }
    List<Expression> entries = CollectionConverters.asJava(array.children());
    DataType type = array.dataType().elementType();
    boolean areColumns = entries.stream().allMatch(BoundReference.class::isInstance);
    return type.equals(DataTypes.DoubleType) || (type.equals(DataTypes.FloatType) && areColumns)
        ? Optional.of(new ColumnPerClass(entries.stream().map(NumberColumn::new).toList()))
        : Optional.empty();
  }

  @Override
  public int length() {
    return columns.size();
  }

  @Override
  public boolean startBatch(ColumnarBatch batch) {
    boolean areOfFractions = true;
    for (NumberColumn column : columns) {
      column.startBatch(batch);
      areOfFractions &= column.isOfFractions();
    }
    return areOfFractions;
  }

  @Override
  public boolean read(InternalRow row, double[] out) {
    for (int j = 0; j < columns.size(); j++) {
      out[j] = columns.get(j).read(row);
      if (columns.get(j).isNull()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isDense(int row, int classes) {
    if (columns.size() != classes) {
      return false;
    }
    for (NumberColumn column : columns) {
      if (column.isNullAt(row)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void copy(int[] rows, int size, int classes, PredictionBlock block) {
    for (int j = 0; j < classes; j++) {
      int offset = j * PredictionBlock.STRIDE;
      if (block instanceof FloatLogitBlock logits) {
        columns.get(j).readAll(rows, size, logits.logits(), offset);
      } else {
        columns.get(j).readAll(rows, size, PredictionBatch.doubles(block), offset);
      }
    }
  }
}
