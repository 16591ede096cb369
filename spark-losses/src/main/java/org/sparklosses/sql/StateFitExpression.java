// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.evaluate.EvaluationState;

/** A calibrator that is fitted from a state; NULL for NULL and for a state of no rows. */
final class StateFitExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private static final String NAME = "fit_calibrator";

  private final StateFit fit;

  /**
   * A fit from bytes that hold a state.
   *
   * @param bytes the bytes
   */
  static StateFitExpression of(Expression bytes, StateFit fit) {
    return new StateFitExpression(new ReadStateExpression(bytes, NAME), fit);
  }

  private StateFitExpression(Expression state, StateFit fit) {
    super(List.of(state));
    this.fit = fit;
  }

  @Override
  Object identity() {
    return fit;
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new StateFitExpression(newChildren.get(0), fit);
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public Object eval(InternalRow input) {
    Object state = child(0).eval(input);
    return state == null ? null : fit.bytes((EvaluationState) state);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    String reference = context.addReferenceObj("fit", fit, StateFit.class.getName());
    ExprCode state = child(0).genCode(context);
    String code =
        """
        %s
        byte[] %s = %s ? null : %s.bytes(%s);
        boolean %s = %s == null;
        """
            .formatted(
                state.code(),
                out.value(),
                state.isNull(),
                reference,
                state.value(),
                out.isNull(),
                out.value());
    return out.copy(block(code), out.isNull(), out.value());
  }
}
