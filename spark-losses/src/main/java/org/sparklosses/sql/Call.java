// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.table.InputTypes;
import scala.collection.immutable.Seq;

/**
 * A call of a function in a query: its arguments, by place and by name, are matched with the
 * parameters; settings are evaluated and checked while the query is analysed.
 */
final class Call {

  private final RowFunction function;
  private final Map<String, Expression> arguments = new LinkedHashMap<>();

  private Call(RowFunction function, List<Expression> given) {
    this.function = function;
    match(given);
  }

  /** The expression of a call, an {@link InvalidCall} if it cannot run. */
  static Expression of(RowFunction function, Seq<Expression> arguments) {
    List<Expression> given = Scala.list(arguments);
    try {
      return new Call(function, given).expression();
    } catch (IllegalArgumentException e) {
      List<Expression> values = given.stream().map(Call::value).toList();
      return new InvalidCall(function.name(), e.getMessage(), values);
    }
  }

  private static Expression value(Expression argument) {
    return argument instanceof NamedArgumentExpression named ? named.value() : argument;
  }

  /**
   * Checks the types of arguments by place, of which the values are not known.
   *
   * @throws IllegalArgumentException when a call with them cannot run
   */
  static void checkTypes(RowFunction function, List<DataType> types) {
    Call call = new Call(function, List.of());
    for (int i = 0; i < types.size(); i++) {
      Parameter parameter = function.parameters().get(i);
      if (parameter.column()) {
        call.columnType(parameter, types.get(i));
      } else {
        call.checkSetting(parameter, types.get(i));
      }
    }
  }

  private void match(List<Expression> given) {
    List<Parameter> parameters = function.parameters();
    if (given.size() > parameters.size()) {
      throw refusal("takes at most " + parameters.size() + " arguments, not " + given.size());
    }
    for (int i = 0; i < given.size(); i++) {
      Expression argument = given.get(i);
      String name =
          argument instanceof NamedArgumentExpression named
              ? parameterNamed(named.key()).name()
              : parameters.get(i).name();
      if (i > 0
          && given.get(i - 1) instanceof NamedArgumentExpression
          && !(argument instanceof NamedArgumentExpression)) {
        throw refusal("has an argument without a name after one with a name");
      }
      if (arguments.put(name, value(argument)) != null) {
        throw ParameterErrors.twice(function.name(), name);
      }
    }
  }

  private Parameter parameterNamed(String name) {
    return function.parameters().stream()
        .filter(p -> p.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                ParameterErrors.unknown(
                    function.name(),
                    name,
                    function.parameters().stream().map(Parameter::name).toList()));
  }

  private Expression expression() {
    List<Expression> columns = new ArrayList<>();
    List<ColumnType> types = new ArrayList<>();
    boolean soft = false;
    for (Parameter parameter : function.columns()) {
      Expression argument = arguments.get(parameter.name());
      if (argument == null) {
        throw ParameterErrors.missing(
            function.name(), parameter.name(), "it is " + function.signature());
      }
      ColumnType type = columnType(parameter, argument.dataType());
      soft |= parameter.type() == ParameterType.TARGET && isArray(type);
      columns.add(type.cast(argument));
      types.add(type);
    }
    BoundFunction bound = soft ? function.bindSoft(settings()) : function.bind(settings());
    Optional<Expression> statistics =
        bound.usesStatistics() ? Optional.of(statistics(bound, columns)) : Optional.empty();
    return bound.needsRow()
        ? ColumnsFunctionExpression.of(bound, columns, types, statistics)
        : new StatisticsFunctionExpression(bound, statistics.orElseThrow());
  }

  private Expression statistics(BoundFunction bound, List<Expression> columns) {
    int label = bound.readsLabel() ? labelColumn() : -1;
    return RowStatisticsExpression.of(
        columns.get(0),
        label < 0 ? Optional.empty() : Optional.of(columns.get(label)),
        function.name(),
        function.columns().get(0).name(),
        RowKernels::get);
  }

  private int labelColumn() {
    return function.columns().indexOf(function.labelColumn().orElseThrow());
  }

  private static boolean isArray(ColumnType type) {
    return type == ColumnType.FLOATS || type == ColumnType.DOUBLES || type == ColumnType.VECTOR;
  }

  private ColumnType columnType(Parameter parameter, DataType type) {
    Optional<ColumnType> found =
        switch (parameter.type()) {
          case LOGITS, ARRAY, NULLABLE_ARRAY -> ColumnType.array(type);
          case LABEL -> ColumnType.label(type);
          case TARGET -> ColumnType.label(type).or(() -> ColumnType.array(type));
          case MATRIX -> ColumnType.matrix(type);
          case DOUBLE, INT, BOOLEAN, STRING -> ColumnType.number(type);
        };
    return found.orElseThrow(() -> wrongType(parameter, allowed(parameter), type));
  }

  private static String allowed(Parameter column) {
    return switch (column.type()) {
      case LOGITS, ARRAY, NULLABLE_ARRAY, TARGET -> column.allowed() + " or an MLlib vector";
      default -> column.allowed();
    };
  }

  private IllegalArgumentException wrongType(Parameter parameter, String allowed, DataType type) {
    return ParameterErrors.typeNotAllowed(
        function.name(),
        parameter.name(),
        InputTypes.name(type),
        allowed + InputTypes.remedy(type));
  }

  private void checkSetting(Parameter parameter, DataType type) {
    boolean isRight =
        switch (parameter.type()) {
          case DOUBLE, INT -> InputTypes.isNumber(type);
          case BOOLEAN -> type instanceof BooleanType;
          case STRING -> type instanceof StringType;
          case ARRAY, NULLABLE_ARRAY ->
              type instanceof ArrayType && ColumnType.array(type).isPresent();
          case LOGITS, LABEL, TARGET, MATRIX -> false;
        };
    if (!isRight && !(type instanceof NullType)) {
      throw wrongType(parameter, parameter.allowed(), type);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Parameter parameter : function.settings()) {
      Expression argument = arguments.get(parameter.name());
      if (argument != null) {
        Object value = constant(parameter, argument);
        if (value != null) {
          settings.put(parameter.name(), value);
        }
      }
    }
    return settings;
  }

  private Object constant(Parameter parameter, Expression argument) {
    if (!argument.foldable()) {
      throw refusal(
          "needs a constant as " + parameter.name() + ", not " + argument.sql() + " of each row");
    }
    checkSetting(parameter, argument.dataType());
    Expression constant = argument;
    if (argument.dataType() instanceof ArrayType) {
      constant = cast(argument, DataTypes.createArrayType(DataTypes.DoubleType));
    } else if (InputTypes.isNumber(argument.dataType())) {
      constant = cast(argument, DataTypes.DoubleType);
    }
    Object value = value(parameter, constant);
    if (value instanceof ArrayData entries) {
      return parameter.type() == ParameterType.NULLABLE_ARRAY
          ? ColumnType.nullableDoubles(entries)
          : ColumnType.DOUBLES.doubles(entries, function.name(), parameter.name());
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  private Object value(Parameter parameter, Expression constant) {
    try {
      return constant.eval(InternalRow.empty());
    } catch (RuntimeException e) {
      throw refusal(
          "needs a constant as %s, but %s has no value: %s"
              .formatted(parameter.name(), constant.sql(), e.getMessage()));
    }
  }

  private static Expression cast(Expression expression, DataType type) {
    return new Cast(expression, type, scala.Option.empty());
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(
        function.name() + " " + what + "; it is " + function.signature());
  }
}
