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
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind {@link Evaluation}: all metrics of all slices in one pass. Its
 * children are the columns that {@link RowReader} reads; its value is the state as bytes.
 */
final class EvaluationAggregate extends TypedImperativeAggregate<EvaluationBuffer>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final EvaluationSpec spec;
  private final Seq<Expression> children;
  private final int mutableOffset;
  private final int inputOffset;

  /** Per task: made from the above on first use. */
  private transient MetricPlan plan;

  private transient RowReader reader;

  EvaluationAggregate(EvaluationSpec spec, List<Expression> children) {
    this(spec, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  private EvaluationAggregate(
      EvaluationSpec spec, Seq<Expression> children, int mutableOffset, int inputOffset) {
    this.spec = spec;
    this.children = children;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  private MetricPlan plan() {
    if (plan == null) {
      plan = spec.plan();
    }
    return plan;
  }

  private RowReader reader() {
    if (reader == null) {
      reader = new RowReader(spec, CollectionConverters.asJava(children));
    }
    return reader;
  }

  /** Says that the rows to come are those of a batch, one after another. */
  void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
  }

  @Override
  public EvaluationBuffer createAggregationBuffer() {
    return new EvaluationBuffer(spec, plan());
  }

  @Override
  public EvaluationBuffer update(EvaluationBuffer buffer, InternalRow input) {
    RowReader reader = reader();
    InputCheck check = reader.read(input, buffer);
    if (check != null && check.isFault() && spec.policies().get(check) != Policy.DROP) {
      throw reader.failure(check, buffer.classes());
    }
    buffer.add(reader, check);
    return buffer;
  }

  @Override
  public EvaluationBuffer merge(EvaluationBuffer buffer, EvaluationBuffer other) {
    return buffer.merge(other);
  }

  @Override
  public Object eval(EvaluationBuffer buffer) {
    return buffer.toBytes();
  }

  @Override
  public byte[] serialize(EvaluationBuffer buffer) {
    return buffer.toBytes();
  }

  @Override
  public EvaluationBuffer deserialize(byte[] bytes) {
    return EvaluationBuffer.of(spec, plan(), bytes);
  }

  @Override
  public String prettyName() {
    return "evaluation_state";
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
    return new EvaluationAggregate(spec, children, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new EvaluationAggregate(spec, children, mutableOffset, offset);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public Seq<Expression> children() {
    return children;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new EvaluationAggregate(spec, newChildren, mutableOffset, inputOffset);
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int i) {
    return switch (i) {
      case 0 -> spec;
      case 1 -> children;
      case 2 -> mutableOffset;
      default -> inputOffset;
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EvaluationAggregate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EvaluationAggregate that
        && spec.equals(that.spec)
        && children.equals(that.children)
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(spec, children, mutableOffset, inputOffset);
  }
}
