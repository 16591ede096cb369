package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.AdditiveSums;
import org.sparklosses.metric.Component;
import org.sparklosses.metric.ComponentState;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.SharedSums;

/**
 * The additive sums of a state, kept apart for random blocks of rows: what a bootstrap of every
 * metric that they determine needs. A row's block is told by {@link PredictionRow#key}.
 *
 * @param sums the sums
 * @param blocks the number of blocks, a power of 2 from 64 on
 */
public record BlockedRows(AdditiveSums sums, int blocks) implements Component<BlockedRows.State> {

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return Math.min(blocks, rows) * sums.size() * Long.BYTES;
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(this, shared);
  }

  /** The block sums. Layout when written: that of {@link BlockSums}. */
  public static final class State implements ComponentState<State> {

    /** Of each row where the sums of its block begin. */
    private static final PredictionBlock.Attachment<int[]> BEGINS =
        () -> new int[PredictionBlock.ROWS];

    private final AdditiveSums.Summands summands;
    private BlockSums blocks;

    State(BlockedRows component, SharedSums shared) {
      blocks = new BlockSums(component.blocks, component.sums.size());
      summands = component.sums.summands(shared);
    }

    @Override
    public void add(PredictionRow row) {
      int begin = blocks.begin(blocks.blockOf(row.key()));
      summands.of(row, blocks.sums(), begin);
    }

    @Override
    public void add(PredictionBlock rows, double[][] summandsOfMeans, int from, int to) {
      int[] begins = rows.attached(BEGINS);
      int first = from;
      for (int r = from; r < to; r++) {
        int block = blocks.blockOf(rows.key(r));
        if (!blocks.hasRoom(block)) {
          summands.of(rows, summandsOfMeans, first, r, blocks.sums(), begins);
          blocks.settle(block);
          first = r;
        }
        begins[r] = blocks.beginOfColumns(block);
      }
      summands.of(rows, summandsOfMeans, first, to, blocks.sums(), begins);
    }

    @Override
    public void merge(State other) {
      blocks.merge(other.blocks);
    }

    /** The sums by block. */
    public BlockSums blocks() {
      return blocks;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      blocks.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      blocks = BlockSums.read(blocks.blocks(), blocks.size(), in);
    }
  }
}
