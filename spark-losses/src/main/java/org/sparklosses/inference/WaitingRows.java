package org.sparklosses.inference;

import java.util.Arrays;
import org.sparklosses.metric.AdditiveSums;

/**
 * Rows that wait to be added to {@link BlockSums}, a few hundred at once and in the order of their
 * blocks. Added one by one, in random order of blocks, nearly every row would wait for memory
 * instead.
 */
final class WaitingRows implements AdditiveSums.Sink {

  private static final int MOST_ROWS = 512;

  private static final int FIRST_CAPACITY = 64;

  private int rows;
  private int[] blocks = new int[FIRST_CAPACITY];

  /** Where the summands of each row end. */
  private int[] ends = new int[FIRST_CAPACITY];

  private int summands;

  /** The sum that each summand is of; its complement where the summand is 1. */
  private int[] places = new int[FIRST_CAPACITY];

  private double[] values = new double[FIRST_CAPACITY];

  /** Begins a row; its summands follow. */
  void start(int block) {
    if (rows == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * rows);
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    blocks[rows] = block;
    ends[rows++] = summands;
  }

  @Override
  public void add(int i, double x) {
    int at = next();
    places[at] = i;
    values[at] = x;
  }

  @Override
  public void addOne(int i) {
    int at = next();
    places[at] = ~i;
  }

  private int next() {
    if (summands == places.length) {
      places = Arrays.copyOf(places, 2 * summands);
      values = Arrays.copyOf(values, 2 * summands);
    }
    ends[rows - 1] = summands + 1;
    return summands++;
  }

  /** Whether they are to be added before another row comes. */
  boolean isFull() {
    return rows == MOST_ROWS;
  }

  /** Adds the rows to sums; none wait then. */
  void addTo(BlockSums sums) {
    for (int row : byBlock(sums.blocks())) {
      for (int at = row == 0 ? 0 : ends[row - 1]; at < ends[row]; at++) {
        if (places[at] < 0) {
          sums.addOne(blocks[row], ~places[at]);
        } else {
          sums.add(blocks[row], places[at], values[at]);
        }
      }
    }
    rows = 0;
    summands = 0;
  }

  private int[] byBlock(int count) {
    int[] next = new int[count + 1];
    for (int row = 0; row < rows; row++) {
      next[blocks[row] + 1]++;
    }
    for (int block = 0; block < count; block++) {
      next[block + 1] += next[block];
    }
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[next[blocks[row]]++] = row;
    }
    return order;
  }
}
