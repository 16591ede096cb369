// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricState;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.KernelNames;
import org.sparklosses.table.RowBlocks;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.RowSelection;
import org.sparklosses.table.ScanAggregate;
import org.sparklosses.table.TableScan;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind {@link Evaluation}: all metrics of all slices in one pass. Its
 * children are the columns that {@link RowReader} reads; its value is the state as bytes.
 */
final class EvaluationAggregate extends ScanAggregate<GroupBuffer<MetricState>> {

  private static final long serialVersionUID = 1L;

  private final EvaluationSpec spec;

  /** Per task: made from the above on first use. */
  private transient MetricPlan plan;

  private transient RowReader reader;

  private transient RowBlocks<MetricState> blocks;

  /**
   * A function of columns.
   *
   * @param kernels is told which kernels read rows; null if nobody asks
   */
  EvaluationAggregate(EvaluationSpec spec, KernelNames kernels, List<Expression> children) {
    this(spec, kernels, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  /**
   * The function of whatever columns. Made here, so that {@link Evaluation} can be linked where
   * there is no Catalyst, and say so: on a client of Spark Connect.
   */
  static TableScan.Definition<GroupBuffer<MetricState>> definition(EvaluationSpec spec) {
    return (kernels, columns) -> new EvaluationAggregate(spec, kernels, columns);
  }

  private EvaluationAggregate(
      EvaluationSpec spec,
      KernelNames kernels,
      Seq<Expression> children,
      int mutableOffset,
      int inputOffset) {
    super(spec, kernels, children, mutableOffset, inputOffset);
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
      tellKernel();
      reader = new RowReader(spec.input(), FunctionColumns.values(spec), columns());
    }
    return reader;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
  }

  @Override
  public void moveTo(int row) {
    reader().moveTo(row);
  }

  @Override
  public void updateBatch(
      GroupBuffer<MetricState> buffer, ColumnarBatch batch, RowSelection selection) {
    if (blocks == null) {
      blocks = RowBlocks.of(reader(), spec.input().kind(), MetricState::add);
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
  public GroupBuffer<MetricState> createAggregationBuffer() {
    return EvaluationBuffer.groups(spec, plan());
  }

  @Override
  public GroupBuffer<MetricState> update(GroupBuffer<MetricState> buffer, InternalRow input) {
    RowReader reader = reader();
    try {
      InputCheck check = reader.read(input, buffer);
      if (check == null) {
        buffer.forEachOf(reader.slices(), state -> state.add(reader.row()));
      } else if (spec.rows().refuses(check)) {
        throw reader.failure(check, buffer.classes());
      } else {
        buffer.forEachOf(reader.slices(), state -> state.addUnused(check));
      }
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
    return buffer;
  }

  @Override
  public byte[] serialize(GroupBuffer<MetricState> buffer) {
    return new EvaluationBuffer(spec, buffer).toBytes();
  }

  @Override
  public GroupBuffer<MetricState> deserialize(byte[] bytes) {
    return EvaluationBuffer.of(spec, plan(), bytes).groups();
  }

  @Override
  public String prettyName() {
    return "evaluation_state";
  }

  @Override
  public EvaluationAggregate copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new EvaluationAggregate(spec, kernels(), newChildren, mutableOffset, inputOffset);
  }
}
