package org.sparklosses.evaluate;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricPlan;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind {@link Evaluation}: all metrics of all slices in one pass. Its
 * children are the columns that {@link RowReader} reads; its value is the state as bytes.
 */
final class EvaluationAggregate extends ScanAggregate<EvaluationBuffer> {

  private static final long serialVersionUID = 1L;

  private final EvaluationSpec spec;

  /** Per task: made from the above on first use. */
  private transient MetricPlan plan;

  private transient RowReader reader;

  private transient RowBlocks blocks;

  EvaluationAggregate(EvaluationSpec spec, List<Expression> children) {
    this(spec, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  private EvaluationAggregate(
      EvaluationSpec spec, Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(spec, children, mutableOffset, inputOffset);
    this.spec = spec;
  }

  private MetricPlan plan() {
    if (plan == null) {
      plan = spec.plan();
    }
    return plan;
  }

  private RowReader reader() {
    if (reader == null) {
      reader = new RowReader(spec, columns());
    }
    return reader;
  }

  @Override
  void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
  }

  @Override
  void moveTo(int row) {
    reader().moveTo(row);
  }

  @Override
  void updateBatch(EvaluationBuffer buffer, ColumnarBatch batch, RowSelection selection) {
    if (blocks == null) {
      blocks = RowBlocks.of(reader(), spec.kind());
    }
    try {
      if (!blocks.update(buffer, batch, selection, row -> update(buffer, row))) {
        super.updateBatch(buffer, batch, selection);
      }
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
  }

  @Override
  public EvaluationBuffer createAggregationBuffer() {
    return new EvaluationBuffer(spec, plan());
  }

  @Override
  public EvaluationBuffer update(EvaluationBuffer buffer, InternalRow input) {
    RowReader reader = reader();
    try {
      InputCheck check = reader.read(input, buffer);
      if (check != null && check.isFault() && spec.policies().get(check) != Policy.DROP) {
        throw reader.failure(check, buffer.classes());
      }
      buffer.add(reader, check);
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
    return buffer;
  }

  @Override
  public EvaluationBuffer merge(EvaluationBuffer buffer, EvaluationBuffer other) {
    return buffer.merge(other);
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
  EvaluationAggregate copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new EvaluationAggregate(spec, newChildren, mutableOffset, inputOffset);
  }
}
