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

/** A metric of a state; NULL for NULL and for a state of no rows. */
final class StateMetricExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private static final String NAME = "evaluation_metric";

  private final StateMetric metric;

  /**
   * A metric of bytes that hold a state.
   *
   * @param bytes the bytes
   */
  static StateMetricExpression of(Expression bytes, StateMetric metric) {
    return new StateMetricExpression(new ReadStateExpression(bytes, NAME), metric);
  }

  private StateMetricExpression(Expression state, StateMetric metric) {
    super(List.of(state));
    this.metric = metric;
  }

  @Override
  Object identity() {
    return metric;
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new StateMetricExpression(newChildren.get(0), metric);
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
    return DataTypes.DoubleType;
  }

  @Override
  public Object eval(InternalRow input) {
    Object state = child(0).eval(input);
    return state == null ? null : metric.value((EvaluationState) state);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    String reference = context.addReferenceObj("metric", metric, StateMetric.class.getName());
    ExprCode state = child(0).genCode(context);
    String boxed = context.freshName("boxed");
    String code =
        """
        %s
        Double %s = %s ? null : %s.value(%s);
        boolean %s = %s == null;
        double %s = %s ? -1.0 : %s.doubleValue();
        """
            .formatted(
                state.code(),
                boxed,
                state.isNull(),
                reference,
                state.value(),
                out.isNull(),
                boxed,
                out.value(),
                out.isNull(),
                boxed);
    return out.copy(block(code), out.isNull(), out.value());
  }
}
