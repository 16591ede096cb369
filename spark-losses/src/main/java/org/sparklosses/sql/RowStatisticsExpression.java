// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;

/**
 * The statistics of the logits and, if there is one, the label: one kernel call. NULL when the
 * logits are; a NULL label only makes the struct's label NULL.
 */
final class RowStatisticsExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private final StatisticsReader reader;

  private RowStatisticsExpression(List<Expression> children, StatisticsReader reader) {
    super(children);
    this.reader = reader;
  }

  /**
   * Of columns that have the types that {@link ColumnType} reads.
   *
   * @param function the function that asks, for messages
   * @param column what it calls the logits
   */
  static RowStatisticsExpression of(
      Expression logits,
      Optional<Expression> label,
      String function,
      String column,
      KernelSource kernels) {
    ColumnType type = ColumnType.array(logits.dataType()).orElseThrow();
    return new RowStatisticsExpression(
        label.map(l -> List.of(logits, l)).orElse(List.of(logits)),
        new StatisticsReader(type, function, column, kernels));
  }

  Expression logits() {
    return child(0);
  }

  boolean hasLabel() {
    return children().length() > 1;
  }

  RowStatisticsExpression withKernels(KernelSource kernels) {
    return new RowStatisticsExpression(Scala.list(children()), reader.withKernels(kernels));
  }

  @Override
  Object identity() {
    return reader.kernelSource();
  }

  @Override
  RowStatisticsExpression with(List<Expression> newChildren) {
    return new RowStatisticsExpression(newChildren, reader);
  }

  @Override
  public boolean nullable() {
    return logits().nullable();
  }

  @Override
  public DataType dataType() {
    return StatisticsRow.TYPE;
  }

  @Override
  public String prettyName() {
    return "row_statistics";
  }

  @Override
  public Object eval(InternalRow input) {
    Object logits = logits().eval(input);
    if (logits == null) {
      return null;
    }
    Object label = hasLabel() ? child(1).eval(input) : null;
    if (label == null) {
      return reader.read(logits);
    }
    if (label instanceof Integer index) {
      return reader.read(logits, (int) index);
    }
    return label instanceof Long index
        ? reader.read(logits, (long) index)
        : reader.read(logits, (double) (Double) label);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    ExprCode logits = logits().genCode(context);
    String read =
        context.addReferenceObj("statistics", reader, StatisticsReader.class.getName()) + ".read";
    String code = logits.code() + "\n";
    String row = read + "(" + logits.value() + ")";
    if (hasLabel()) {
      ExprCode label = child(1).genCode(context);
      code += label.code() + "\n";
      row =
          String.format(
              "%1$s ? %2$s(%3$s) : %2$s(%3$s, %4$s)",
              label.isNull(), read, logits.value(), label.value());
    }
    code +=
        String.format(
            "boolean %s = %s;\nInternalRow %s = null;\nif (!%s) {\n  %s = %s;\n}\n",
            out.isNull(), logits.isNull(), out.value(), out.isNull(), out.value(), row);
    return out.copy(block(code), out.isNull(), out.value());
  }
}
