// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.kernel.RowStatistics;

/**
 * A function of the columns of the row: its children are the columns in the order of the signature
 * and, if it uses them, the statistics. NULL when a column is.
 */
final class ColumnsFunctionExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private final ColumnsFunction function;

  private ColumnsFunctionExpression(List<Expression> children, ColumnsFunction function) {
    super(children);
    this.function = function;
  }

  /** Of columns that have these types. */
  static ColumnsFunctionExpression of(
      BoundFunction function,
      List<Expression> columns,
      List<ColumnType> types,
      Optional<Expression> statistics) {
    List<Expression> children = new ArrayList<>(columns);
    statistics.ifPresent(children::add);
    return new ColumnsFunctionExpression(children, new ColumnsFunction(function, types));
  }

  private BoundFunction bound() {
    return function.function();
  }

  private int columns() {
    return function.types().size();
  }

  private boolean hasStatistics() {
    return children().length() > columns();
  }

  @Override
  Object identity() {
    return bound();
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new ColumnsFunctionExpression(newChildren, function);
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return ResultCode.dataType(bound().result());
  }

  @Override
  public String prettyName() {
    return bound().name();
  }

  @Override
  public String sql() {
    return CallText.of(bound(), Scala.list(children()).subList(0, columns()));
  }

  @Override
  public Object eval(InternalRow input) {
    Object[] arrays = new Object[columns()];
    double[] numbers = new double[columns()];
    int label = RowStatistics.NO_LABEL;
    for (int i = 0; i < columns(); i++) {
      Object value = child(i).eval(input);
      if (value == null) {
        return null;
      }
      if (function.isLabel(i)) {
        label = label(value);
        if (function.ignores(label)) {
          return null;
        }
      } else if (value instanceof Number number) {
        numbers[i] = number.doubleValue();
      } else {
        arrays[i] = function.array(i, value);
      }
    }
    InternalRow statistics = hasStatistics() ? (InternalRow) child(columns()).eval(input) : null;
    return ResultCode.isArray(bound().result())
        ? function.arrayValue(arrays, numbers, label, statistics)
        : ResultCode.box(bound().result(), function.value(arrays, numbers, label, statistics));
  }

  private int label(Object value) {
    if (value instanceof Integer index) {
      return index;
    }
    return value instanceof Long index
        ? function.label((long) index)
        : function.label((double) (Double) value);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    String reference =
        context.addReferenceObj("function", function, ColumnsFunction.class.getName());
    String arrays = context.freshName("arrays");
    String numbers = context.freshName("numbers");
    String label = context.freshName("label");
    String statistics = "null";
    List<ExprCode> codes = new ArrayList<>();
    StringBuilder nulls = new StringBuilder();
    StringBuilder body = new StringBuilder();
    body.append(String.format("Object[] %s = new Object[%d];\n", arrays, columns()));
    body.append(String.format("double[] %s = new double[%d];\n", numbers, columns()));
    body.append(String.format("int %s = %d;\n", label, RowStatistics.NO_LABEL));
    for (int i = 0; i < children().length(); i++) {
      ExprCode code = child(i).genCode(context);
      codes.add(code);
      nulls.append(i == 0 ? "!" : " && !").append(code.isNull());
      if (i == columns()) {
        statistics = code.value().toString();
      } else if (function.isLabel(i)) {
        body.append(String.format("%s = %s.label(%s);\n", label, reference, code.value()));
      } else if (function.types().get(i) == ColumnType.DOUBLE) {
        body.append(String.format("%s[%d] = %s;\n", numbers, i, code.value()));
      } else {
        body.append(
            String.format("%s[%d] = %s.array(%d, %s);\n", arrays, i, reference, i, code.value()));
      }
    }
    boolean array = ResultCode.isArray(bound().result());
    String number =
        String.format(
            "%s.%s(%s, %s, %s, %s)",
            reference, array ? "arrayValue" : "value", arrays, numbers, label, statistics);
    String isNull = out.isNull().toString();
    String value = out.value().toString();
    StringBuilder all = new StringBuilder();
    codes.forEach(code -> all.append(code.code()).append('\n'));
    all.append(ResultCode.declare(bound().result(), isNull, value));
    all.append(
        String.format(
            "if (%s) {\n%sif (!%s.ignores(%s)) {\n%s}\n}\n",
            nulls,
            body,
            reference,
            label,
            ResultCode.assign(
                bound().result(), isNull, value, number, context.freshName("number"))));
    return out.copy(block(all.toString()), out.isNull(), out.value());
  }
}
