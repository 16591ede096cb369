package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.AdditiveSums;
import org.sparklosses.metric.BlockwiseState;
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
  public State newState(SharedSums shared) {
    return new State(this, shared);
  }

  /** The block sums. Layout when written: that of {@link BlockSums}. */
  public static final class State implements ComponentState<State>, BlockwiseState {

    private final AdditiveSums.Summands summands;
    private BlockSums blocks;

    State(BlockedRows component, SharedSums shared) {
      blocks = new BlockSums(component.blocks, component.sums.size());
      summands = component.sums.summands(shared);
    }

    @Override
    public void add(PredictionRow row) {
      summands.of(row, blocks.block(blocks.blockOf(row.key())));
    }

    @Override
    public void add(PredictionBlock rows, double[][] summandsOfMeans, int from, int to) {
      summands.start(rows);
      for (int r = from; r < to; r++) {
        WideSums sums = blocks.block(blocks.blockOf(rows.key(r)));
        summands.of(rows, summandsOfMeans, r, sums);
      }
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
      blocks = BlockSums.read(in);
    }
  }
}
