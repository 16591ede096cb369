// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Iterator;

/** A call that cannot run: the analysis of the query ends with its message. */
final class InvalidCall extends RowExpression {

  private static final long serialVersionUID = 1;

  private final String function;
  private final String message;

  InvalidCall(String function, String message, List<Expression> arguments) {
    super(arguments);
    this.function = function;
    this.message = message;
  }

  String message() {
    return message;
  }

  @Override
  Object identity() {
    return message;
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new InvalidCall(function, message, newChildren);
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return new TypeCheckResult.TypeCheckFailure(message);
  }

  /** Without the message, which Spark would print with the plan a second time. */
  @Override
  public Iterator<Object> stringArgs() {
    return Scala.<Object>seq(Scala.list(children())).iterator();
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
    return DataTypes.DoubleType;
  }

  @Override
  public Object eval(InternalRow input) {
    throw new IllegalStateException(message);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    throw new IllegalStateException(message);
  }
}
