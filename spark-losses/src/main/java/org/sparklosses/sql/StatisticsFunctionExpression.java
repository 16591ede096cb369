// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.ResultType;

/** A function that is arithmetic on its only child, the {@link RowStatisticsExpression}. */
final class StatisticsFunctionExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private final StatisticsFunction function;

  StatisticsFunctionExpression(BoundFunction function, Expression statistics) {
    super(List.of(statistics));
    this.function = new StatisticsFunction(function);
  }

  @Override
  Object identity() {
    return function.function();
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new StatisticsFunctionExpression(function.function(), newChildren.get(0));
  }

  private ResultType result() {
    return function.function().result();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return ResultCode.dataType(result());
  }

  @Override
  public String prettyName() {
    return function.function().name();
  }

  @Override
  public String sql() {
    return CallText.of(function.function(), Scala.list(child(0).children()));
  }

  @Override
  public Object eval(InternalRow input) {
    InternalRow statistics = (InternalRow) child(0).eval(input);
    if (statistics == null || !function.hasValue(statistics)) {
      return null;
    }
    return result() == ResultType.STATISTICS
        ? statistics
        : ResultCode.box(result(), function.value(statistics));
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    ExprCode statistics = child(0).genCode(context);
    String reference =
        context.addReferenceObj("function", function, StatisticsFunction.class.getName());
    String isNull = out.isNull().toString();
    String value = out.value().toString();
    String row = statistics.value().toString();
    String number = result() == ResultType.STATISTICS ? row : reference + ".value(" + row + ")";
    String code =
        statistics.code()
            + "\n"
            + ResultCode.declare(result(), isNull, value)
            + String.format(
                "if (!%s && %s.hasValue(%s)) {\n%s}\n",
                statistics.isNull(),
                reference,
                row,
                ResultCode.assign(result(), isNull, value, number, context.freshName("number")));
    return out.copy(block(code), out.isNull(), out.value());
  }
}
