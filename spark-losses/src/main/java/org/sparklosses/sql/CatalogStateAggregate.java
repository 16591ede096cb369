// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An aggregate of {@link LossCatalog} with the types of its arguments. In a session that has {@link
 * CatalogFunctionRule}, the native aggregate takes its place; in any other, it runs that aggregate
 * and hands its buffer on as bytes: Spark reads such buffers back with a class loader that need not
 * know other classes than the JDK's. NULL, not an empty state, of no rows; a sum has a value then.
 *
 * @param function the function
 * @param input the types of the arguments
 */
record CatalogStateAggregate(StateFunction function, StructType input)
    implements AggregateFunction<Serializable, Object> {

  private static final long serialVersionUID = 1L;

  static DataType[] types(StructType input) {
    return Arrays.stream(input.fields()).map(StructField::dataType).toArray(DataType[]::new);
  }

  /** The arguments of a row as literals. */
  static List<Expression> constants(StructType input, InternalRow arguments) {
    List<Expression> constants = new ArrayList<>();
    for (int i = 0; i < input.length(); i++) {
      DataType type = input.fields()[i].dataType();
      constants.add(new Literal(arguments.get(i, type), type));
    }
    return constants;
  }

  static Expression valid(Expression call) {
    if (call instanceof InvalidCall invalid) {
      throw new IllegalArgumentException(invalid.message());
    }
    return call;
  }

  /** The native aggregate; the text of the options is that of a row, or empty without one. */
  private <T> TypedImperativeAggregate<T> aggregate(InternalRow row) {
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < input.length(); i++) {
      DataType type = input.fields()[i].dataType();
      arguments.add(
          type instanceof StringType && row != null
              ? new Literal(row.get(i, type), type)
              : new BoundReference(i, type, true));
    }
    int last = arguments.size() - 1;
    if (row == null && last > 1 && arguments.get(last).dataType() instanceof StringType) {
      arguments.remove(last);
    }
    @SuppressWarnings("unchecked")
    TypedImperativeAggregate<T> aggregate =
        (TypedImperativeAggregate<T>) valid(function.of(Scala.seq(arguments)));
    return aggregate;
  }

  /**
   * Checks the types of the arguments; of a text only a row tells what it says.
   *
   * @throws IllegalArgumentException when no call with them can run
   */
  void check() {
    aggregate(null);
  }

  @Override
  public Serializable newAggregationState() {
    return new byte[0];
  }

  @Override
  public Serializable update(Serializable state, InternalRow row) {
    Live<?> live = state instanceof Live<?> l ? l : new Live<>(aggregate(row), bytes(state));
    live.update(row);
    return live;
  }

  @Override
  public Serializable merge(Serializable left, Serializable right) {
    byte[] one = bytes(left);
    byte[] other = bytes(right);
    if (one.length == 0 || other.length == 0) {
      return one.length == 0 ? other : one;
    }
    TypedImperativeAggregate<Object> merge = merger().aggregate(null);
    return merge.serialize(merge.merge(merge.deserialize(one), merge.deserialize(other)));
  }

  private CatalogStateAggregate merger() {
    return function.isState()
        ? new CatalogStateAggregate(
            StateFunction.MERGE_EVALUATION_STATES,
            new StructType().add("state", DataTypes.BinaryType))
        : this;
  }

  @Override
  public Object produceResult(Serializable state) {
    byte[] bytes = bytes(state);
    if (function.isState()) {
      return bytes.length == 0 ? null : bytes;
    }
    Live<?> live = new Live<>(aggregate(null), bytes);
    return live.value();
  }

  private static byte[] bytes(Serializable state) {
    return state instanceof Live<?> live ? live.toBytes() : (byte[]) state;
  }

  /** A buffer that rows are being added to. It is written as its bytes. */
  private static final class Live<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient TypedImperativeAggregate<T> aggregate;
    private final transient T buffer;

    Live(TypedImperativeAggregate<T> aggregate, byte[] bytes) {
      this.aggregate = aggregate;
      buffer =
          bytes.length == 0 ? aggregate.createAggregationBuffer() : aggregate.deserialize(bytes);
    }

    void update(InternalRow row) {
      aggregate.update(buffer, row);
    }

    byte[] toBytes() {
      return aggregate.serialize(buffer);
    }

    Object value() {
      return aggregate.eval(buffer);
    }

    private Object writeReplace() {
      return toBytes();
    }
  }

  @Override
  public DataType[] inputTypes() {
    return types(input);
  }

  @Override
  public DataType resultType() {
    return function.isState() ? DataTypes.BinaryType : DataTypes.DoubleType;
  }

  @Override
  public String name() {
    return function.sqlName();
  }

  @Override
  public String canonicalName() {
    return "org.sparklosses." + name() + input.catalogString();
  }
}
