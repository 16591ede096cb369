package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** One pass of an aggregate function over a table: over its batches where it has them. */
final class TableScan {

  private TableScan() {}

  /**
   * The state of all rows.
   *
   * @param columns named by {@link InputColumns#name}, in the order in which they are read
   * @param aggregate the function of expressions that give the columns
   * @throws EvaluationException if a row or slice made a task fail with one
   */
  static <B> byte[] state(
      Dataset<Row> columns, Function<List<Expression>, ScanAggregate<B>> aggregate) {
    return state(columns, aggregate, () -> aggregate(columns, aggregate));
  }

  /** As above, with another query where there are no batches: one row, one column. */
  static <B> byte[] state(
      Dataset<Row> columns,
      Function<List<Expression>, ScanAggregate<B>> aggregate,
      Supplier<Dataset<Row>> byRows) {
    try {
      Optional<ColumnarPass> columnar = ColumnarPass.of(columns);
      return columnar.isPresent() ? columnar.get().state(aggregate) : byRows.get().head().getAs(0);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      Optional<EvaluationException> cause = EvaluationException.causeOf(e);
      if (cause.isPresent()) {
        throw cause.get();
      }
      throw e;
    }
  }

  /** The table of one row and one column that holds the state. */
  private static <B> Dataset<Row> aggregate(
      Dataset<Row> columns, Function<List<Expression>, ScanAggregate<B>> aggregate) {
    List<Expression> children = new ArrayList<>();
    for (int i = 0; i < columns.columns().length; i++) {
      children.add(UnresolvedAttribute.quoted(InputColumns.name(i)));
    }
    return columns.agg(SparkBridge.column(aggregate.apply(children)));
  }
}
