package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Merges stored states of the same metrics and input; NULL of none. */
final class StateMerge extends TypedImperativeAggregate<StateMerge.Merged> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Expression child;
  private final int mutableOffset;
  private final int inputOffset;

  StateMerge(Expression child) {
    this(child, 0, 0);
  }

  private StateMerge(Expression child, int mutableOffset, int inputOffset) {
    this.child = child;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
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
    byte[] state = (byte[]) child.eval(input);
    if (state != null) {
      merged.add(state);
    }
    return merged;
  }

  @Override
  public Merged merge(Merged merged, Merged other) {
    merged.add(other);
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
    return "merge_evaluation_states";
  }

  @Override
  public int mutableAggBufferOffset() {
    return mutableOffset;
  }

  @Override
  public int inputAggBufferOffset() {
    return inputOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return new StateMerge(child, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new StateMerge(child, mutableOffset, offset);
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new StateMerge(newChildren.apply(0), mutableOffset, inputOffset);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int i) {
    return switch (i) {
      case 0 -> child;
      case 1 -> mutableOffset;
      default -> inputOffset;
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof StateMerge;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateMerge that
        && child.equals(that.child)
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(child, mutableOffset, inputOffset);
  }
}
