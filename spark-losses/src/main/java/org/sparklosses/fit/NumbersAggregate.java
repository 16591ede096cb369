// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.NumberReader;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.ScanAggregate;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate function of rows whose numbers are judged by another, by group. Its children are the
 * columns that {@link NumberReader} reads.
 *
 * @param <C> what is kept of a group
 */
final class NumbersAggregate<C extends Mergeable<C>>
    extends ScanAggregate<GroupBuffer<RowGroup<C>>> {

  private static final long serialVersionUID = 1L;

  private final Definition<C> definition;

  /** Per task: made from the above on first use. */
  private transient NumberReader reader;

  /**
   * What is kept of rows.
   *
   * @param <C> what is kept of a group
   */
  interface Definition<C extends Mergeable<C>> extends Serializable {

    /** The name of the function. */
    String name();

    /** The columns of the table. */
    RowSpec rows();

    /** What the numbers are. */
    NumberForm form();

    /** The groups of no rows. */
    GroupBuffer<RowGroup<C>> newGroups();

    /**
     * Adds a row.
     *
     * @return why it is not to be used after all; null when it was added
     */
    InputCheck add(NumberReader row, GroupBuffer<RowGroup<C>> groups);
  }

  /** A function of columns. */
  NumbersAggregate(Definition<C> definition, List<Expression> children) {
    this(definition, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  private NumbersAggregate(
      Definition<C> definition, Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(definition, null, children, mutableOffset, inputOffset);
    this.definition = definition;
  }

  private NumberReader reader() {
    if (reader == null) {
      reader = new NumberReader(definition.rows(), definition.form(), columns());
    }
    return reader;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
  }

  @Override
  public void moveTo(int row) {
    reader().slices().moveTo(row);
  }

  @Override
  public GroupBuffer<RowGroup<C>> createAggregationBuffer() {
    return definition.newGroups();
  }

  @Override
  public GroupBuffer<RowGroup<C>> update(GroupBuffer<RowGroup<C>> buffer, InternalRow input) {
    NumberReader row = reader();
    InputCheck check = row.read(input);
    InputCheck fault = check == null ? definition.add(row, buffer) : check;
    if (fault != null && definition.rows().refuses(fault)) {
      throw row.failure(fault);
    }
    if (fault != null) {
      buffer.forEachOf(row.slices(), group -> group.addUnused(fault));
    }
    return buffer;
  }

  @Override
  public String prettyName() {
    return definition.name();
  }

  @Override
  public NumbersAggregate<C> copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new NumbersAggregate<>(definition, newChildren, mutableOffset, inputOffset);
  }
}
