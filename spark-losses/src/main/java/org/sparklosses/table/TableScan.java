// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.sparklosses.exact.Mergeable;

/**
 * One pass of an aggregate function over a table: over its batches where it has them.
 *
 * @param state of all rows
 * @param kernels the names of the kernels of those who read rows
 * @param <B> the state
 */
public record TableScan<B extends Mergeable<B>>(B state, SortedSet<String> kernels) {

  /** Takes a copy. */
  public TableScan {
    kernels = Collections.unmodifiableSortedSet(new TreeSet<>(kernels));
  }

  /** An aggregate function of columns, which tells what it reads rows with. */
  @FunctionalInterface
  public interface Definition<B extends Mergeable<B>> {
    ScanAggregate<B> of(KernelNames kernels, List<Expression> columns);
  }

  /**
   * Scans a table.
   *
   * @param description what its jobs are called
   * @param columns in the order in which they are read
   * @throws EvaluationException if a row or slice made a task fail with one
   */
  public static <B extends Mergeable<B>> TableScan<B> of(
      String description, Dataset<Row> columns, Definition<B> definition) {
    return of(description, columns, columns, attributes(columns), definition);
  }

  /**
   * As above, where rows are read from another query than batches.
   *
   * @param description what its jobs are called
   * @param columns of the batches, in the order in which they are read
   * @param rows the rows where there are no batches
   * @param columnsOfRows the same columns, as expressions over those rows
   */
  public static <B extends Mergeable<B>> TableScan<B> of(
      String description,
      Dataset<Row> columns,
      Dataset<Row> rows,
      List<Expression> columnsOfRows,
      Definition<B> definition) {
    KernelNames kernels = new KernelNames();
    SparkContext context = columns.sparkSession().sparkContext();
    context.register(kernels);
    Optional<ColumnarPass> columnar = ColumnarPass.of(columns);
    Supplier<B> pass =
        () ->
            columnar.isPresent()
                ? SqlExecution.of(
                    columns, () -> columnar.get().state(found -> definition.of(kernels, found)))
                : byRows(rows, definition.of(kernels, columnsOfRows));
    B state = NamedException.unwrapped(() -> JobDescription.during(context, description, pass));
    return new TableScan<>(state, new TreeSet<>(kernels.value()));
  }

  private static <B extends Mergeable<B>> B byRows(Dataset<Row> rows, ScanAggregate<B> aggregate) {
    return aggregate.deserialize(aggregated(rows, aggregate).head().getAs(0));
  }

  /** The table of one row and one column that holds the state as bytes. */
  public static Dataset<Row> aggregated(Dataset<Row> rows, ScanAggregate<?> aggregate) {
    return rows.agg(SparkBridge.column(aggregate));
  }

  /** The columns of a query, as expressions. */
  public static List<Expression> attributes(Dataset<Row> columns) {
    return Arrays.stream(columns.columns()).<Expression>map(UnresolvedAttribute::quoted).toList();
  }
}
