// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.InputTypes;
import org.sparklosses.table.PredictionColumn;
import org.sparklosses.table.TargetColumn;
import scala.jdk.javaapi.CollectionConverters;

/** The aggregates as expressions, for the functions of SQL. */
public final class StateExpressions {

  private StateExpressions() {}

  /**
   * {@code evaluation_state(predictions, label [, weight])}: the state of a group of rows as bytes.
   *
   * @param columns predictions, label and perhaps weight; their types are known
   * @param options see {@link StateOptions}; empty for the defaults
   * @throws IllegalArgumentException if a type or an option is impossible
   */
  public static Expression state(List<Expression> columns, String options) {
    Expression predictions = columns.get(0);
    Expression label = columns.get(1);
    Expression weight = columns.size() > 2 ? columns.get(2) : null;
    EvaluationSpec spec =
        StateOptions.spec(
            predictions.sql(), label.sql(), weight == null ? null : weight.sql(), options);
    if (!spec.columnsMeans().isEmpty()) {
      throw new IllegalArgumentException(
          "a state has no column for metric '%s'; use Evaluation, or SQL's avg of the function"
              .formatted(spec.columnsMeans().get(0).function().name()));
    }
    List<Expression> children = new ArrayList<>();
    children.add(predictions(predictions, spec.input().kind()));
    children.add(number("label", label));
    if (weight != null) {
      children.add(number("weight", weight));
    }
    return new EvaluationAggregate(spec, null, children);
  }

  /** {@code merge_evaluation_states(state)}: the state of all rows of the states. */
  public static Expression merge(Expression state) {
    return new StateMerge(cast(state, DataTypes.BinaryType));
  }

  /**
   * {@code logsumexp_aggregate(value)}: the logarithm of the sum of exponentials of a column.
   *
   * @throws IllegalArgumentException if it is no number
   */
  public static Expression logSumExp(Expression value) {
    return new LogSumExpAggregate(number("value", value));
  }

  /**
   * {@code multilabel_metrics(scores, targets)}: metrics of rows with a score and a target a label.
   *
   * @param options see {@link MultilabelSpec}; empty for the defaults
   * @throws IllegalArgumentException if a type or an option is impossible
   */
  public static Expression multilabel(Expression scores, Expression targets, String options) {
    return new MultilabelAggregate(
        MultilabelSpec.of(scores.sql(), targets.sql(), options),
        array(scores)
            .orElseThrow(
                () ->
                    wrongType(
                        "scores",
                        scores.dataType(),
                        "ARRAY<FLOAT>, ARRAY<DOUBLE> or an MLlib Vector")),
        targets(targets));
  }

  private static Expression targets(Expression column) {
    DataType type = column.dataType();
    return TargetColumn.isSupported(type)
        ? column
        : array(column)
            .orElseThrow(
                () ->
                    wrongType(
                        "targets",
                        type,
                        "an array of numbers or BOOLEANs or an MLlib Vector, 0 or 1 a label,"));
  }

  private static Expression predictions(Expression column, InputKind kind) {
    Optional<Expression> array = array(column);
    if (array.isPresent()) {
      return array.get();
    }
    DataType type = column.dataType();
    if (isNumber(type)) {
      Expression positive = cast(column, DataTypes.DoubleType);
      Expression negative =
          kind.isLogits()
              ? new Literal(0.0, DataTypes.DoubleType)
              : new Subtract(new Literal(1.0, DataTypes.DoubleType), positive);
      return new CreateArray(
          CollectionConverters.<Expression>asScala(List.of(negative, positive)).toSeq());
    }
    throw wrongType(
        kind.toString(), type, "ARRAY<FLOAT>, ARRAY<DOUBLE>, an MLlib Vector or a number");
  }

  /** A column of arrays of numbers or vectors, as {@link PredictionColumn} reads it. */
  private static Optional<Expression> array(Expression column) {
    DataType type = column.dataType();
    if (PredictionColumn.isSupported(type)) {
      return Optional.of(column);
    }
    return type instanceof ArrayType array && isNumber(array.elementType())
        ? Optional.of(cast(column, DataTypes.createArrayType(DataTypes.DoubleType)))
        : Optional.empty();
  }

  private static Expression number(String role, Expression column) {
    if (!isNumber(column.dataType())) {
      throw wrongType(role, column.dataType(), "a number");
    }
    return cast(column, DataTypes.DoubleType);
  }

  private static boolean isNumber(DataType type) {
    return InputTypes.isNumber(type) || type instanceof NullType;
  }

  private static Expression cast(Expression expression, DataType type) {
    return expression.dataType().asNullable().equals(type.asNullable())
        ? expression
        : new Cast(expression, type, scala.Option.empty());
  }

  private static IllegalArgumentException wrongType(String role, DataType type, String wanted) {
    return new IllegalArgumentException(
        "takes %s as %s, not %s".formatted(wanted, role, InputTypes.refused(type)));
  }
}
