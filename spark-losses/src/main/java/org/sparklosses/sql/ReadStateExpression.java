// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ObjectType;
import org.sparklosses.evaluate.EvaluationState;

/**
 * The state that bytes hold, for the metrics that are read off it: Spark evaluates equal ones of an
 * operator once a row. NULL for NULL.
 */
final class ReadStateExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private final String function;

  /**
   * Of bytes.
   *
   * @param function the name of who reads it, for messages
   */
  ReadStateExpression(Expression bytes, String function) {
    super(List.of(bytes));
    this.function = function;
  }

  @Override
  Object identity() {
    return "";
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new ReadStateExpression(newChildren.get(0), function);
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    DataType type = child(0).dataType();
    return type instanceof BinaryType || type instanceof NullType
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            prettyName() + " takes a state (BINARY), not " + type.sql());
  }

  @Override
  public String prettyName() {
    return function;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return new ObjectType(EvaluationState.class);
  }

  @Override
  public Object eval(InternalRow input) {
    Object bytes = child(0).eval(input);
    return bytes == null ? null : StateMetric.state((byte[]) bytes);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    ExprCode bytes = child(0).genCode(context);
    String state = EvaluationState.class.getName();
    String code =
        """
        %1$s
        boolean %2$s = %3$s;
        %4$s %5$s = %2$s ? null : %7$s.state((byte[]) %6$s);
        """
            .formatted(
                bytes.code(),
                out.isNull(),
                bytes.isNull(),
                state,
                out.value(),
                bytes.value(),
                StateMetric.class.getName());
    return out.copy(block(code), out.isNull(), out.value());
  }
}
