package org.sparklosses.evaluate;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.metric.PredictionBlock;

/**
 * Adds the rows of a batch to a buffer a block at a time, those of one slice side by side. Rows
 * with a fault or a logit that is not finite are left to be read one by one.
 */
final class RowBlocks {

  private static final int ROWS = PredictionBlock.ROWS;

  /** The logits of so many rows stay in the cache while they are copied class by class. */
  private static final int AT_ONCE = 64;

  private final RowReader reader;
  private final PredictionBlock block = new PredictionBlock(RowKernels.get());

  private ColumnarBatch batch;
  private WritableColumnVector arrays;

  private boolean mayBeNull;
  private int classes;

  /** The rows of the batch that make up the block. */
  private int size;

  private final int[] rows = new int[ROWS];
  private final int[] labels = new int[ROWS];
  private final double[] weights = new double[ROWS];
  private final long[] keys = new long[ROWS];

  /** Where the logits of each row begin, by place in the block. */
  private final int[] offsets = new int[ROWS];

  /** By grouping the number of the group of each row. */
  private int[][] groups = new int[0][];

  private final RowOrder order = new RowOrder(ROWS);

  RowBlocks(RowReader reader) {
    this.reader = reader;
    Arrays.fill(weights, 1);
  }

  /**
   * Adds the rows of a batch.
   *
   * @param others takes the rows that no block takes; the reader was moved to them
   * @return false, nothing being added, if the rows are to be read one by one
   */
  boolean update(EvaluationBuffer buffer, ColumnarBatch newBatch, Consumer<InternalRow> others) {
    batch = newBatch;
    arrays = reader.startBlocks(batch);
    if (arrays == null || buffer.classes() > PredictionBlock.MOST_CLASSES) {
      return false;
    }
    mayBeNull = arrays.hasNull();
    if (groups.length != buffer.groupings()) {
      groups = new int[buffer.groupings()][ROWS];
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
        buffer.readGroups(g, reader, rows, size, groups[g]);
      }
      addTo(buffer, others);
      row = end;
    }
    return true;
  }

  private void readAlone(int row, Consumer<InternalRow> others) {
    reader.moveTo(row);
    others.accept(batch.getRow(row));
  }

  /** Makes up the block of the rows [from, to), but for those to be read one by one. */
  private void take(int from, int to, Consumer<InternalRow> others) {
    reader.readLabels(from, to, classes, labels, weights);
    size = 0;
    for (int row = from; row < to; row++) {
      int label = labels[row - from];
      if (label == RowStatistics.NO_LABEL
          || (mayBeNull && arrays.isNullAt(row))
          || arrays.getArrayLength(row) != classes) {
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

  private void addTo(EvaluationBuffer buffer, Consumer<InternalRow> others) {
    for (int g = 0; g < groups.length; g++) {
      if (!read(groups[g], buffer.groups(g))) {
        leaveIrregular(others);
        read(groups[g], buffer.groups(g));
      }
      int from = 0;
      while (from < size) {
        int group = groups[g][order.at(from)];
        int to = from + 1;
        while (to < size && groups[g][order.at(to)] == group) {
          to++;
        }
        buffer.state(g, group).add(block, from, to);
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
      offsets[place] = arrays.getArrayOffset(rows[i]);
    }
    for (int first = 0; first < size; first += AT_ONCE) {
      copy(first, Math.min(size, first + AT_ONCE));
    }
    return block.read(size);
  }

  /** Copies the logits of a few rows, class by class. */
  private void copy(int from, int to) {
    WritableColumnVector entries = arrays.getChild(0);
    float[] logits = block.logits();
    for (int j = 0; j < classes; j++) {
      int column = j * PredictionBlock.STRIDE;
      for (int place = from; place < to; place++) {
        logits[column + place] = entries.getFloat(offsets[place] + j);
      }
    }
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
