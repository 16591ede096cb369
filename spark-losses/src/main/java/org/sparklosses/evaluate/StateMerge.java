// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.sparklosses.table.BytesAggregate;
import org.sparklosses.table.EvaluationException;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Merges stored states of the same metrics and input; NULL of none. */
final class StateMerge extends BytesAggregate<StateMerge.Merged> {

  private static final long serialVersionUID = 1L;

  private static final String NAME = "merge_evaluation_states";

  StateMerge(Expression child) {
    this(CollectionConverters.asScala(List.of(child)).toSeq(), 0, 0);
  }

  private StateMerge(Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(NAME, children, mutableOffset, inputOffset);
  }

  /** What is merged so far; null before the first state. */
  static final class Merged {

    private EvaluationBuffer buffer;

    void add(byte[] state) {
      EvaluationBuffer other = EvaluationBuffer.of(state);
      if (buffer == null) {
        buffer = other;
      } else {
        EvaluationState.mergeInto(buffer, other);
      }
    }

    void add(Merged other) {
      if (buffer == null) {
        buffer = other.buffer;
      } else if (other.buffer != null) {
        EvaluationState.mergeInto(buffer, other.buffer);
      }
    }

    byte[] toBytes() {
      return buffer == null ? null : buffer.toBytes();
    }
  }

  @Override
  public Merged createAggregationBuffer() {
    return new Merged();
  }

  @Override
  public Merged update(Merged merged, InternalRow input) {
    byte[] state = (byte[]) columns().get(0).eval(input);
    try {
      if (state != null) {
        merged.add(state);
      }
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
    return merged;
  }

  @Override
  public Merged merge(Merged merged, Merged other) {
    try {
      merged.add(other);
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
    return merged;
  }

  @Override
  public Object eval(Merged merged) {
    return merged.toBytes();
  }

  @Override
  public byte[] serialize(Merged merged) {
    byte[] bytes = merged.toBytes();
    return bytes == null ? new byte[0] : bytes;
  }

  @Override
  public Merged deserialize(byte[] bytes) {
    Merged merged = new Merged();
    if (bytes.length > 0) {
      merged.add(bytes);
    }
    return merged;
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public StateMerge copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new StateMerge(newChildren, mutableOffset, inputOffset);
  }
}
