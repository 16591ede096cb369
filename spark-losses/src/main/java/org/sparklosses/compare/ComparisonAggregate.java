// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.KernelNames;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.ScanAggregate;
import org.sparklosses.table.TableScan;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind a pass of a {@link Comparison}. Its children are the predictions of
 * the first model, the other columns that {@link RowReader} reads, and the predictions of the other
 * models. A row is compared if no model's predictions have a fault.
 *
 * @param <G> what is kept of a group
 */
final class ComparisonAggregate<G extends RowGroup<G>> extends ScanAggregate<GroupBuffer<G>> {

  private static final long serialVersionUID = 1L;

  private final RowGrouping<G> grouping;

  /** Per task: made from the above on first use. */
  private transient RowReader[] readers;

  private transient PredictionRow[] rows;

  /**
   * A function of columns.
   *
   * @param kernels is told which kernels read rows
   */
  ComparisonAggregate(RowGrouping<G> grouping, KernelNames kernels, List<Expression> children) {
    this(grouping, kernels, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  /**
   * The function of whatever columns. Made here, so that {@link Comparison} can be linked where
   * there is no Catalyst, and say so: on a client of Spark Connect.
   */
  static <G extends RowGroup<G>> TableScan.Definition<GroupBuffer<G>> definition(
      RowGrouping<G> grouping) {
    return (kernels, columns) -> new ComparisonAggregate<>(grouping, kernels, columns);
  }

  private ComparisonAggregate(
      RowGrouping<G> grouping,
      KernelNames kernels,
      Seq<Expression> children,
      int mutableOffset,
      int inputOffset) {
    super(grouping, kernels, children, mutableOffset, inputOffset);
    this.grouping = grouping;
  }

  private RowReader[] readers() {
    if (readers == null) {
      tellKernel();
      ComparisonSpec spec = grouping.spec();
      int others = columns().size() - (spec.models() - 1);
      readers = new RowReader[spec.models()];
      rows = new PredictionRow[spec.models()];
      for (int m = 0; m < readers.length; m++) {
        List<Expression> read = new ArrayList<>(columns().subList(0, others));
        read.set(0, columns().get(m == 0 ? 0 : others + m - 1));
        readers[m] = new RowReader(spec.model(m), read);
        rows[m] = readers[m].row();
      }
    }
    return readers;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    for (RowReader reader : readers()) {
      reader.startBatch(batch);
    }
  }

  @Override
  public void moveTo(int row) {
    for (RowReader reader : readers()) {
      reader.moveTo(row);
    }
  }

  @Override
  public GroupBuffer<G> createAggregationBuffer() {
    return grouping.newGroups();
  }

  @Override
  public GroupBuffer<G> update(GroupBuffer<G> buffer, InternalRow input) {
    RowReader first = readers()[0];
    InputCheck found = null;
    for (RowReader reader : readers) {
      InputCheck check = reader.read(input, buffer);
      if (check != null && refuses(check)) {
        throw failure(reader, check, buffer.classes());
      }
      found = found == null ? check : found;
    }
    if (found == null) {
      buffer.forEachOf(first.slices(), group -> group.add(rows));
    } else {
      InputCheck why = found;
      buffer.forEachOf(first.slices(), group -> group.addUnused(why));
    }
    return buffer;
  }

  private InvalidRowException failure(RowReader reader, InputCheck check, int classes) {
    InvalidRowException failure = reader.failure(check, classes);
    return check == InputCheck.LENGTH_MISMATCH && reader != readers[0]
        ? failure.with("all models need the same classes")
        : failure;
  }

  private boolean refuses(InputCheck check) {
    return grouping.spec().evaluation().rows().refuses(check);
  }

  @Override
  public String prettyName() {
    return "comparison_state";
  }

  @Override
  public ComparisonAggregate<G> copy(
      Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new ComparisonAggregate<>(grouping, kernels(), newChildren, mutableOffset, inputOffset);
  }
}
