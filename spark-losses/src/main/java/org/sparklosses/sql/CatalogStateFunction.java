// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A function of {@link LossCatalog} that is read off a state; see {@link CatalogFunction}.
 *
 * @param function which one
 * @param input the types of its arguments
 */
record CatalogStateFunction(StateFunction function, StructType input)
    implements ScalarFunction<Object> {

  /**
   * Checks the types of the arguments.
   *
   * @throws IllegalArgumentException when no call with them can run
   */
  void check() {
    DataType[] types = inputTypes();
    boolean isRight = types[0] instanceof BinaryType || types[0] instanceof NullType;
    for (int i = 1; i < types.length; i++) {
      isRight &= types[i] instanceof StringType;
    }
    if (!isRight) {
      throw new IllegalArgumentException(
          "takes a state (BINARY) and texts, not " + input.catalogString());
    }
  }

  @Override
  public DataType[] inputTypes() {
    return CatalogStateAggregate.types(input);
  }

  @Override
  public DataType resultType() {
    return function == StateFunction.EVALUATION_METRIC
        ? DataTypes.DoubleType
        : DataTypes.BinaryType;
  }

  @Override
  public String name() {
    return function.sqlName();
  }

  @Override
  public String canonicalName() {
    return "org.sparklosses." + name() + input.catalogString();
  }

  @Override
  public Object produceResult(InternalRow arguments) {
    List<Expression> expressions = CatalogStateAggregate.constants(input, arguments);
    expressions.set(0, new BoundReference(0, input.fields()[0].dataType(), true));
    return CatalogStateAggregate.valid(function.of(Scala.seq(expressions))).eval(arguments);
  }
}
