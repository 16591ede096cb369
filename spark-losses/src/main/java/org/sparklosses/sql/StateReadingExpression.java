// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.sparklosses.evaluate.EvaluationState;

/** What is read off a state; NULL for NULL and for a state of no rows. */
final class StateReadingExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private final StateReading reading;

  /**
   * A reading of bytes that hold a state.
   *
   * @param bytes the bytes
   */
  static StateReadingExpression of(Expression bytes, StateReading reading) {
    return new StateReadingExpression(new ReadStateExpression(bytes, reading.function()), reading);
  }

  private StateReadingExpression(Expression state, StateReading reading) {
    super(List.of(state));
    this.reading = reading;
  }

  @Override
  Object identity() {
    return reading;
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new StateReadingExpression(newChildren.get(0), reading);
  }

  @Override
  public String prettyName() {
    return reading.function();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return reading.type();
  }

  @Override
  public Object eval(InternalRow input) {
    Object state = child(0).eval(input);
    return state == null ? null : reading.value((EvaluationState) state);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    String reference = context.addReferenceObj("reading", reading, StateReading.class.getName());
    ExprCode state = child(0).genCode(context);
    String boxed = context.freshName("boxed");
    String boxedType = CodeGenerator.boxedType(dataType());
    String code =
        """
        %1$s
        %2$s %3$s = %4$s ? null : (%2$s) %5$s.value(%6$s);
        boolean %7$s = %3$s == null;
        %8$s %9$s = %7$s ? %10$s : %3$s;
        """
            .formatted(
                state.code(),
                boxedType,
                boxed,
                state.isNull(),
                reference,
                state.value(),
                out.isNull(),
                CodeGenerator.javaType(dataType()),
                out.value(),
                CodeGenerator.defaultValue(dataType(), false));
    return out.copy(block(code), out.isNull(), out.value());
  }
}
