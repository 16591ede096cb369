package org.sparklosses.evaluate;

import java.lang.reflect.InvocationTargetException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;

/**
 * Makes a column of an aggregate function. The way differs between Spark 3.5 (a constructor) and 4
 * (a utility class), so that it is looked up.
 */
final class AggregateColumn {

  private static final String SPARK_4_UTILITY = "org.apache.spark.sql.classic.ExpressionUtils";

  private AggregateColumn() {}

  static Column of(TypedImperativeAggregate<?> function) {
    Expression expression = function.toAggregateExpression();
    try {
      return isSpark4()
          ? (Column)
              Class.forName(SPARK_4_UTILITY)
                  .getMethod("column", Expression.class)
                  .invoke(null, expression)
          : Column.class.getConstructor(Expression.class).newInstance(expression);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of Spark cannot run an evaluation; 3.5, 4.0 and 4.1 can", e);
    }
  }

  private static boolean isSpark4() {
    try {
      Class.forName(SPARK_4_UTILITY);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
