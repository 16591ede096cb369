// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Whether the states of all slices fit the memory of the driver and of the tasks, told before the
 * table is evaluated. A task holds the states of all slices that its rows are of, and their bytes;
 * the driver holds all of them and those of a task that come in.
 *
 * <p>If as many values as slices usually have would fit, nothing is counted. Else the values of the
 * slices are, about, by a query of their columns alone.
 *
 * @param slices the declarations
 * @param sliceLimit the most values of each
 * @param classes the number of classes, 0 if the rows decide
 * @param state of a slice
 * @param replicates the bytes of the replicates of a slice, which the driver makes one by one
 */
public record SliceMemory(
    List<List<String>> slices, int sliceLimit, int classes, State state, long replicates) {

  /** Assumed where the rows decide, as long as no query is made. */
  private static final int USUAL_CLASSES = 10;

  /** States up to this are small: those of means and of bins. */
  private static final long SMALL_STATE = 64 << 10;

  /** Few slices have more values. */
  private static final int USUAL_VALUES = 2000;

  /** As above, where what a few more take is little. */
  private static final int USUAL_VALUES_OF_SMALL = 1000;

  /** More rows than any slice needs to have all that it can keep. */
  private static final long MANY_ROWS = 1L << 40;

  /** Tells about how many bytes of memory a state takes. */
  @FunctionalInterface
  public interface State {
    long bytes(long rows, int classes);
  }

  /**
   * Checks that the states of all slices of predictions fit.
   *
   * @throws EvaluationException if they do not
   */
  public static void check(Dataset<?> table, PredictionSpec input, State state, long replicates) {
    of(input, state, replicates).check(table, () -> new InputColumns(table).classes(input));
  }

  /** Of the slices of predictions. */
  public static SliceMemory of(PredictionSpec input, State state, long replicates) {
    RowSpec rows = input.rows();
    return new SliceMemory(rows.slices(), rows.sliceLimit(), input.classes(), state, replicates);
  }

  /** How much the states can take at most, and what there is. */
  String describe(SparkContext context) {
    int known = classes > 0 ? classes : USUAL_CLASSES;
    long each = state.bytes(MANY_ROWS, known);
    String one =
        "a state takes up to %s (classes: %,d%s)"
            .formatted(Heaps.megabytes(each), known, classes > 0 ? "" : ", assumed");
    String all =
        slices.isEmpty()
            ? ""
            : (", those of %s, each of up to %,d values, up to %s; where so much could be more than"
                    + " fits, the values are counted first")
                .formatted(
                    JobDescription.count(slices.size(), "slice"),
                    sliceLimit,
                    Heaps.megabytes((long) ((double) slices.size() * sliceLimit * each)));
    return one + all + "; there is " + Heaps.of(context).describe();
  }

  /**
   * Checks that the states fit.
   *
   * @param classesOfRows asks the rows for the number of classes
   * @throws EvaluationException if they do not
   */
  public void check(Dataset<?> table, IntSupplier classesOfRows) {
    Heaps heaps = Heaps.of(table.sparkSession().sparkContext());
    int known = classes > 0 ? classes : USUAL_CLASSES;
    boolean isSmall = state.bytes(MANY_ROWS, known) <= SMALL_STATE;
    long likely = Math.min(sliceLimit, isSmall ? USUAL_VALUES_OF_SMALL : USUAL_VALUES);
    if (slices.isEmpty() || fits(slices.size() * likely, MANY_ROWS, 1, known, heaps)) {
      return;
    }
    Row counted =
        JobDescription.during(
            table.sparkSession().sparkContext(),
            "count the values of " + JobDescription.count(slices.size(), "slice"),
            () -> counted(table));
    long values = 0;
    for (int d = 0; d < slices.size(); d++) {
      values += Math.min(sliceLimit, counted.getLong(d + 1));
    }
    long rowsOfSlice = slices.size() * counted.getLong(0) / Math.max(1, values);
    long partitions = Math.max(1, counted.getLong(slices.size() + 1));
    int found = classes > 0 ? classes : classesOfRows.getAsInt();
    if (!fits(values, rowsOfSlice, partitions, found, heaps)) {
      throw new EvaluationException(message(values, rowsOfSlice, found, heaps));
    }
  }

  private boolean fits(long values, long rowsOfSlice, long partitions, int known, Heaps heaps) {
    return heaps.hold(
        values * state.bytes(rowsOfSlice, known) + replicates,
        values * state.bytes(rowsOfSlice / partitions + 1, known));
  }

  /** The number of rows, and about those of the values of each declaration and of partitions. */
  private Row counted(Dataset<?> table) {
    InputColumns input = new InputColumns(table);
    List<Column> columns = new ArrayList<>();
    for (List<String> slice : slices) {
      Column[] values =
          slice.stream()
              .map(name -> input.find("slice", name).cast(DataTypes.StringType))
              .toArray(Column[]::new);
      columns.add(functions.xxhash64(values).as(InputColumns.name(columns.size())));
    }
    columns.add(functions.spark_partition_id().as(InputColumns.name(columns.size())));
    List<Column> counts = new ArrayList<>();
    for (int d = 0; d < slices.size(); d++) {
      counts.add(functions.approx_count_distinct(InputColumns.name(d)));
    }
    Column last = functions.max(InputColumns.name(slices.size()));
    counts.add(functions.coalesce(last, functions.lit(0)).plus(1).cast(DataTypes.LongType));
    return table
        .select(columns.toArray(Column[]::new))
        .agg(functions.count(functions.lit(1)), counts.toArray(Column[]::new))
        .head();
  }

  private String message(long values, long rowsOfSlice, int known, Heaps heaps) {
    long each = state.bytes(rowsOfSlice, known);
    return ("the states of about %d values of the slices %s take %s (%s each) in the driver and up"
            + " to as much in every task at once, more than fits %s; give more memory"
            + " (--driver-memory, --executor-memory), slice by columns of fewer values, name fewer"
            + " metrics (--metric), or leave the bootstrap out (--bootstrap, --cluster)")
        .formatted(
            values,
            slices,
            Heaps.megabytes(values * each),
            Heaps.megabytes(each),
            heaps.describe());
  }
}
