// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.exact.LogSumExp;
import org.sparklosses.table.MergeableAggregate;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** {@code logsumexp_aggregate(value)}: {@link LogSumExp} of a column; a NULL is no row. */
final class LogSumExpAggregate extends MergeableAggregate<LogSumExp> {

  private static final long serialVersionUID = 1L;

  private static final String NAME = "logsumexp_aggregate";

  LogSumExpAggregate(Expression child) {
    this(CollectionConverters.asScala(List.of(child)).toSeq(), 0, 0);
  }

  private LogSumExpAggregate(Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(NAME, children, mutableOffset, inputOffset);
  }

  @Override
  public LogSumExp createAggregationBuffer() {
    return new LogSumExp();
  }

  @Override
  public LogSumExp update(LogSumExp sum, InternalRow input) {
    Object value = columns().get(0).eval(input);
    if (value != null) {
      sum.add((Double) value);
    }
    return sum;
  }

  @Override
  public Object eval(LogSumExp sum) {
    return sum.value();
  }

  @Override
  public DataType dataType() {
    return DataTypes.DoubleType;
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public LogSumExpAggregate copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new LogSumExpAggregate(newChildren, mutableOffset, inputOffset);
  }
}
