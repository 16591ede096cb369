// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.lang.reflect.InvocationTargetException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * What Spark 3.5 and 4 offer under different signatures, so that it is looked up: the one place of
 * this library that uses reflection on Spark.
 */
public final class SparkBridge {

  private static final String SPARK_4_UTILITY = "org.apache.spark.sql.classic.ExpressionUtils";

  private SparkBridge() {}

  /** A column of an aggregate function. */
  public static Column column(TypedImperativeAggregate<?> function) {
    return column(function.toAggregateExpression());
  }

  /** A column of an expression: a constructor in 3.5, a utility class in 4. */
  public static Column column(Expression expression) {
    try {
      return isSpark4()
          ? (Column)
              Class.forName(SPARK_4_UTILITY)
                  .getMethod("column", Expression.class)
                  .invoke(null, expression)
          : Column.class.getConstructor(Expression.class).newInstance(expression);
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  /** How a query is run: on the class of Dataset in 3.5, on its implementation in 4. */
  public static QueryExecution execution(Dataset<?> dataset) {
    try {
      return (QueryExecution) dataset.getClass().getMethod("queryExecution").invoke(dataset);
    } catch (ReflectiveOperationException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException
        ? new IllegalStateException(e.getCause())
        : new IllegalStateException(
            "this version of Spark cannot run an evaluation; 3.5, 4.0, 4.1 and 4.2 can", e);
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
