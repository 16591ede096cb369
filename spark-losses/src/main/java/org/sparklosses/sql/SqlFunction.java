// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import scala.Function1;
import scala.collection.immutable.Seq;

/**
 * A function as Spark's registry holds it.
 *
 * @param identifier its name
 * @param info what {@code DESCRIBE FUNCTION} shows
 * @param builder from arguments to the expression of a call
 */
record SqlFunction(
    FunctionIdentifier identifier,
    ExpressionInfo info,
    Function1<Seq<Expression>, Expression> builder) {

  /**
   * All of them, aliases included. A registry that is given the same objects twice takes it for no
   * change; of equal ones it would warn, function by function.
   */
  static final List<SqlFunction> ALL = all();

  private static List<SqlFunction> all() {
    List<SqlFunction> functions = new ArrayList<>();
    for (RowFunction function : RowFunctions.all()) {
      functions.add(of(function.name(), function));
      function.aliases().forEach(alias -> functions.add(of(alias, function)));
    }
    for (StateFunction function : StateFunction.values()) {
      functions.add(
          new SqlFunction(
              new FunctionIdentifier(function.sqlName()),
              function.info(),
              Scala.function(function::of)));
    }
    return List.copyOf(functions);
  }

  private static SqlFunction of(String name, RowFunction function) {
    return new SqlFunction(
        new FunctionIdentifier(name),
        FunctionInfo.of(name, function),
        Scala.function(arguments -> Call.of(function, arguments)));
  }
}
