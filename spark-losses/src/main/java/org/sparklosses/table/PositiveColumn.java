// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.PredictionBlock;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Predictions of two classes by one number, that of class 1: {@code array(1 - p, p)} or {@code
 * array(0, z)}.
 */
final class PositiveColumn implements ArrayOfColumns {

  private static final int CLASSES = 2;

  private final NumberColumn positive;

  /** Whether the number of class 0 is 1 less that of class 1; 0 if not. */
  private final boolean isComplement;

  private PositiveColumn(Expression positive, boolean isComplement) {
    this.positive = new NumberColumn(positive);
    this.isComplement = isComplement;
  }

  /** Of an expression that makes such arrays; none of any other. */
  static Optional<PositiveColumn> of(Expression predictions) {
    if (!(predictions instanceof CreateArray array) || array.children().size() != CLASSES) {
      return Optional.empty();
    }
    List<Expression> entries = CollectionConverters.asJava(array.children());
    Expression negative = entries.get(0);
    Expression positive = entries.get(1);
    if (!positive.dataType().equals(DataTypes.DoubleType)) {
      return Optional.empty();
    }
    if (isNumber(negative, 0.0)) {
      return Optional.of(new PositiveColumn(positive, false));
    }
    boolean isComplement =
        negative instanceof Subtract difference
            && isNumber(difference.left(), 1.0)
            && difference.right().equals(positive);
    return isComplement ? Optional.of(new PositiveColumn(positive, true)) : Optional.empty();
  }

  private static boolean isNumber(Expression expression, double x) {
    return expression instanceof Literal literal && Double.valueOf(x).equals(literal.value());
  }

  @Override
  public int length() {
    return CLASSES;
  }

  @Override
  public boolean startBatch(ColumnarBatch batch) {
    positive.startBatch(batch);
    return positive.isOfFractions();
  }

  @Override
  public boolean read(InternalRow row, double[] out) {
    double x = positive.read(row);
    out[0] = negative(x);
    out[1] = x;
    return !positive.isNull();
  }

  private double negative(double x) {
    return isComplement ? 1.0 - x : 0.0;
  }

  @Override
  public boolean isDense(int row, int classes) {
    return classes == CLASSES && !positive.isNullAt(row);
  }

  @Override
  public void copy(int[] rows, int size, int classes, PredictionBlock block) {
    double[] to = PredictionBatch.doubles(block);
    positive.readAll(rows, size, to, PredictionBlock.STRIDE);
    for (int place = 0; place < size; place++) {
      to[place] = negative(to[PredictionBlock.STRIDE + place]);
    }
  }
}
