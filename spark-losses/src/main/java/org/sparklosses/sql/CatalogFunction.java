// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;

/**
 * A function of {@link LossCatalog} with the types of its arguments. In a session that has {@link
 * CatalogFunctionRule}, the native expression takes its place; in any other, {@link
 * #produceResult(InternalRow)} evaluates that expression row by row.
 *
 * @param name the function's name
 * @param input the types of the arguments
 */
record CatalogFunction(String name, StructType input) implements ScalarFunction<Object> {

  RowFunction definition() {
    return RowFunctions.named(name);
  }

  @Override
  public DataType[] inputTypes() {
    return Arrays.stream(input.fields()).map(StructField::dataType).toArray(DataType[]::new);
  }

  @Override
  public DataType resultType() {
    return ResultCode.dataType(definition().result());
  }

  @Override
  public String canonicalName() {
    return "org.sparklosses." + name + input.catalogString();
  }

  @Override
  public Object produceResult(InternalRow arguments) {
    int columns = definition().columns().size();
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < input.length(); i++) {
      DataType type = input.fields()[i].dataType();
      expressions.add(
          i < columns
              ? new BoundReference(i, type, true)
              : new Literal(arguments.get(i, type), type));
    }
    Expression call = Call.of(definition(), Scala.seq(expressions));
    if (call instanceof InvalidCall invalid) {
      throw new IllegalArgumentException(invalid.message());
    }
    return call.eval(arguments);
  }
}
