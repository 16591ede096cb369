// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.metric.DoubleLogitBlock;
import org.sparklosses.metric.FloatLogitBlock;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.ProbabilityBlock;

/**
 * Adds the rows of a batch to a buffer a block at a time, those of one slice side by side. Rows
 * with a fault, a logit that is not finite or a sparse vector are left to be read one by one.
 */
public final class RowBlocks<G extends Mergeable<G>> {

  private static final int ROWS = PredictionBlock.ROWS;

  private final RowReader reader;
  private final PredictionBlock block;
  private final Adder<G> adder;

  private ColumnarBatch batch;
  private RowSelection selection;
  private PredictionBatch predictions;
  private int classes;

  /** The rows of the batch that make up the block. */
  private int size;

  private final int[] rows = new int[ROWS];
  private final int[] labels = new int[ROWS];
  private final double[] weights = new double[ROWS];
  private final long[] keys = new long[ROWS];

  /** The same rows by place in the block. */
  private final int[] places = new int[ROWS];

  /** By grouping the number of the group of each row. */
  private int[][] groups = new int[0][];

  private final RowOrder order = new RowOrder(ROWS);

  /** Adds the rows [from, to) of a block to a group. */
  @FunctionalInterface
  public interface Adder<G> {
    void add(G group, PredictionBlock block, int from, int to);
  }

  /**
   * @param block to be filled with what the reader reads
   */
  private RowBlocks(RowReader reader, PredictionBlock block, Adder<G> adder) {
    this.reader = reader;
    this.block = block;
    this.adder = adder;
    Arrays.fill(weights, 1);
  }

  /** Of a reader of predictions of a kind. */
  public static <G extends Mergeable<G>> RowBlocks<G> of(
      RowReader reader, InputKind kind, Adder<G> adder) {
    return new RowBlocks<>(reader, block(reader, kind), adder);
  }

  private static PredictionBlock block(RowReader reader, InputKind kind) {
    if (!kind.isLogits()) {
      return new ProbabilityBlock(RowKernels.get(), RowReader.TOLERANCE, kind.isRenormalised());
    }
    return reader.predictions().isFloat()
        ? new FloatLogitBlock(RowKernels.get())
        : new DoubleLogitBlock(RowKernels.get());
  }

  /**
   * Adds the rows of a batch that are selected.
   *
   * @param others takes the rows that no block takes; the reader was moved to them
   * @return false, nothing being added, if the rows are to be read one by one
   */
  public boolean update(
      GroupBuffer<G> buffer,
      ColumnarBatch newBatch,
      RowSelection selected,
      Consumer<InternalRow> others) {
    batch = newBatch;
    selection = selected;
    boolean areRowsPlain = reader.startBlocks(batch);
    Optional<PredictionBatch> dense = reader.predictions().batch();
    if (!areRowsPlain || dense.isEmpty() || buffer.classes() > PredictionBlock.MOST_CLASSES) {
      return false;
    }
    predictions = dense.get();
    if (groups.length != buffer.declarations()) {
      groups = new int[buffer.declarations()][ROWS];
    }
    int row = 0;
    // The first row decides how many classes all have.
    while (row < batch.numRows() && buffer.classes() == 0) {
      readAlone(row++, others);
    }
    classes = buffer.classes();
    while (row < batch.numRows() && classes > PredictionBlock.MOST_CLASSES) {
      readAlone(row++, others);
    }
    while (row < batch.numRows()) {
      int end = Math.min(batch.numRows(), row + ROWS);
      take(row, end, others);
      for (int g = 0; g < groups.length; g++) {
        buffer.numbers(g, reader.slices(), rows, size, groups[g]);
      }
      addTo(buffer, others);
      row = end;
    }
    return true;
  }

  private void readAlone(int row, Consumer<InternalRow> others) {
    if (selection.contains(row)) {
      reader.moveTo(row);
      others.accept(batch.getRow(row));
    }
  }

  /** Makes up the block of the rows [from, to), but for those to be read one by one. */
  private void take(int from, int to, Consumer<InternalRow> others) {
    reader.readLabels(from, to, selection, classes, labels, weights);
    size = 0;
    for (int row = from; row < to; row++) {
      int label = labels[row - from];
      if (!selection.contains(row)) {
        continue;
      }
      if (label == RowStatistics.NO_LABEL || !predictions.isDense(row, classes)) {
        readAlone(row, others);
        continue;
      }
      rows[size] = row;
      labels[size] = label;
      weights[size] = weights[row - from];
      size++;
    }
    reader.readKeys(rows, size, keys);
  }

  private void addTo(GroupBuffer<G> buffer, Consumer<InternalRow> others) {
    for (int g = 0; g < groups.length; g++) {
      if (!read(groups[g], buffer.size(g))) {
        leaveIrregular(others);
        read(groups[g], buffer.size(g));
      }
      int from = 0;
      while (from < size) {
        int group = groups[g][order.at(from)];
        int to = from + 1;
        while (to < size && groups[g][order.at(to)] == group) {
          to++;
        }
        adder.add(buffer.group(g, group), block, from, to);
        from = to;
      }
    }
  }

  /** Fills the block, ordered by group; false if a row is not regular. */
  private boolean read(int[] groupOfRow, int groupCount) {
    order.sort(groupOfRow, size, groupCount);
    block.start(classes);
    for (int place = 0; place < size; place++) {
      int i = order.at(place);
      block.set(place, labels[i], weights[i], keys[i]);
      places[place] = rows[i];
    }
    predictions.copy(places, size, classes, block);
    return block.read(size);
  }

  /** Has the rows read one by one that are not regular, and keeps the others. */
  private void leaveIrregular(Consumer<InternalRow> others) {
    boolean[] isRegular = new boolean[size];
    for (int place = 0; place < size; place++) {
      isRegular[order.at(place)] = block.isRegular(place);
    }
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!isRegular[i]) {
        readAlone(rows[i], others);
        continue;
      }
      rows[kept] = rows[i];
      labels[kept] = labels[i];
      weights[kept] = weights[i];
      keys[kept] = keys[i];
      for (int[] groupOfRow : groups) {
        groupOfRow[kept] = groupOfRow[i];
      }
      kept++;
    }
    size = kept;
  }
}
