// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.sparklosses.exact.Mergeable;
import scala.collection.immutable.Seq;

/**
 * An aggregate function whose buffer merges, and travels as what it writes.
 *
 * @param <B> the buffer
 */
public abstract class MergeableAggregate<B extends Mergeable<B>> extends BytesAggregate<B> {

  private static final long serialVersionUID = 1L;

  /**
   * A function.
   *
   * @param definition what it computes; functions of equal definition and columns are equal
   */
  protected MergeableAggregate(
      Serializable definition, Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(definition, children, mutableOffset, inputOffset);
  }

  @Override
  public B merge(B buffer, B other) {
    try {
      buffer.merge(other);
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
    return buffer;
  }

  @Override
  public byte[] serialize(B buffer) {
    return ByteChunks.of(buffer::write);
  }

  @Override
  public B deserialize(byte[] bytes) {
    return ByteChunks.read(bytes, createAggregationBuffer());
  }
}
