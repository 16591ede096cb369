// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A calibration of {@link LossCatalog}; see {@link CatalogFunction}. */
final class CatalogCalibration implements ScalarFunction<Object> {

  private static final long serialVersionUID = 1L;

  private final StateFunction function;
  private final StructType input;

  /** Kept from row to row, as are the maps that it read. */
  private final Expression call;

  /**
   * A calibration of arguments of these types.
   *
   * @throws IllegalArgumentException when no call with them can run
   */
  CatalogCalibration(StateFunction function, StructType input) {
    this.function = function;
    this.input = input;
    List<Expression> arguments = new ArrayList<>();
    for (DataType type : inputTypes()) {
      arguments.add(new BoundReference(arguments.size(), type, true));
    }
    call = CatalogStateAggregate.valid(function.of(Scala.seq(arguments)));
  }

  StateFunction function() {
    return function;
  }

  @Override
  public DataType[] inputTypes() {
    return CatalogStateAggregate.types(input);
  }

  @Override
  public DataType resultType() {
    return call.dataType();
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
    return call.eval(arguments);
  }
}
